/**
 * What a part of lib has to say, without words: a code and what belongs to it. Which codes there are, and what each takes, is told by
 * the table that has the words for them, so a code without words does not compile, nor do words without what they need.
 */

/** Words by code: a string, or a function of what the code comes with. */
export type Phrases = Readonly<Record<string, string | ((params: never) => string)>>;

/** One of a table's codes with its parameters. Plain data: it crosses workers and stores. */
export type Phrase<T extends Phrases> = {
  readonly [C in keyof T & string]: T[C] extends (params: infer P) => string
    ? { readonly code: C; readonly params: P }
    : { readonly code: C; readonly params?: undefined };
}[keyof T & string];

/** The words for a phrase, in the language of `table`. */
export function say<T extends Phrases>(table: T, phrase: Phrase<T>): string {
  const { code, params }: { readonly code: string; readonly params?: unknown } = phrase;
  const words = table[code];
  // `Phrase` ties a code to what its words take.
  return typeof words === 'function' ? (words as (given: unknown) => string)(params) : (words ?? code);
}
