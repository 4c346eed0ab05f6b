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

/** A phrase as one line of text, where only text can be kept: for logs, and for the end of a run in its document. */
export function writePhrase({ code, params }: { readonly code: string; readonly params?: unknown }): string {
  return params === undefined ? code : `${code} ${JSON.stringify(params)}`;
}

/** The words for a phrase that was written; null where the text is none of this table's. */
export function sayWritten(table: Phrases, text: string): string | null {
  const [, code = '', params] = /^([a-z0-9-]+)(?: (\{.*\}))?$/s.exec(text) ?? [];
  if (!Object.hasOwn(table, code)) return null;
  try {
    return say(table, { code, params: params === undefined ? undefined : (JSON.parse(params) as never) }); // tried, not trusted
  } catch {
    return null;
  }
}
