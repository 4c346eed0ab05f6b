/**
 * Memory that runs out for real: a model of a hub whose vision encoder wants ten megabytes for every patch of a picture, more than
 * WebAssembly has for a large one. The code says so, and the same model with smaller pictures answers.
 */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { stubStorage } from '@/lib/models/fixtures/fake-storage';
import { serveHub, type HubServer } from '@/lib/models/fixtures/hub-server';
import { collectTurn, GREEDY } from './fixtures/nano-conversation';
import { scene, see } from './fixtures/tiny-engine';
import { tinyModel } from './fixtures/tiny-models';
import { createGraph } from './fixtures/tiny-models/graph';
import { encodeModel } from './worker/runtime/onnx/encode';
import type { ModelCard } from './contract';
import { createEngineHost } from './worker/engine-host';

const HIDDEN = 64;
const FLOATS_A_PATCH = 2_500_000;

/** Qwen2-VL's inputs and output; a token is the mean of its four patches. */
function hungryEncoder(): Uint8Array<ArrayBuffer> {
  const graph = createGraph('vision_model');
  const pixels = graph.input('pixel_values', 'float32', ['num_patches', 1176]);
  graph.input('grid_thw', 'int64', ['num_images', 3]);
  const mean = (x: string) => graph.op('ReduceMean', [x, graph.ints(1)], { keepdims: 1 });
  const wide = graph.op('Expand', [mean(pixels), graph.ints(1, FLOATS_A_PATCH)]);
  const tokens = mean(graph.op('Reshape', [mean(wide), graph.ints(-1, 4)]));
  const ones = graph.floats('ones', 'float32', [1, HIDDEN], new Float32Array(HIDDEN).fill(1));
  graph.output(graph.op('Mul', [tokens, ones]), 'image_features', 'float32', ['num_tokens', HIDDEN]);
  return encodeModel(graph.parts(), []).model;
}

let hub: HubServer;
beforeAll(async () => {
  const files = new Map(tinyModel({ family: 'qwen2_vl' }));
  files.set('onnx/vision_encoder.onnx', hungryEncoder());
  hub = await serveHub([{ id: 'tiny/hungry', files }]);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await hub.close();
});

async function ask(modelUrl: string) {
  stubStorage();
  const host = createEngineHost({ findOrtByPackage: true });
  const signal = new AbortController().signal;
  const request = { modelUrl, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
  let card: ModelCard | null = null;
  for await (const step of host.load({ ...request, hub: { endpoint: hub.endpoint, token: null } }, signal)) {
    if (step.phase === 'ready') ({ card } = step);
  }
  const image = see(card!.image, scene({ width: 400, height: 300 }, 1));
  const messages = [{ role: 'user' as const, content: [{ type: 'image' as const, image }] }];
  return collectTurn(host.generate({ messages, sampling: GREEDY, maxNewTokens: 2 }, signal));
}

it('is told by its code, and the same model answers with smaller pictures', async () => {
  await expect(ask('hub:tiny/hungry?dtype=fp32')).rejects.toMatchObject({ code: 'out-of-memory' });
  expect((await ask('hub:tiny/hungry?dtype=fp32&maxPixels=6000')).tokens).toHaveLength(2);
});
