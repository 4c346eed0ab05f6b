import { expect, test } from 'vitest';
import { extendTo, keepOnly, NOTHING_SELECTED, selectAll, toggleOne } from './selection';

const ORDER = ['a', 'b', 'c', 'd', 'e'];
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join('');

test('one by one, and off again', () => {
  const b = toggleOne(NOTHING_SELECTED, 'b');
  expect(ids(toggleOne(b, 'd'))).toBe('bd');
  expect(ids(toggleOne(b, 'b'))).toBe('');
});

test('a range goes from the last one pointed out, down or up, and keeps the rest', () => {
  const from = toggleOne(NOTHING_SELECTED, 'd');
  expect(ids(extendTo(from, ORDER, 'b'))).toBe('bcd');
  expect(ids(extendTo(toggleOne(from, 'a'), ORDER, 'b'))).toBe('abd');
  expect(ids(extendTo(extendTo(from, ORDER, 'e'), ORDER, 'c'))).toBe('cde');
});

test('without a beginning a range is one run; an unknown run changes nothing', () => {
  expect(ids(extendTo(NOTHING_SELECTED, ORDER, 'c'))).toBe('c');
  expect(ids(extendTo({ ids: new Set(), anchor: 'gone' }, ORDER, 'c'))).toBe('c');
  expect(extendTo(NOTHING_SELECTED, ORDER, 'z')).toBe(NOTHING_SELECTED);
});

test('all of those shown; those that go are let go of', () => {
  const all = selectAll(ORDER);
  expect(ids(all)).toBe('abcde');
  expect(keepOnly(all, new Set(ORDER))).toBe(all);
  expect(ids(keepOnly(all, new Set(['a', 'c'])))).toBe('ac');
  expect(keepOnly(toggleOne(NOTHING_SELECTED, 'e'), new Set(['a']))).toEqual({ ids: new Set(), anchor: null });
});
