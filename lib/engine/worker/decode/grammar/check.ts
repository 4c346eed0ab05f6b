/** Whether a grammar keeps its own rules (call-grammar.ts): what comes with a request is data. */
import type { CallForm, CallGrammar, CallPiece, NumberRange, TaggedText } from '../../../call-grammar';
import { EngineError } from '../../../contract';
import { FRACTION_UNITS } from './number';

type PieceWith<K extends string> = Extract<CallPiece, { readonly [key in K]: unknown }>;

export const isLiteral = (piece: CallPiece): piece is PieceWith<'literal'> => 'literal' in piece;
export const isNumber = (piece: CallPiece): piece is PieceWith<'number'> => 'number' in piece;
export const isText = (piece: CallPiece): piece is PieceWith<'text'> => 'text' in piece;

/** @throws EngineError `bad-request` */
export function checkGrammar({ think, mayNotThink, calls, answer, gap, tags }: CallGrammar): void {
  const tagged = [think, answer].filter((text): text is TaggedText => text !== null);
  const opens = [...calls.map(openOf), ...(answer ? [answer.open] : [])];
  if (opens.length === 0) refuse('it allows neither a call nor an answer.');
  if (!Number.isInteger(gap) || gap < 0) refuse('its gap is no number of characters.');
  if (!tags.every((tag) => isAscii(tag) && tag.startsWith('<') && !tag.includes('<', 1))) {
    refuse('a tag has to begin with its only "<".');
  }
  if (tags.some((tag) => tags.some((other) => other !== tag && other.startsWith(tag)))) {
    refuse('a tag begins another.');
  }
  if (!tagged.every(({ open, close }) => isAscii(open) && tags.includes(close))) refuse('a text has no closing tag.');
  const begins = think && mayNotThink ? [...opens, think.open] : opens;
  const isNested = begins.some((open, at) => begins.some((other, index) => index !== at && other.startsWith(open)));
  if (isNested || begins.some((open) => /^\s/.test(open))) refuse('its calls and its answer cannot be told apart.');
  for (const call of calls) checkForm(call);
}

function refuse(what: string): never {
  throw new EngineError('bad-request', `This grammar cannot be used: ${what}`);
}

const isAscii = (text: string): boolean => /^[\x20-\x7e\n]+$/.test(text);

function openOf({ pieces: [first] }: CallForm): string {
  return first && isLiteral(first) ? first.literal : '';
}

function checkForm({ pieces }: CallForm): void {
  const numbers = pieces.filter(isNumber);
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    const isEven = index % 2 === 0;
    if (isLiteral(piece) !== isEven || (!isEven && !next))
      refuse('between two literals of a call is one number or text.');
    if (isLiteral(piece)) {
      if (!isAscii(piece.literal)) refuse('a part of its call is not plain text.');
      continue;
    }
    const after = next && isLiteral(next) ? next.literal : '';
    if (isText(piece)) {
      if (!/^["<\n]/.test(after)) refuse('a label has to end with what it cannot hold: a quote, a tag or a line feed.');
      if (!Number.isInteger(piece.text) || piece.text < 0) refuse('its label has no length.');
      continue;
    }
    if (/^[\d.]/.test(after)) refuse('what follows a number looks like a number.');
    checkNumber(numbers, numbers.indexOf(piece));
  }
}

function checkNumber(numbers: readonly PieceWith<'number'>[], index: number): void {
  const { number, above, by = 1 } = numbers[index]!;
  if (number.kind === 'integer' && !(isBound(number.min) && isBound(number.max) && number.min <= number.max)) {
    refuse('a number has no range.');
  }
  if (!isBound(by) || by < 1) refuse('a number is above another by nothing.');
  if (above === undefined) return;
  const lower = numbers[above];
  if (!lower || above >= index || lower.number.kind !== number.kind)
    refuse('a number is above none that comes before it.');
  else if (roomAbove(numbers, index) < 0) refuse('its box has no room.');
}

/** How much further than necessary a number goes; all of a chain count from its first. */
function roomAbove(numbers: readonly PieceWith<'number'>[], index: number): number {
  let least = 0;
  let steps = 0;
  for (let at: number | undefined = index; at !== undefined; at = numbers[at]?.above) {
    least = Math.max(least, minOf(numbers[at]!.number) + steps);
    steps += numbers[at]!.by ?? 1;
  }
  return maxOf(numbers[index]!.number) - least;
}

const minOf = (range: NumberRange): number => (range.kind === 'integer' ? range.min : 0);
const maxOf = (range: NumberRange): number => (range.kind === 'integer' ? range.max : FRACTION_UNITS);

const isBound = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 1_000_000;
