/**
 * Decoding on WebGPU with tiny models: the same words as on WASM, and what each token asks of the GPU. Prints the counts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerateRequest, Message } from './contract';
import { countGpu, type GpuCounter } from './fixtures/gpu-counts';
import { GREEDY, type Turn } from './fixtures/nano-conversation';
import { scene, see } from './fixtures/scenes';
import { loadInPage, type EngineInPage } from './fixtures/tiny-in-page';
import type { TinyModelOptions } from './fixtures/tiny-models';

const SLOW = 300_000;
const picture = scene({ width: 200, height: 150 }, 3);

let counter: GpuCounter;
beforeAll(() => {
  counter = countGpu();
});
afterAll(() => counter.stop());

function opening({ manifest }: EngineInPage): Message[] {
  const content = [
    { type: 'image', image: see(manifest.image, picture) },
    { type: 'text', text: 'What is it?' },
  ] as const;
  return [{ role: 'user', content }];
}

const ask = (messages: readonly Message[], maxNewTokens: number): GenerateRequest => {
  return { messages, sampling: GREEDY, maxNewTokens };
};

const CASES: readonly TinyModelOptions[] = [
  { family: 'smolvlm', tiling: false },
  { family: 'smolvlm', tiling: false, dtype: 'q4' },
  { family: 'qwen3_vl' },
  { family: 'lfm2_vl', tiling: false },
  { family: 'qwen3_5' },
];

describe.each(CASES)('$family $dtype', (model) => {
  let onWasm: Turn;
  beforeAll(async () => {
    const engine = await loadInPage({ device: 'wasm', model });
    onWasm = await engine.ask(ask(opening(engine), 8));
  }, SLOW);

  it(
    'says what it says on WASM',
    async () => {
      const engine = await loadInPage({ device: 'webgpu', model });
      const short = await engine.ask(ask(opening(engine), 2));
      counter.take();
      const again = await engine.ask(ask(opening(engine), 2));
      const two = counter.take();
      const turn = await engine.ask(ask(opening(engine), 8));
      const eight = counter.take();
      const perToken = Object.fromEntries(
        Object.entries(eight).map(([key, value]) => [key, (value - two[key as keyof typeof two]) / 6]),
      );
      console.warn(model.family, model.dtype ?? 'fp32', JSON.stringify(engine.progress.at(-1)).slice(0, 200), JSON.stringify(perToken), JSON.stringify(again.end.usage));
      expect(turn.end.tokenIds).toEqual(onWasm.end.tokenIds);
      expect(short.end.tokenIds).toEqual(onWasm.end.tokenIds.slice(0, 2));
    },
    SLOW,
  );
});
