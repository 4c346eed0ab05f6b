/**
 * Well-formed UTF-8, byte by byte (table 3-7 of the Unicode standard): no overlong forms, no surrogates, nothing above
 * U+10FFFF. A state is 0 between characters.
 */

/** States in the middle of a character, by what may come next. */
const ONE_MORE = 1;
const TWO_MORE = 2;
const THREE_MORE = 3;
const AFTER_E0 = 4;
const AFTER_ED = 5;
const AFTER_F0 = 6;
const AFTER_F4 = 7;

/** Bytes still to come, by state. */
const PENDING = [0, 1, 2, 3, 2, 2, 3, 3] as const;

export function pendingBytes(state: number): number {
  return PENDING[state] ?? 0;
}

/** The state after one more byte; −1 where no character goes on like that. */
export function nextUtf8(state: number, byte: number): number {
  if (state === 0) {
    if (byte < 0x80) return 0;
    if (byte < 0xc2) return -1;
    if (byte < 0xe0) return ONE_MORE;
    if (byte === 0xe0) return AFTER_E0;
    if (byte === 0xed) return AFTER_ED;
    if (byte < 0xf0) return TWO_MORE;
    if (byte === 0xf0) return AFTER_F0;
    if (byte < 0xf4) return THREE_MORE;
    return byte === 0xf4 ? AFTER_F4 : -1;
  }
  const least = state === AFTER_E0 ? 0xa0 : state === AFTER_F0 ? 0x90 : 0x80;
  const most = state === AFTER_ED ? 0x9f : state === AFTER_F4 ? 0x8f : 0xbf;
  if (byte < least || byte > most) return -1;
  switch (state) {
    case ONE_MORE:
      return 0;
    case TWO_MORE:
    case AFTER_E0:
    case AFTER_ED:
      return ONE_MORE;
    default:
      return TWO_MORE;
  }
}
