/**
 * Every family on the browser's WebGPU (a software one will do) with its tiny model: four turns with a new crop each, on the
 * cache that is written in place, and a fork, equal the same conversations computed from nothing, there and on WASM. One
 * family in the short form, the others in the long suite.
 */
import { describe, expect, it } from 'vitest';
import { ofThisSuite } from '@/scripts/suite';
import { ORT_PATH } from './client';
import type { GenerateRequest, Message } from './contract';
import { furthest, hear, type HeardModel, type HeardTurn } from './fixtures/heard-model';
import { GREEDY } from './fixtures/nano-conversation';
import { loadTinyModel, look, scene } from './fixtures/tiny-engine';
import { FAMILIES, type TinyModelOptions } from './fixtures/tiny-models';

const SLOW = 900_000;
const CROPS = [
  [10, 10, 210, 130],
  [150, 20, 230, 190],
  [0, 100, 260, 180],
] as const;
const picture = scene({ width: 260, height: 190 }, 3);
const ortUrl = new URL(ORT_PATH, location.href).href;

const ask = (messages: readonly Message[]): GenerateRequest => ({ messages, sampling: GREEDY, maxNewTokens: 8 });

/** Small, so that images lie across them. */
const CHUNK = 64;
const ONE_PIECE = 4096;

function expectSame(given: HeardTurn, expected: HeardTurn): void {
  expect(given.end.tokenIds).toEqual(expected.end.tokenIds);
  expect(given.text).toBe(expected.text);
  expect(furthest(given, expected)).toBeLessThanOrEqual(1e-3);
  given.tokens.forEach(({ logprob }, i) => {
    expect(Math.abs(logprob - expected.tokens[i]!.logprob)).toBeLessThanOrEqual(1e-3);
  });
}

/** Idefics3 and SmolVLM are one family of files: each is taken in one of the two ways in which pictures are seen. */
const MODELS = [...FAMILIES, 'gemma4' as const].map((family): TinyModelOptions => ({
  family,
  tiling: family !== 'smolvlm',
}));

/**
 * States that cannot be cut. Keys and values alone: the shipped model, client.browser.test.ts. Positions of three numbers:
 * gpu-decode.browser.test.ts.
 */
const SHORT: readonly string[] = ['lfm2_vl'];

describe.each(ofThisSuite(MODELS, ({ family }) => SHORT.includes(family)))('$family, tiling $tiling', (model) => {
  it(
    'four turns and a fork on WebGPU are what they are from nothing, there and on WASM',
    async () => {
      const onGpu = await loadTinyModel({ ...model, device: 'webgpu', ortUrl });
      const onWasm = await loadTinyModel({ ...model, device: 'wasm', ortUrl });
      // The cache in place was trusted: a remark would say that it was not.
      expect(onGpu).toMatchObject({ remark: null, session: { kv: 'static' } });
      expect(onGpu.runtime.gpu).not.toBeNull();
      const [gpu, wasm] = [hear(onGpu), hear(onWasm)];
      const spec = onGpu.manifest.image;
      let messages = [look(spec, picture, 'What is it?')];
      const asked: Message[][] = [];
      const turns: HeardTurn[] = [];
      for (const region of [...CROPS, null]) {
        const turn = await gpu.ask(ask(messages), CHUNK);
        expect(turn.end.usage.imagesEncoded).toBe(1);
        asked.push(messages);
        turns.push(turn);
        if (region) messages = [...messages, turn.message, look(spec, picture, 'Closer.', region)];
      }
      const fork = [...asked[2]!.slice(0, -1), look(spec, picture, 'There.', [30, 60, 120, 150])];
      const forked = await gpu.ask(ask(fork), CHUNK);
      expect(forked.end.usage.reusedTokens).toBeGreaterThanOrEqual(turns[1]!.end.usage.promptTokens);
      const back = await gpu.ask(ask(asked[3]!), CHUNK);
      expectSame(back, turns[3]!);

      const afresh = async (model: HeardModel, messages: readonly Message[]) => {
        model.forget();
        const turn = await model.ask(ask(messages), ONE_PIECE);
        const images = messages.filter(({ role }) => role === 'user').length;
        expect(turn.end.usage).toMatchObject({ reusedTokens: 0, imagesEncoded: images });
        return turn;
      };
      // The last turn holds all that the ones before it left in the cache.
      const there = await afresh(gpu, asked[3]!);
      expectSame(back, there);
      const given = [...turns, forked];
      let far = 0;
      for (const [i, messages] of [...asked, fork].entries()) {
        const other = await afresh(wasm, messages);
        expectSame(given[i]!, other);
        far = Math.max(far, furthest(given[i]!, other));
      }
      const near = furthest(back, there);
      console.warn(`${model.family}: logits from nothing differ by ${near} on WebGPU, by ${far} on WASM`);
      await onGpu.dispose();
      await onWasm.dispose();
    },
    SLOW,
  );
});
