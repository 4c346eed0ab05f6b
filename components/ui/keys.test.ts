import { expect, it } from 'vitest';
import { isComposing } from './composing';
import { keyOf } from './key-of';

it.each([
  ['b', 'KeyB', 'b'],
  ['B', 'KeyB', 'b'],
  ['и', 'KeyB', 'b'], // Russian
  ['لا', 'KeyB', 'b'], // Arabic, two letters
  ['ㅠ', 'KeyB', 'b'], // Hangul
  ['נ', 'KeyB', 'b'], // Hebrew
  ['β', 'KeyB', 'b'], // Greek
  ['Process', 'KeyB', 'b'],
  ['٠', 'Digit0', '0'],
  ['？', 'Slash', '?'],
  ['؟', 'Slash', '?'],
  ['\u3000', 'Space', ' '],
  // A Latin layout has its letters where they are printed.
  ['y', 'KeyZ', 'y'],
  ['à', 'Digit0', 'à'],
  ['ж', 'Semicolon', 'ж'],
  ['Escape', 'Escape', 'Escape'],
  ['ArrowLeft', 'ArrowLeft', 'ArrowLeft'],
])('%s at %s is %s', (key, code, expected) => {
  expect(keyOf({ key, code })).toBe(expected);
});

it('a key is an input method’s while it composes, and in Safari just after', () => {
  expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(isComposing({ nativeEvent: { isComposing: false, keyCode: 229 } })).toBe(true);
  expect(isComposing({ nativeEvent: { isComposing: false, keyCode: 13 } })).toBe(false);
});
