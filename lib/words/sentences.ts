/** Sentences put together outside the tables, as their script has it. */

/** One after the other; Chinese puts no space between them. Empty ones are left out. */
export function sentences(...parts: readonly string[]): string {
  return parts
    .filter(Boolean)
    .reduce((text, part) => (text === '' || /[。！？…]$/.test(text) ? text + part : `${text} ${part}`), '');
}

/** A title, which has no stop, where a sentence stands. */
export function asSentence(title: string): string {
  return title + (/\p{Script=Han}[”）]?$/u.test(title) ? '。' : '.');
}
