/**
 * A turn's grammar for servers that keep to one: GBNF for llama.cpp, a regular expression for vLLM. Neither can say that a number is larger
 * than another, so a box may come out empty; that is told back like any other mistake. Free text is bounded by the tokens of the turn alone.
 */
import type { CallGrammar, CallPiece, NumberRange, TaggedText } from '../call-grammar';

/** Spaces and line feeds between a thought and what follows. */
const gapOf = ({ gap }: CallGrammar): number => gap;

const digits = (most: number): string => {
  const places = String(Math.max(1, Math.floor(most))).length;
  return places === 1 ? '[0-9]' : `(0|[1-9][0-9]{0,${places - 1}})`;
};

/** Bounds are those of the number of digits. */
const number = (range: NumberRange): string => (range.kind === 'fraction' ? '(0|1|0\\.[0-9]{1,3})' : digits(range.max));

export function regexOf(grammar: CallGrammar): string {
  const free = '[^<]*';
  const tagged = ({ open, close }: TaggedText) => `${escaped(open)}${free}${escaped(close)}`;
  const piece = (one: CallPiece): string => {
    if ('literal' in one) return escaped(one.literal);
    return 'number' in one ? number(one.number) : `[^"\\\\<\\x00-\\x1f]{0,${one.text}}`;
  };
  const ways = [
    ...grammar.calls.map(({ pieces }) => pieces.map(piece).join('')),
    ...(grammar.answer ? [tagged(grammar.answer)] : []),
  ];
  const think = grammar.think ? `${tagged(grammar.think)}[ \\n]{0,${gapOf(grammar)}}` : '';
  return `${think}(${ways.join('|')})`;
}

export function gbnfOf(grammar: CallGrammar): string {
  const tagged = ({ open, close }: TaggedText) => `${quoted(open)} free ${quoted(close)}`;
  const piece = (one: CallPiece): string => {
    if ('literal' in one) return quoted(one.literal);
    if ('text' in one) return `[^"\\\\<\\x00-\\x1F]{0,${one.text}}`;
    return one.number.kind === 'fraction' ? '("0" | "1" | "0." [0-9]{1,3})' : gbnfDigits(one.number.max);
  };
  const ways = [
    ...grammar.calls.map(({ pieces }) => pieces.map(piece).join(' ')),
    ...(grammar.answer ? [tagged(grammar.answer)] : []),
  ];
  const think = grammar.think ? `${tagged(grammar.think)} [ \\n]{0,${gapOf(grammar)}} ` : '';
  return [`root ::= ${think}(${ways.join(' | ')})`, 'free ::= [^<]*', ''].join('\n');
}

function gbnfDigits(most: number): string {
  const places = String(Math.max(1, Math.floor(most))).length;
  return places === 1 ? '[0-9]' : `("0" | [1-9] [0-9]{0,${places - 1}})`;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('\n', '\\n');

const quoted = (text: string): string => JSON.stringify(text);
