/** Graphs taken apart and written again, from files as the hub has them. */
import { describe, expect, it } from 'vitest';
import { tinyModel } from '../../../fixtures/tiny-models';
import { createRuntime } from '../runtime';
import { openGraphFile, withFewRows, withoutWeights } from './graph-file';

const runtime = await createRuntime({ device: 'wasm', ortUrl: null, subgroups: false });

async function embedding(model: Uint8Array, ids: readonly number[], data: { path: string; data: Blob }[] = []) {
  const session = await runtime.createSession(model, 'cpu', { data });
  const input = new runtime.ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]);
  const { inputs_embeds: embeds } = await runtime.run(session, { input_ids: input });
  await session.release();
  return embeds!.data as Float32Array;
}

const EMBED = {
  fp32: 'onnx/embed_tokens.onnx',
  q8: 'onnx/embed_tokens_quantized.onnx',
  fp16: 'onnx/embed_tokens_fp16.onnx',
};

describe.each(['fp32', 'q8', 'fp16'] as const)('%s', (dtype) => {
  const file = tinyModel({ family: 'smolvlm', dtype }).get(EMBED[dtype])!;
  const blob = new Blob([file]);

  it('is the same file when nothing is changed', async () => {
    const graph = await openGraphFile(blob);
    const written = await graph.write(() => null);
    expect(written.length).toBe(file.length);
    // Byte by byte in JavaScript: the matcher takes seconds for it.
    expect(written.findIndex((byte, i) => byte !== file[i])).toBe(-1);
    expect(graph.weights.map(({ dims }) => dims[0])).toContain(448);
  });

  it('finds its weights in the file it came from', async () => {
    const small = await withoutWeights(blob, 'weights');
    expect(small!.length).toBeLessThan(2000);
    const ids = [0, 7, 300, 447];
    const there = await embedding(small!, ids, [{ path: 'weights', data: blob }]);
    expect(there).toEqual(await embedding(file, ids));
    expect(await withoutWeights(new Blob([small!]), 'weights')).toBeNull();
  });

  it('with few rows gives what it gives with all', async () => {
    const ids = [0, 7, 31];
    const few = await withFewRows(blob, new Map(), 32);
    expect(few!.length).toBeLessThan(10_000);
    expect(await embedding(few!, ids)).toEqual(await embedding(file, ids));
  });
});

it('reads weights that are outside already', async () => {
  const files = tinyModel({ family: 'smolvlm', externalData: 1 });
  const [file, data] = [files.get('onnx/embed_tokens.onnx')!, files.get('onnx/embed_tokens.onnx_data')!];
  const few = await withFewRows(new Blob([file]), new Map([['embed_tokens.onnx_data', new Blob([data])]]), 32);
  const outside = [{ path: 'embed_tokens.onnx_data', data: new Blob([data]) }];
  expect(await embedding(few!, [3])).toEqual(await embedding(file, [3], outside));
  expect(await withFewRows(new Blob([file]), new Map(), 32)).toBeNull();
  expect(await withoutWeights(new Blob([file]), 'weights')).toBeNull();
});

it('refuses what is no model', async () => {
  await expect(openGraphFile(new Blob(['<!doctype html>']))).rejects.toThrow(RangeError);
  const file = tinyModel({ family: 'smolvlm' }).get('onnx/embed_tokens.onnx')!;
  await expect(openGraphFile(new Blob([file.slice(0, -10)]))).rejects.toThrow(RangeError);
});
