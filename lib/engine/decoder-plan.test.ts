/** Which decoders are recognised, and what of them. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { DTYPES, tinyModel, type Dtype, type TinyFamily } from './fixtures/tiny-models';
import { SUFFIX } from './fixtures/tiny-models/layers';
import { openGraphFile } from './worker/runtime/onnx/graph-file';
import { matrixWeights, type DecoderPlan } from './worker/decode/gpu-decoder/plan';
import { readPlan } from './worker/decode/gpu-decoder/read-plan';

async function planOf(family: TinyFamily, dtype: Dtype): Promise<DecoderPlan | string> {
  const file = tinyModel({ family, dtype }).get(`onnx/decoder_model_merged${SUFFIX[dtype]}.onnx`)!;
  return readPlan(await openGraphFile(new Blob([file])));
}

describe.each(['smolvlm', 'idefics3'] as const)('%s', (family) => {
  it.each(DTYPES.filter((dtype) => dtype !== 'q8'))('in %s is known', async (dtype) => {
    const plan = await planOf(family, dtype);
    const isBlocks = dtype === 'q4' || dtype === 'q4f16';
    expect(plan).toMatchObject({
      hidden: 64,
      heads: 4,
      kvHeads: 2,
      headDim: 16,
      scale: 0.25,
      epsilon: expect.closeTo(1e-6, 9) as number,
      rope: { from: family === 'smolvlm' ? 'cache' : 'positions', cos: { dims: [4096, 8] } },
      head: { rows: 448, bias: null, matrix: { kind: isBlocks ? 'blocks' : 'plain', inner: 64, outer: 448 } },
    });
    const { layers } = plan as DecoderPlan;
    expect(layers.map(({ norm, past, query, down }) => [norm.name, past.key, query.rows, down.matrix.inner])).toEqual([
      ['model.layers.0.input_layernorm.weight', 'past_key_values.0.key', 64, 128],
      ['model.layers.1.input_layernorm.weight', 'past_key_values.1.key', 64, 128],
    ]);
    // Seven matrices a layer and the head's, in blocks with their scales.
    expect(matrixWeights(plan as DecoderPlan)).toHaveLength((2 * 7 + 1) * (isBlocks ? 2 : 1));
  });

  it('in q8 is left to ONNX Runtime: it multiplies bytes', async () => {
    expect(await planOf(family, 'q8')).toMatch(/comes from Mul, not from MatMul/);
  });
});

it('the shipped model is known', async () => {
  const file = await readFile('public/models/loupe-nano/onnx/decoder_model_merged_quantized.onnx');
  const plan = await readPlan(await openGraphFile(new Blob([file])));
  expect(plan).toMatchObject({ hidden: 192, heads: 6, kvHeads: 2, headDim: 32, rope: { from: 'cache' } });
  expect((plan as DecoderPlan).layers).toHaveLength(5);
  expect((plan as DecoderPlan).head.matrix).toMatchObject({ kind: 'blocks', bits: 8, block: 32 });
});

it.each([
  { family: 'qwen2_vl', why: 'where position_ids was expected' },
  { family: 'qwen3_vl', why: 'where position_ids was expected' },
  { family: 'qwen3_5', why: ', not from ' },
  { family: 'lfm2_vl', why: ', not from ' },
] as const)('$family is left to ONNX Runtime', async ({ family, why }) => {
  expect(await planOf(family, 'fp32')).toContain(why);
});
