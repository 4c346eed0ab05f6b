/**
 * Scores in the number formats that this browser's WebGPU computes; prints how far they are from what was told there. In the long
 * suite; the short form scores in whole floats on WebGPU (score.browser.test.ts) and in 8 bits on WASM (formats-score.test.ts).
 */
import { it } from 'vitest';
import { IN_LONG } from '@/scripts/suite';
import { ORT_PATH } from './client';
import { expectSpread } from './fixtures/score-spread';
import { DTYPES } from './fixtures/tiny-models';

const SLOW = 600_000;
const ortUrl = new URL(ORT_PATH, location.href).href;
/** No software device that Chromium brings has 16-bit floats. */
const adapter = await navigator.gpu.requestAdapter();
const dtypes = DTYPES.filter((dtype) => !dtype.endsWith('16') || adapter?.features.has('shader-f16'));

const models = (['smolvlm', 'lfm2_vl'] as const)
  .flatMap((family) => dtypes.map((dtype) => ({ family, dtype })))
  // The check at load refuses the tiny SmolVLM in 8 bits on WebGPU: too much depends on how a prompt is cut.
  .filter(({ family, dtype }) => family !== 'smolvlm' || dtype !== 'q8');

it.runIf(IN_LONG).each(models)(
  '$family in $dtype',
  (model) => expectSpread({ ...model, tiling: false, device: 'webgpu', ortUrl }),
  SLOW,
);
