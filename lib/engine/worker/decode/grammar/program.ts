/**
 * A grammar as the parts a turn goes through, checked and spelled in the model's own tokens. The automaton walks over it.
 */
import type { CallForm, CallGrammar, CallPiece, NumberRange, TaggedText } from '../../../call-grammar';
import type { ControlTags } from './control-tags';
import { createLiteral, type Literal, type Spelling } from './literal';
import { FRACTION_UNITS, FRACTIONS, WHOLE_NUMBERS, type NumberForm } from './number';
import { checkGrammar, isLiteral, isNumber, isText } from './check';
import { createTagTree, type TagTree } from './tag-tree';

export type Part =
  | { readonly kind: 'literal'; readonly literal: Literal; readonly next: number }
  | { readonly kind: 'free'; readonly close: Literal; readonly closeText: string; readonly next: number }
  /** At most `gap` of white space, then one of the literals that begin the branches, none of which begins another. */
  | { readonly kind: 'choice'; readonly gap: number; readonly branches: readonly Branch[] }
  /** `next` is the literal after it. */
  | ({ readonly kind: 'number'; readonly next: number } & NumberBounds)
  /** `next` is the literal that ends it. */
  | { readonly kind: 'label'; readonly most: number; readonly next: number }
  | { readonly kind: 'done' };

export interface Branch {
  readonly part: number;
  /** Tokens that are left for some words in it. */
  readonly room: number;
}

/** Units are those of the number's form. */
export interface NumberBounds {
  readonly form: NumberForm;
  readonly low: number;
  readonly high: number;
  /** Which of the numbers that are still needed this one has to be above; −1: none. */
  readonly above: number;
  /** By so many units at least. */
  readonly by: number;
  /** Which of them are needed after it, and whether it is itself. */
  readonly carried: readonly number[];
  readonly isNeeded: boolean;
}

export interface Program {
  readonly parts: readonly Part[];
  readonly start: number;
  /** The free text of the thought, for prompts that have opened it already; null where there is no thought. */
  readonly thought: number | null;
  /** What comes after the thought; the start where there is none. */
  readonly after: number;
  readonly tags: TagTree;
  /** Bytes and symbols (control-tags.ts). */
  readonly symbols: number;
}

/** Words, in tokens, that a thought leaves room for. */
const CALL_ROOM = 8;
const ANSWER_ROOM = 16;

/** @throws EngineError `bad-request` for a grammar that breaks its rules, `unsupported-model` for a vocabulary too small */
export function createProgram(grammar: CallGrammar, spelling: Spelling): Program {
  checkGrammar(grammar);
  const { think, mayNotThink, calls, answer, gap, tags } = folded(grammar, spelling.control);
  const parts: Part[] = [{ kind: 'done' }];
  const add = (part: Part): number => parts.push(part) - 1;
  const literal = (text: string, next: number): number =>
    text === '' ? next : add({ kind: 'literal', literal: createLiteral(text, spelling), next });
  const free = (closeText: string, next: number): number =>
    add({ kind: 'free', close: createLiteral(closeText, spelling), closeText, next });

  // Each digit can be written alone, or this throws.
  if (calls.some(({ pieces }) => pieces.some(isNumber))) for (const digit of '0123456789') literal(digit, 0);
  const openings = calls.map((form) => callParts(form, add, literal));
  const branches = joined(openings, answer?.open ?? '', add, literal).map((part) => ({ part, room: CALL_ROOM }));
  if (answer) branches.push({ part: literal(answer.open, free(answer.close, 0)), room: ANSWER_ROOM });
  const only = branches.length === 1 && gap === 0 ? branches[0]?.part : undefined;
  const after = only ?? add({ kind: 'choice', gap, branches });
  const thought = think && free(think.close, after);
  const opened = think && thought !== null ? literal(think.open, thought) : after;
  const first = [{ part: opened, room: 0 }, ...branches];
  const start = mayNotThink && opened !== after ? add({ kind: 'choice', gap: 0, branches: first }) : opened;
  // A tag that is a control token is none of free text's when it is spelled out, either: who reads it reads text.
  const tree = createTagTree([...new Set([...tags, ...grammar.tags])]);
  return { parts, start, thought, after, tags: tree, symbols: spelling.control.symbols };
}

/** All that is written, with symbols for control tags. */
function folded(grammar: CallGrammar, control: ControlTags): CallGrammar {
  const fold = (text: string) => control.fold(text);
  const text = (tagged: TaggedText | null) => tagged && { open: fold(tagged.open), close: fold(tagged.close) };
  return {
    ...grammar,
    think: text(grammar.think),
    answer: text(grammar.answer),
    calls: grammar.calls.map(({ pieces }) => ({
      pieces: pieces.map((piece) => (isLiteral(piece) ? { literal: fold(piece.literal) } : piece)),
    })),
    tags: grammar.tags.map(fold),
  };
}

type Add = (part: Part) => number;
type AddLiteral = (text: string, next: number) => number;

/** The literal that begins a call, and the part after it. */
interface Opening {
  readonly text: string;
  readonly next: number;
}

function callParts({ pieces }: CallForm, add: Add, literal: AddLiteral): Opening {
  const bounds = boundsOf(pieces);
  let next = 0;
  for (const piece of pieces.slice(1).toReversed()) {
    if (isLiteral(piece)) next = literal(piece.literal, next);
    else if (isText(piece)) next = add({ kind: 'label', most: piece.text, next });
    else next = add({ kind: 'number', next, ...bounds.pop()! });
  }
  const [first] = pieces;
  return { text: first && isLiteral(first) ? first.literal : '', next };
}

/** What a number has to be, with room for those that have to be above it; in the order of writing. */
function boundsOf(pieces: readonly CallPiece[]): NumberBounds[] {
  const numbers = pieces.filter(isNumber);
  const tops = numbers.map(({ number }) => unitsOf(number).max);
  for (const [index, { above, by = 1 }] of [...numbers.entries()].toReversed()) {
    if (above !== undefined) tops[above] = Math.min(tops[above] ?? 0, (tops[index] ?? 0) - by);
  }
  const isNeededFrom = (which: number, from: number) => numbers.slice(from).some(({ above }) => above === which);
  return numbers.map(({ number, above = -1, by = 1 }, index) => {
    const needed = [...numbers.keys()].filter((which) => which < index && isNeededFrom(which, index));
    const carried = needed.flatMap((which, at) => (isNeededFrom(which, index + 1) ? [at] : []));
    return {
      form: number.kind === 'fraction' ? FRACTIONS : WHOLE_NUMBERS,
      low: unitsOf(number).min,
      high: tops[index] ?? 0,
      above: needed.indexOf(above),
      by,
      carried,
      isNeeded: isNeededFrom(index, index + 1),
    };
  });
}

function unitsOf(range: NumberRange): { readonly min: number; readonly max: number } {
  return range.kind === 'fraction' ? { min: 0, max: FRACTION_UNITS } : range;
}

/**
 * Calls that begin alike begin with one literal, as certain as if there were one call alone; what tells them apart is chosen after it.
 * @param other the literal that begins what is no call
 * @returns a part for each of what is left to choose from
 */
function joined(openings: readonly Opening[], other: string, add: Add, literal: AddLiteral): number[] {
  const shared = sharedBeginning(openings.map(({ text }) => text));
  if (openings.length < 2 || shared.length <= sharedBeginning([shared, other]).length) {
    return openings.map(({ text, next }) => literal(text, next));
  }
  const rests = new Map<string, Opening[]>();
  for (const { text, next } of openings) {
    const rest = text.slice(shared.length);
    rests.set(rest.charAt(0), [...(rests.get(rest.charAt(0)) ?? []), { text: rest, next }]);
  }
  // By their first characters they differ, so each group is one part.
  const branches = [...rests.values()].flatMap((group) => joined(group, '', add, literal));
  return [literal(shared, add({ kind: 'choice', gap: 0, branches: branches.map((part) => ({ part, room: 0 })) }))];
}

function sharedBeginning([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
