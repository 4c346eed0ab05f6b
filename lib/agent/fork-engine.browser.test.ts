/**
 * Forks inside the engine on the browser's WebGPU (a software one will do): a chain of them is, token for token, a run from nothing with the
 * same beginning and seed. In the long suite; fork-engine.test.ts has more chains, and its share of the short form, on WASM.
 */
import { beforeAll, describe, it } from 'vitest';
import { ORT_PATH } from '@/lib/engine/client';
import { IN_LONG } from '@/scripts/suite';
import { expectChain, loadNano, loadRandom, type Model } from './fixtures/fork-chains';

const SLOW = 900_000;
const ortUrl = new URL(ORT_PATH, location.href).href;

/** Short turns: a token takes a software WebGPU its time. */
const BRIEF = { maxNewTokens: 12, maxTurns: 1, grammar: false };

const MODELS = [
  {
    name: 'the shipped model',
    chains: [[1, 3, 4]],
    load: () =>
      loadNano({
        modelUrl: new URL('/models/loupe-nano/', location.href).href,
        ...({ ortUrl, device: 'webgpu', refuseSoftwareGpu: false } as const),
      }),
  },
  {
    name: 'a family with states',
    chains: [[2, 0]],
    load: () => loadRandom({ family: 'qwen3_5', device: 'webgpu', ortUrl }),
  },
];

describe.runIf(IN_LONG).each(MODELS)('$name', ({ load, chains }) => {
  let model: Model;
  // One after the other: two at once hang a tab's WebGPU.
  beforeAll(async () => {
    model = await load();
  }, SLOW);

  it.each(chains)(
    'a chain of forks is a run from nothing with the same beginning: %s %s %s',
    async (...chain) => expectChain(model, chain, BRIEF),
    SLOW,
  );
});
