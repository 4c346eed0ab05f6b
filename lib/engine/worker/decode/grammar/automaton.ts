/**
 * The grammar as states over bytes. States are numbers, made when first met; what a byte does is looked up in a table that
 * fills as it is used, except in numbers, whose states are many and whose bytes are few. Each state knows the fewest tokens
 * from it to the end of the turn, so that a turn can be brought to its end in time.
 */
import { isSymbol } from './control-tags';
import type { Branch, NumberBounds, Part, Program } from './program';
import { pendingBytes, nextUtf8 } from './utf8';

export interface Automaton {
  /** Where a turn begins: by what the prompt wrote of its thought. Where the grammar has none, all three are one. */
  readonly start: Readonly<Record<'none' | 'open' | 'closed', number>>;
  /** −1: not allowed. */
  step(state: number, byte: number): number;
  isDone(state: number): boolean;
  /** In the middle of a character. */
  isSplit(state: number): boolean;
  /** Where one text alone can follow: the token to write, and the bytes to that text's end. */
  certain(state: number): { readonly token: number; readonly bytes: number } | null;
  /**
   * In the middle of a text: the state to which whole characters lead, of at most `most` bytes together and none of them
   * special to the kind of text (`isFreeByte`, `isLabelByte`), unless the first byte is in `except`. Null elsewhere. The
   * state may stand for others from which a turn ends with as many tokens.
   */
  plain(state: number): PlainLoop | null;
  /**
   * Enough tokens to end the turn from here, the stop token included, and never more than one less after some next token.
   * `roomy`: before a choice, enough for any branch with some words in it; else for the shortest.
   */
  tokensLeft(state: number, roomy: boolean): number;
  /** States made so far. */
  readonly states: number;
}

export interface PlainLoop {
  readonly kind: 'free' | 'label';
  readonly next: number;
  readonly most: number;
  readonly except: readonly number[];
}

interface State {
  readonly part: number;
  /** Bytes written of a literal or of a choice; node of the tag tree in free text; bytes of a label. */
  readonly at: number;
  /** In free text and labels: utf8.ts. In a choice: white space written, and once a branch is begun, the first of those. */
  readonly sub: number;
  readonly number: string;
  /** Units of the numbers that are written and still needed. */
  readonly held: readonly number[];
}

const UNKNOWN = -2;
const NEVER = -1;
const NONE: readonly number[] = [];
const SPACE = 0x20;
const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LESS_THAN = 0x3c;
const DELETE = 0x7f;

/** Bytes that free text takes without a thought. */
export const isFreeByte = (byte: number): boolean => byte !== LESS_THAN;

export const isLabelByte = (byte: number): boolean =>
  byte >= SPACE && byte !== QUOTE && byte !== BACKSLASH && byte !== LESS_THAN && byte !== DELETE;

export function createAutomaton(program: Program): Automaton {
  const { parts, tags, symbols } = program;
  const states: State[] = [];
  const ids = new Map<string, number>();
  const rows: (Int32Array | null)[] = [];
  const left: { readonly least: number; readonly roomy: number }[] = [];

  const part = (index: number): Part => parts[index] ?? { kind: 'done' };

  function make(state: State): number {
    const key = `${state.part} ${state.at} ${state.sub} ${state.number} ${state.held.join()}`;
    let id = ids.get(key);
    if (id === undefined) {
      id = states.push(state) - 1;
      ids.set(key, id);
      rows.push(part(state.part).kind === 'number' ? null : new Int32Array(symbols).fill(UNKNOWN));
      left.push({ least: tokensFrom(state, false), roomy: tokensFrom(state, true) });
    }
    return id;
  }

  const enter = (index: number, held = NONE): State => ({ part: index, at: 0, sub: 0, number: '', held });

  function follow(state: State, byte: number): State | null {
    const here = part(state.part);
    switch (here.kind) {
      case 'literal': {
        const { bytes } = here.literal;
        if (bytes[state.at] !== byte) return null;
        const at = state.at + 1;
        return at === bytes.length ? enter(here.next, state.held) : { ...state, at };
      }
      case 'free': {
        const sub = isSymbol(byte) ? state.sub : nextUtf8(state.sub, byte);
        if (sub < 0) return null;
        const at = tags.next(state.at, byte);
        const tag = tags.tagAt(at);
        if (isSymbol(byte) && (sub > 0 || tag === null)) return null;
        if (tag === null) return { ...state, at, sub };
        return tag === here.closeText ? enter(here.next) : null;
      }
      case 'choice': {
        if (state.at === 0 && (byte === SPACE || byte === LINE_FEED)) {
          return state.sub < here.gap ? { ...state, sub: state.sub + 1 } : null;
        }
        const open = begun(here.branches, state).filter(({ part: branch }) => bytesOf(branch)[state.at] === byte);
        const [only, other] = open;
        if (only === undefined) return null;
        // What is written so far begins more than one.
        if (other !== undefined) return { ...state, at: state.at + 1, sub: here.branches.indexOf(only) };
        return follow({ ...enter(only.part), at: state.at }, byte);
      }
      case 'number':
        return followNumber(state, here, byte);
      case 'label': {
        if (state.sub === 0 && byte === bytesOf(here.next)[0]) return follow(enter(here.next, state.held), byte);
        const sub = nextUtf8(state.sub, byte);
        if (sub < 0 || !isLabelByte(byte) || state.at + 1 + pendingBytes(sub) > here.most) return null;
        return { ...state, at: state.at + 1, sub };
      }
      case 'done':
        return null;
    }
  }

  /** The branches that what is written of a choice begins. */
  function begun(branches: readonly Branch[], { at, sub }: State): readonly Branch[] {
    const written = at === 0 ? null : bytesOf(branches[sub]?.part ?? 0);
    return written
      ? branches.filter(({ part: branch }) =>
          bytesOf(branch)
            .subarray(0, at)
            .every((byte, i) => byte === written[i]),
        )
      : branches;
  }

  const bytesOf = (branch: number): Uint16Array => {
    const opening = part(branch);
    return opening.kind === 'literal' ? opening.literal.bytes : new Uint16Array();
  };

  function followNumber(state: State, here: Extract<Part, { kind: 'number' }>, byte: number) {
    const { form, high, carried, isNeeded, next } = here;
    const low = lowest(state, here);
    const isDigit = byte >= 0x30 && byte <= 0x39;
    if (isDigit || byte === 0x2e) {
      const number = state.number + String.fromCharCode(byte);
      return form.canBegin(number, low, high) ? { ...state, number } : null;
    }
    const units = form.unitsOf(state.number);
    if (units === null || units < low || units > high) return null;
    const held = carried.map((at) => state.held[at] ?? NEVER);
    return follow(enter(next, isNeeded ? [...held, units] : held), byte);
  }

  function lowest({ held }: State, { low, above, by }: NumberBounds): number {
    return above < 0 ? low : Math.max(low, (held[above] ?? NEVER) + by);
  }

  function tokensFrom(state: State, roomy: boolean): number {
    const here = part(state.part);
    switch (here.kind) {
      case 'literal':
        return (here.literal.tokens[state.at] ?? 0) + entering(here.next, roomy);
      case 'free': {
        const written = tags.textAt(state.at);
        const begun = here.closeText.startsWith(written) ? written.length : 0;
        return pendingBytes(state.sub) + (here.close.tokens[begun] ?? 0) + entering(here.next, roomy);
      }
      case 'choice': {
        const all = begun(here.branches, state).map(
          ({ part: branch, room }) => tokensFrom({ ...enter(branch), at: state.at }, roomy) + (roomy ? room : 0),
        );
        return roomy ? Math.max(...all) : Math.min(...all);
      }
      case 'number': {
        const { form, high } = here;
        const low = lowest(state, here);
        const extends_ = [...'0123456789.'].some((digit) => form.canBegin(state.number + digit, low, high));
        const digits = extends_ ? Math.max(1, form.longest(high) - state.number.length) : 0;
        return digits + entering(here.next, roomy);
      }
      case 'label':
        return pendingBytes(state.sub) + entering(here.next, roomy);
      case 'done':
        return 1;
    }
  }

  const entered = new Map<string, number>();
  /** `tokensFrom` at a part's beginning. Of a number: all its digits, whatever was written before it. */
  function entering(index: number, roomy: boolean): number {
    const key = `${index} ${String(roomy)}`;
    let count = entered.get(key);
    if (count === undefined) {
      const here = part(index);
      count =
        here.kind === 'number'
          ? here.form.longest(here.high) + entering(here.next, roomy)
          : tokensFrom(enter(index), roomy);
      entered.set(key, count);
    }
    return count;
  }

  function step(id: number, byte: number): number {
    const row = rows[id];
    const known = row ? (row[byte] ?? NEVER) : UNKNOWN;
    if (known !== UNKNOWN) return known;
    const state = states[id];
    const next = state ? follow(state, byte) : null;
    const found = next ? make(next) : NEVER;
    if (row) row[byte] = found;
    return found;
  }

  return {
    start: {
      none: make(enter(program.start)),
      open: make(enter(program.thought ?? program.start)),
      closed: make(enter(program.after)),
    },
    step,
    isDone: (id) => part(states[id]?.part ?? 0).kind === 'done',
    isSplit(id) {
      const state = states[id];
      if (!state) return false;
      const { kind } = part(state.part);
      return (kind === 'free' || kind === 'label') && state.sub !== 0;
    },
    certain(id) {
      const state = states[id];
      const here = state && part(state.part);
      if (here?.kind !== 'literal') return null;
      const { token, bytes } = here.literal;
      return { token: token[state?.at ?? 0] ?? 0, bytes: bytes.length - (state?.at ?? 0) };
    },
    plain(id) {
      const state = states[id];
      const here = state && part(state.part);
      if (!state || state.sub !== 0) return null;
      if (here?.kind === 'label') return { kind: 'label', next: id, most: here.most - state.at, except: [] };
      if (here?.kind !== 'free') return null;
      const next = make({ ...state, at: 0 });
      return { kind: 'free', next, most: Infinity, except: tags.bytesAfter(state.at) };
    },
    tokensLeft(id, roomy) {
      const count = left[id];
      return count ? (roomy ? count.roomy : count.least) : 0;
    },
    get states() {
      return states.length;
    },
  };
}
