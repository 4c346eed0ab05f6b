/** Scores in every number format on WASM; prints how far they are from what was told. */
import { it, vi } from 'vitest';
import { ofThisSuite } from '@/scripts/suite';
import { expectSpread } from './fixtures/score-spread';
import { DTYPES } from './fixtures/tiny-models';

/** Other work may hold the processor. */
vi.setConfig({ testTimeout: 240_000 });

/** One with all rows of logits, and one with states and half-precision logits. */
const MODELS = (['smolvlm', 'lfm2_vl'] as const).flatMap((family) => DTYPES.map((dtype) => ({ family, dtype })));

it.each(ofThisSuite(MODELS, ({ family, dtype }) => (family === 'smolvlm' ? dtype === 'q8' : dtype === 'q4f16')))(
  '$family in $dtype',
  (model) => expectSpread({ ...model, tiling: false }),
);
