/** Half precision against what IEEE 754 says of well-known numbers. */
import { expect, it } from 'vitest';
import { fromHalf, toHalf } from './floats';

it.each([
  [0, 0x0000],
  [-0, 0x8000],
  [1, 0x3c00],
  [-2, 0xc000],
  [65504, 0x7bff],
  [65520, 0x7c00],
  [1e6, 0x7c00],
  [-Infinity, 0xfc00],
  [2 ** -14, 0x0400],
  [2 ** -24, 0x0001],
  [2 ** -25, 0x0000],
  [2 ** -25 * 1.5, 0x0001],
  [1 / 3, 0x3555],
  // Exactly between two halves: to the even one.
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
])('%d is 0x%x', (value, half) => {
  expect(toHalf(Float32Array.of(value))[0]).toBe(half);
});

it('every half is itself again', () => {
  const all = Uint16Array.from({ length: 0x7c01 }, (_, i) => i);
  expect(toHalf(fromHalf(all))).toEqual(all);
  expect(fromHalf(Uint16Array.of(0x7e00))[0]).toBeNaN();
  expect(toHalf(Float32Array.of(NaN))[0]).toBe(0x7e00);
});
