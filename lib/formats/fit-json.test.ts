/** Whatever is fitted is JSON that a document may hold, and what may be held already stays as it is. */
import { describe, expect, it } from 'vitest';
import { isBoundedJson } from '@/lib/trajectory/json';
import { fitJson } from './fit-json';

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let left = depth; left > 0; left -= 1) value = left % 2 === 0 ? [value] : { a: value };
  return value;
};

describe('JSON is fitted', () => {
  it.each([
    ['a list too long, with more beside it', [100, Array.from({ length: 20_000 }, (_, index) => index), 1, 2, 3]],
    ['an object too large', Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, [index]]))],
    ['too deep', nested(1_000)],
    ['as deep as it may be, and one deeper', [nested(31), nested(32), nested(33)]],
    ['strings and keys too long', { ['k'.repeat(5_000)]: 'x'.repeat(500_000) }],
    ['what is no JSON', [NaN, Infinity, undefined, () => 1, 1n, Symbol('a')]],
  ])('%s', (_, value) => {
    expect(isBoundedJson(fitJson(value))).toBe(true);
  });

  it('and what fits is left alone', () => {
    const value = { a: [1, 'two', null, { b: true }] };
    expect(fitJson(value)).toEqual(value);
  });
});
