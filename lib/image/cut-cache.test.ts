import { expect, it } from 'vitest';
import { createCutCache, cutKey } from './cut-cache';

const pixels = (side: number) => ({ width: side, height: side, data: new Uint8ClampedArray(side * side * 4) });

it('the least recently used go where there are too many bytes', () => {
  const cuts = createCutCache(3 * 400);
  for (const key of ['a', 'b', 'c']) cuts.put(key, pixels(10));
  expect(cuts.get('a')).toBeDefined();
  cuts.put('d', pixels(10));
  expect(['a', 'b', 'c', 'd'].filter((key) => cuts.get(key))).toEqual(['a', 'c', 'd']);
  cuts.put('large', pixels(20));
  expect(cuts.get('large')).toBeUndefined();
  expect(cuts.get('d')).toBeDefined();
  cuts.put('d', pixels(17));
  expect(['a', 'c', 'd'].filter((key) => cuts.get(key))).toEqual(['d']);
});

it('file, region, size and way of making smaller make one', () => {
  const [box, size] = [
    { x1: 1, y1: 2, x2: 30, y2: 40 },
    { width: 8, height: 9 },
  ];
  const keys = [
    cutKey('h', box, size, 'bilinear'),
    cutKey('i', box, size, 'bilinear'),
    cutKey('h', { ...box, x1: 0 }, size, 'bilinear'),
    cutKey('h', box, { ...size, width: 9 }, 'bilinear'),
    cutKey('h', box, size, 'bicubic'),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
