/**
 * Every family on the browser's WebGPU (a software one will do) with its tiny model: four turns with a new crop each, on the
 * cache that is written in place, equal the same conversation computed from nothing on WASM; and going back does too.
 */
import { describe, expect, it } from 'vitest';
import { ORT_PATH } from './client';
import type { Message } from './contract';
import { GREEDY, type Turn } from './fixtures/nano-conversation';
import { loadTiny, scene, see, type TinyEngine } from './fixtures/tiny-engine';
import { FAMILIES } from './fixtures/tiny-models';

const SLOW = 600_000;
const CROPS = [
  [10, 10, 210, 130],
  [150, 20, 230, 190],
  [0, 100, 260, 180],
] as const;
const picture = scene({ width: 260, height: 190 }, 3);
const ortUrl = new URL(ORT_PATH, location.href).href;

function say(engine: TinyEngine, text: string, region?: readonly [number, number, number, number]): Message {
  const image = see(engine.manifest.image, picture, region);
  return {
    role: 'user',
    content: [
      { type: 'image', image },
      { type: 'text', text },
    ],
  };
}
const ask = (engine: TinyEngine, messages: readonly Message[]) =>
  engine.ask({ messages, sampling: GREEDY, maxNewTokens: 8 });

function expectSame(given: Turn, expected: Turn): void {
  expect(given.end.tokenIds).toEqual(expected.end.tokenIds);
  given.tokens.forEach((token, i) =>
    expect(Math.abs(token.logprob - expected.tokens[i]!.logprob)).toBeLessThanOrEqual(1e-3),
  );
}

describe.each(FAMILIES)('%s', (family) => {
  it(
    'four turns on WebGPU are what they are on WASM, and a fork too',
    async () => {
      const gpu = await loadTiny({ family, device: 'webgpu', ortUrl, prefillChunk: 64 });
      // The cache in place was trusted: a remark would say that it was not.
      expect(gpu.progress.at(-1)).toMatchObject({ phase: 'ready', device: 'webgpu', reason: '' });
      let messages = [say(gpu, 'What is it?')];
      const asked: Message[][] = [];
      const turns: Turn[] = [];
      for (const region of [...CROPS, null]) {
        const turn = await ask(gpu, messages);
        expect(turn.end.usage.imagesEncoded).toBe(1);
        asked.push(messages);
        turns.push(turn);
        if (region) messages = [...messages, turn.message, say(gpu, 'Closer.', region)];
      }
      const fork = [...asked[2]!.slice(0, -1), say(gpu, 'There.', [30, 60, 120, 150])];
      const forked = await ask(gpu, fork);
      expect(forked.end.usage.reusedTokens).toBeGreaterThanOrEqual(turns[1]!.end.usage.promptTokens);
      const back = await ask(gpu, asked[3]!);
      const wasm = await loadTiny({ family, device: 'wasm', ortUrl, prefillChunk: 4096 });
      for (const [i, request] of asked.entries()) expectSame(turns[i]!, await ask(wasm, request));
      expectSame(forked, await ask(wasm, fork));
      expectSame(back, turns[3]!);
    },
    SLOW,
  );
});
