/**
 * Is an answer right? Normalised exact match against what is accepted, as docs/scene-format.md defines it. No judge model,
 * no partial credit: the same words by the same rule in training and here.
 */

/** Pairs of quotes that may surround an answer; the first of each opens, the second closes. */
const QUOTES: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
];

export function normalizeAnswer(text: string): string {
  let answer = text.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ').trim();
  // Each rule may uncover another: «"a dog."» has quotes, then a stop, then an article.
  for (let before = ''; before !== answer;) {
    before = answer;
    answer = withoutQuotes(answer)
      .replace(/[.!,]$/u, '')
      .trim();
  }
  return answer.replace(/^(?:an?|the) (?=\S)/u, '');
}

function withoutQuotes(text: string): string {
  const pair = QUOTES.find(([open, close]) => text.length >= 2 && text.startsWith(open) && text.endsWith(close));
  return pair === undefined ? text : text.slice(1, -1).trim();
}

/** Right if equal to any of `accepted`, both normalised. An empty answer is never right. */
export function isRight(answer: string, accepted: readonly string[]): boolean {
  const given = normalizeAnswer(answer);
  return given !== '' && accepted.some((text) => normalizeAnswer(text) === given);
}
