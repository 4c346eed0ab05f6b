/**
 * Masks over the vocabulary: which tokens keep a turn inside its grammar and still let it end in time. One vocabulary serves
 * all grammars of a model, one compiled grammar all turns that share it, one constraint a turn.
 *
 * Where the next bytes are certain, so is the token (literal.ts), except for tokens that reach beyond them; a run of certain
 * tokens needs no sampling and is what `forced` tells.
 */
import { EngineError } from '../../../contract';
import type { CallGrammar } from '../../../call-grammar';
import { createAutomaton, isFreeByte, isLabelByte, type Automaton } from './automaton';
import { createControlTags, type ControlTags } from './control-tags';
import { createMasks, type Mask, type Masks } from './masks';
import { findPlainTokens, type PlainTokens } from './plain-tokens';
import { createProgram } from './program';
import { createTokenTrie, type TokenTrie } from './token-trie';

/** What a tokenizer has to tell. */
export interface TokenTexts {
  /** The bytes a token stands for; null for one that is no text: control tokens, ids without a token. */
  bytesOf(id: number): Uint8Array | null;
  encode(text: string): readonly number[];
  /** Control tokens that grammars may name, by their texts: they are written as the tokens that they are. Left out: none. */
  readonly control?: ReadonlyMap<string, number>;
}

export interface Vocabulary {
  readonly trie: TokenTrie;
  readonly texts: TokenTexts;
  readonly control: ControlTags;
  /** Tokens that change nothing, in free text and in labels. */
  readonly plain: { readonly free: PlainTokens; readonly label: PlainTokens };
  /** They end a turn, and are allowed nowhere else. */
  readonly stopIds: readonly number[];
}

export interface TurnStart {
  /** Tokens the turn may have, stop token included. */
  readonly budget: number;
  /**
   * What the prompt ends in: an open thought, and the turn begins inside it; one that is closed already, and the turn begins after it.
   * Left out: neither, and the turn begins with a thought where the grammar has one.
   */
  readonly thought?: 'open' | 'closed' | undefined;
}

export interface CompiledGrammar {
  begin(turn: TurnStart): Constraint;
}

/** A turn in progress. */
export interface Constraint {
  /** Bit `id & 31` of word `id >> 5` is set where the token may come next. Shared: not to be written, not to be kept. */
  mask(): Uint32Array;
  /** How many may come next; 0 only when the turn is over. */
  allowed(): number;
  /** @throws EngineError `internal` for a token that is not allowed */
  advance(id: number): void;
  /** Takes tokens that somebody else wrote, however they spell what the grammar has. False where it has no such beginning. */
  follow(ids: readonly number[]): boolean;
  /** The tokens that come next whatever the model says: each is the only one allowed after those before it. Not yet taken. */
  forced(): readonly number[];
  /** The stop token was taken. */
  readonly over: boolean;
}

/** @param vocab number of logits, which may be more than there are tokens */
export function createVocabulary(texts: TokenTexts, stopIds: readonly number[], vocab: number): Vocabulary {
  const stops = new Set(stopIds);
  const control = createControlTags(new Map([...(texts.control ?? [])].filter(([, id]) => !stops.has(id))));
  const trie = createTokenTrie((id) => (stops.has(id) ? null : spellingOf(id, texts, control)), vocab);
  const plain = { free: findPlainTokens(trie, isFreeByte), label: findPlainTokens(trie, isLabelByte) };
  return { trie, texts, control, plain, stopIds };
}

function spellingOf(id: number, texts: TokenTexts, control: ControlTags): Iterable<number> {
  const symbol = control.symbolOf(id);
  return symbol === undefined ? (texts.bytesOf(id) ?? []) : [symbol];
}

/** As `Automaton.step` tells it. */
const NEVER = -1;

/** An automaton that has met more states than this is made anew for the next turn: boxes are many. */
const KEPT_STATES = 50_000;

/**
 * @throws EngineError `bad-request` for a grammar that breaks its own rules, `unsupported-model` for a vocabulary that cannot
 * write it
 */
export function compileGrammar(grammar: CallGrammar, vocabulary: Vocabulary): CompiledGrammar {
  const { trie, texts, control, plain, stopIds } = vocabulary;
  const program = createProgram(grammar, { trie, control, encode: (text) => texts.encode(text) });
  let automaton = createAutomaton(program);
  let masks = createMasks({ automaton, trie, plain, stopIds });
  return {
    begin(turn) {
      if (automaton.states > KEPT_STATES) {
        automaton = createAutomaton(program);
        masks = createMasks({ automaton, trie, plain, stopIds });
      }
      return createConstraint(automaton, masks, vocabulary, turn);
    },
  };
}

function createConstraint(
  automaton: Automaton,
  masks: Masks,
  { texts, control, stopIds }: Vocabulary,
  turn: TurnStart,
): Constraint {
  let state = automaton.start[turn.thought ?? 'none'];
  let left = turn.budget;
  let over = false;
  const roomy = left >= automaton.tokensLeft(state, true);

  const maskAt = (at: number, tokens: number): Mask => masks(at, roomy, tokens - 1);

  const after = (from: number, id: number): number => {
    let at = from;
    for (const byte of spellingOf(id, texts, control)) if (at !== NEVER) at = automaton.step(at, byte);
    return at;
  };

  return {
    mask: () => maskAt(state, left).bits,
    allowed: () => (over ? 0 : maskAt(state, left).count),
    advance(id) {
      const { bits } = maskAt(state, left);
      if (over || (((bits[id >> 5] ?? 0) >>> (id & 31)) & 1) === 0) {
        throw new EngineError('internal', 'A token was taken that the grammar does not allow.');
      }
      left -= 1;
      if (stopIds.includes(id)) over = true;
      else state = after(state, id);
    },
    follow(ids) {
      for (const id of ids) {
        if (stopIds.includes(id)) return false;
        state = after(state, id);
        if (state === NEVER) return false;
      }
      left -= ids.length;
      return true;
    },
    forced() {
      const tokens: number[] = [];
      let at = state;
      for (let rest = left; !over; rest -= 1) {
        const { count, one } = maskAt(at, rest);
        if (count !== 1) break;
        tokens.push(one);
        if (automaton.isDone(at)) break;
        at = after(at, one);
      }
      return tokens;
    },
    get over() {
      return over;
    },
  };
}
