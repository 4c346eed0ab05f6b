/**
 * The key as shortcuts name it: what a Latin layout has in that place where the layout in use writes other letters or digits. Latin
 * layouts keep their own order (`z` is where it is printed), and what a key writes comes before where it lies.
 */

/** Question marks of other scripts; those in full width are the same to NFKC. */
const QUESTION_MARKS = '؟՞፧⸮';

export function keyOf({ key, code }: Pick<KeyboardEvent, 'key' | 'code'>): string {
  if (QUESTION_MARKS.includes(key)) return '?';
  const plain = key.normalize('NFKC');
  if (/^[\u0020-\u007e]$/.test(plain)) return plain.toLowerCase();
  // Names of keys (Enter, F1) and letters of Latin layouts (é). `Process`: an input method has it, and nobody is typing.
  if (/\p{Script=Latin}/u.test(key) && key !== 'Process' && key !== 'Unidentified') return key;
  return /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]?.toLowerCase() ?? key;
}
