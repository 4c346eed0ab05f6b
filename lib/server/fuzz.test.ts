/** Spoilt inputs, the short run; `npm run fuzz:shares` is the long one. */
import { expect, it } from 'vitest';
import { cases } from '@/scripts/suite';
import { fuzzShares } from '../../e2e/bench/share-fuzz.mjs';

it.each([
  ['memory', { short: 1000, long: 4000 }],
  ['files', { short: 300, long: 1500 }],
  ['s3', { short: 300, long: 1500 }],
])('no spoilt input hangs, throws past its boundary or takes too much memory: shares in %s', async (store, sizes) => {
  const inputs = cases(sizes);
  const result = await fuzzShares({ inputs, seed: 20_261_121, memory: 2048, store });
  expect(result.faults).toEqual([]);
  expect(result.inputs).toBe(inputs);
  expect(Object.keys(result.outcomes).length).toBeGreaterThan(20);
});
