/** Spoilt inputs, the short run; `npm run fuzz:shares` is the long one. */
import { expect, it } from 'vitest';
import { fuzzShares } from '../../e2e/bench/share-fuzz.mjs';

it('no spoilt input hangs, throws past its boundary or takes too much memory', async () => {
  const result = await fuzzShares({ inputs: 4000, seed: 20_261_121, memory: 2048 });
  expect(result.faults).toEqual([]);
  expect(result.inputs).toBe(4000);
  expect(Object.keys(result.outcomes).length).toBeGreaterThan(20);
});
