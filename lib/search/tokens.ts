/**
 * From text to what is looked up: words in lower case without accents. Chinese, Japanese and Korean have no spaces between words; there each
 * pair of neighbouring characters is one, so that nothing has to know the language.
 */
const RUN = /[\p{L}\p{N}]+/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;
const IS_UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** What is longer is no word that anybody looks for. */
const LONGEST = 48;

/** Words that stand in every text: they tell no two apart, and would be most of an index. */
const COMMON =
  /^(?:a|an|and|are|as|at|be|by|for|from|has|have|in|is|it|its|of|on|or|that|the|this|to|was|were|will|with)$/;

const plain = (word: string): string => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const [run] of text.matchAll(RUN)) {
    for (const [piece] of run.matchAll(UNSPACED)) {
      if (!IS_UNSPACED.test(piece)) tokens.push(piece);
      else tokens.push(...pairs(piece));
    }
  }
  return tokens;
}

function pairs(piece: string): string[] {
  const characters = [...piece];
  return characters.length === 1
    ? characters
    : characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}

/** As it is kept in an index; null: it is not. */
export function termOf(token: string): string | null {
  const term = plain(token);
  return term === '' || term.length > LONGEST || COMMON.test(term) ? null : term;
}

export function termsOf(text: string): readonly string[] {
  return [...new Set(tokensOf(text).flatMap((token) => termOf(token) ?? []))];
}
