/**
 * Which tokens make up a step's text. Tokens may carry tags and quotes that the text leaves out; they are cut at the
 * text's ends. Pure.
 */
import type { Token } from '@/lib/trajectory';

export interface TokenSpan {
  /** Index into the step's tokens. */
  readonly index: number;
  /** The part of the token that shows. */
  readonly text: string;
  readonly token: Token;
}

/** Spans whose joined text is exactly `text`, or null when the tokens do not contain it in one piece. */
export function tokenSpans(text: string, tokens: readonly Token[]): readonly TokenSpan[] | null {
  if (text === '' || tokens.length === 0) return null;
  const start = tokens
    .map((token) => token.text)
    .join('')
    .indexOf(text);
  if (start < 0) return null;
  const end = start + text.length;
  const spans: TokenSpan[] = [];
  let at = 0;
  tokens.forEach((token, index) => {
    const from = Math.max(start, at);
    const to = Math.min(end, at + token.text.length);
    if (to > from) spans.push({ index, text: token.text.slice(from - at, to - at), token });
    at += token.text.length;
  });
  return spans;
}
