/**
 * How a turn begins that a person changed: the model's tokens as far as they are kept, and the person's words behind them. Characters are
 * those that the tokens spell, tags among them. Pure.
 */
import type { TurnPiece } from '@/lib/engine';
import { TRAJECTORY_LIMITS, wordsOf, type Step, type Token } from '@/lib/trajectory';
import type { Dialect } from './contract';

/** From a character to before another. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Begun {
  readonly tokens: readonly Token[];
  /** What of it a person wrote, in order. */
  readonly person: readonly Range[];
  /** It is the whole turn: nothing is written behind it. */
  readonly ends: boolean;
}

/** A turn as it was written, and where in it the words of each of its steps are; null for one whose words it does not say. */
export interface WrittenTurn extends Omit<Begun, 'ends'> {
  readonly words: readonly (Range | null)[];
  /** Where each step begins, and the turn ends. */
  readonly starts: readonly number[];
}

/** @param steps thoughts, calls and answer of one turn, in order */
export function writtenTurn(steps: readonly Step[], dialect: Dialect): WrittenTurn {
  const kept = steps.map(({ tokens }) => tokens);
  const isKept = kept.every((tokens) => tokens.length > 0) && steps.every(spellsItself);
  const pieces = isKept ? kept : steps.map((step) => tokensOf(dialect.write([step])));
  const tokens = pieces.flat();
  const starts = [0];
  for (const piece of pieces) starts.push((starts.at(-1) ?? 0) + textOf(piece).length);
  const found = wordsIn(textOf(tokens), dialect);
  const words = steps.map((step, index) => {
    const range = found[index];
    return range && textOf(tokens).slice(range.from, range.to) === wordsOf(step) ? range : null;
  });
  const person = steps.flatMap((step, index) => {
    const at = words[index]?.from;
    return at === undefined ? [] : (step.person ?? []).map(({ from, to }) => ({ from: at + from, to: at + to }));
  });
  return { tokens, person, words, starts };
}

/** Whether the tokens that are kept are those of the words: an edited document may have others. */
export function spellsItself(step: Step): boolean {
  return textOf(step.tokens).includes(wordsOf(step));
}

/** Where the words of a turn's steps are, as its dialect reads them. */
function wordsIn(text: string, dialect: Dialect): readonly (Range | null)[] {
  const parser = dialect.parser();
  const found: (Range | null)[] = [];
  for (const event of [...parser.push(text), ...parser.end('interrupted')]) {
    if (event.type.endsWith('-start')) found.push(null);
    if (!('text' in event)) continue;
    const from = event.upTo - event.text.length;
    const before = found.at(-1);
    found[found.length - 1] = { from: before?.from ?? from, to: event.upTo };
  }
  return found;
}

/** What is left of a turn up to a character. A token that reaches beyond it is its text so far, and no token of the model's any more. */
export function upToCharacter({ tokens, person }: Pick<Begun, 'tokens' | 'person'>, at: number): Begun {
  const kept: Token[] = [];
  let from = 0;
  for (const token of tokens) {
    const to = from + token.text.length;
    if (to <= at) kept.push(token);
    else if (from < at) kept.push(...tokensOf(token.text.slice(0, at - from)));
    from = to;
  }
  // A token without text begins a character that the next one ends, or ends the turn.
  while (kept.at(-1)?.text === '') kept.pop();
  const ranges = person.flatMap((range) => (range.from < at ? [{ ...range, to: Math.min(range.to, at) }] : []));
  return { tokens: kept, person: ranges, ends: false };
}

/** With more words behind it. */
export function withWords(begun: Begun, text: string, by: 'person' | 'model'): Begun {
  return withTokens(begun, tokensOf(text), by);
}

export function withTokens({ tokens, person, ends }: Begun, more: readonly Token[], by: 'person' | 'model'): Begun {
  const from = textOf(tokens).length;
  const to = from + textOf(more).length;
  const isMore = by === 'person' && to > from;
  return { tokens: [...tokens, ...more], person: isMore ? [...person, { from, to }] : person, ends };
}

/** Put into the mouth of a model that wrote none of it. */
export function saidByPerson({ tokens, ends }: Begun): Begun {
  return withWords({ tokens: [], person: [], ends }, textOf(tokens), 'person');
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join('');
}

/** Ids where they are known, and the words between them. */
export function turnPieces(tokens: readonly Token[]): readonly TurnPiece[] {
  const pieces: TurnPiece[] = [];
  for (const { id, text } of tokens) {
    const last = pieces.at(-1);
    if (id !== null) pieces.push(id);
    else if (typeof last === 'string') pieces[pieces.length - 1] = last + text;
    else if (text !== '') pieces.push(text);
  }
  return pieces;
}

/** Words that are no tokens of a model's, in pieces that can be kept. */
export function tokensOf(text: string): Token[] {
  return piecesOf(text).map((piece) => ({ id: null, text: piece, logprob: null, top: [] }));
}

/** What was told at once, in pieces that can be kept, none of which ends in the middle of a character. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const piece = text.slice(from, from + TRAJECTORY_LIMITS.name);
    const whole = piece.length > 1 && from + piece.length < text.length ? piece.replace(/[\uD800-\uDBFF]$/, '') : piece;
    pieces.push(whole);
    from += whole.length;
  }
  return pieces;
}
