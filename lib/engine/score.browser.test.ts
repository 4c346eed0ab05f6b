/**
 * Scoring on WebGPU in two families: one whose single tokens are computed by our own shaders and whose graph returns all rows of
 * logits, and one with states and a number of rows. families-score.browser.test.ts has the others.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countGpu, type GpuCounter } from './fixtures/gpu-counts';
import { expectScoresOnGpu } from './fixtures/score-on-gpu';

const SLOW = 600_000;
let counter: GpuCounter;
beforeAll(() => {
  counter = countGpu();
});
afterAll(() => counter.stop());

it.each(['smolvlm', 'lfm2_vl'] as const)(
  '%s: what was told, with one short read a chunk',
  async (family) => {
    const { reads, readBytes } = await expectScoresOnGpu({ family, tiling: false }, counter);
    console.warn(`${family}: ${reads} reads of ${readBytes} bytes for 20 tokens in two chunks`);
    expect(reads).toBe(2);
    expect(readBytes).toBeLessThan(20 * 100);
  },
  SLOW,
);
