/** Spoilt files, the short run; `npm run fuzz:formats` is the long one. */
import { expect, it } from 'vitest';
import { IN_LONG } from '@/scripts/suite';
import { fuzzFormats } from '../../e2e/bench/format-fuzz.mjs';

it.runIf(IN_LONG)(
  'no spoilt file hangs, throws past its boundary, makes an unsound run or takes too much memory',
  async () => {
    const result = await fuzzFormats({ inputs: 8000, seed: 20_261_130, memory: 2048 });
    expect(result.faults).toEqual([]);
    expect(result.inputs).toBe(8000);
    expect(Object.keys(result.outcomes).length).toBeGreaterThan(20);
  },
);
