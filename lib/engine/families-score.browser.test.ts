/**
 * Scoring on WebGPU in the families that score.browser.test.ts leaves out, and with the shipped model in the page's own worker,
 * over the loss of a device.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine } from './client';
import { countGpu, type GpuCounter } from './fixtures/gpu-counts';
import { collectTurn, GREEDY, pattern, question } from './fixtures/nano-conversation';
import { expectScoresOnGpu } from './fixtures/score-on-gpu';
import { collectScore, expectComputed, expectSameAsTold } from './fixtures/scored';
import { FAMILIES } from './fixtures/tiny-models';

const SLOW = 600_000;
const live = () => new AbortController().signal;
const ELSEWHERE: readonly string[] = ['smolvlm', 'lfm2_vl'];

let counter: GpuCounter;
beforeAll(() => {
  counter = countGpu();
});
afterAll(() => counter.stop());

it.each(FAMILIES.filter((family) => !ELSEWHERE.includes(family)))(
  '%s: what was told',
  async (family) => {
    const { reads, readBytes } = await expectScoresOnGpu({ family, tiling: false }, counter);
    console.warn(`${family}: ${reads} reads of ${readBytes} bytes for 20 tokens in two chunks`);
    // The Scan of its recurrence has no kernel for the GPU, and reads by itself.
    if (family !== 'qwen3_5') expect(reads).toBe(2);
  },
  SLOW,
);

describe.each(['wasm', 'webgpu'] as const)('the shipped model on %s', (device) => {
  it(
    'scores what it said, and scores on with a new device where it is lost',
    async () => {
      const engine = connectEngine();
      for await (const progress of engine.load({ modelUrl: '/models/loupe-nano/', device }, live())) void progress;
      const messages = question(pattern(1), 'What does the tag on the dog say?');
      const turn = await collectTurn(engine.generate({ messages, sampling: GREEDY, maxNewTokens: 6 }, live()));
      const request = { messages, continuation: turn.end };
      const score = await collectScore(engine.score(request, live()));
      expectSameAsTold(score, turn);
      expectComputed(score, 0);
      const again = engine.score({ messages: question(pattern(2), 'What?'), continuation: turn.end }, live());
      let losses = 0;
      const passed = async function* () {
        for await (const event of again) {
          if (event.type === 'image-encoded' && losses++ === 0) await engine.simulateDeviceLoss();
          yield event;
        }
      };
      const whole = await collectScore(passed());
      expect(whole.tokens.map(({ id }) => id)).toEqual(turn.end.tokenIds);
      // On WASM nothing is lost; on WebGPU the picture was encoded again on the new device.
      expect(losses).toBe(device === 'webgpu' ? 2 : 1);
      const other = await collectScore(
        engine.score({ messages: question(pattern(2), 'What?'), continuation: turn.end }, live()),
      );
      other.tokens.forEach(({ logprob }, i) => expect(logprob).toBeCloseTo(whole.tokens[i]!.logprob, 3));
      await engine.dispose();
    },
    SLOW,
  );
});
