/** Which decoded pictures stay in memory. */
import { expect, test } from 'vitest';
import { createDecodedCache } from './worker/decoded-cache';

function fakeBitmap(megapixels: number, closed: number[]): ImageBitmap {
  return { width: megapixels * 1000, height: 1000, close: () => void closed.push(megapixels) };
}

test('keeps the two latest used, closes what it lets go', () => {
  const closed: number[] = [];
  const cache = createDecodedCache();
  cache.put('a', fakeBitmap(1, closed));
  cache.put('b', fakeBitmap(2, closed));
  expect(cache.get('a')?.width).toBe(1000);
  cache.put('c', fakeBitmap(3, closed));
  expect([cache.get('a')?.width, cache.get('b'), cache.get('c')?.width]).toEqual([1000, undefined, 3000]);
  expect(closed).toEqual([2]);
});

test('a large picture stays alone; the newest stays however large', () => {
  const closed: number[] = [];
  const cache = createDecodedCache();
  cache.put('a', fakeBitmap(24, closed));
  cache.put('b', fakeBitmap(48, closed));
  expect([cache.get('a'), cache.get('b')?.width]).toEqual([undefined, 48_000]);
  cache.put('c', fakeBitmap(70, closed));
  expect([cache.get('b'), cache.get('c')?.width]).toEqual([undefined, 70_000]);
  cache.put('c', fakeBitmap(69, closed));
  expect(closed).toEqual([24, 48, 70]);
});
