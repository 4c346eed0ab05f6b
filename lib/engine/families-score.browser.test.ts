/** Scoring on WebGPU in the families that score.browser.test.ts leaves out. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IN_LONG } from '@/scripts/suite';
import { countGpu, type GpuCounter } from './fixtures/gpu-counts';
import { expectScoresOnGpu } from './fixtures/score-on-gpu';
import { FAMILIES } from './fixtures/tiny-models';

const SLOW = 600_000;
const ELSEWHERE: readonly string[] = ['smolvlm', 'lfm2_vl'];

let counter: GpuCounter;
beforeAll(() => {
  counter = countGpu();
});
afterAll(() => counter.stop());

it.runIf(IN_LONG).each(FAMILIES.filter((family) => !ELSEWHERE.includes(family)))(
  '%s: what was told',
  async (family) => {
    const { reads, readBytes } = await expectScoresOnGpu({ family, tiling: false }, counter);
    console.warn(`${family}: ${reads} reads of ${readBytes} bytes for 20 tokens in two chunks`);
    // The Scan of its recurrence has no kernel for the GPU, and reads by itself.
    if (family !== 'qwen3_5') expect(reads).toBe(2);
  },
  SLOW,
);
