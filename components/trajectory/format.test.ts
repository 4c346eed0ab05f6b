import { expect, it } from 'vitest';
import { trajectory } from '@/lib/words/en/trajectory';
import { formatDuration } from './format';

it.each([
  [85, '85 ms'],
  [1_340, '1.3 s'],
  [75_000, '1 min 15 s'],
  [400_000_000, '111 h'],
  [1e12, '1.0e12 ms'],
  [1e308, '1e308 ms'],
  [Infinity, '∞ ms'],
])('%d ms is written as %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});

it('counts of tokens that nobody made are as short', () => {
  expect([1, 24, 1e308].map(trajectory.tokens)).toEqual(['1 token', '24 tokens', '1E308 tokens']);
});
