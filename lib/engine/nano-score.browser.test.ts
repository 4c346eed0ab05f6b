/**
 * Scoring as the page does it: the shipped model in a real worker, on WASM and on WebGPU in software, there over the loss of a
 * device.
 */
import { describe, expect, it } from 'vitest';
import { ofThisSuite } from '@/scripts/suite';
import { connectEngine } from './client';
import { collectTurn, GREEDY, pattern, question } from './fixtures/nano-conversation';
import { collectScore, expectComputed, expectSameAsTold } from './fixtures/scored';

const SLOW = 600_000;
const live = () => new AbortController().signal;

/** A device's loss while it scores takes software WebGPU a minute: score.browser.test.ts has what it says there. */
const DEVICES = ['wasm', 'webgpu'] as const;

describe.each(ofThisSuite(DEVICES, (device) => device === 'wasm'))('the shipped model on %s', (device) => {
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
      const elsewhere = { messages: question(pattern(2), 'What?'), continuation: turn.end };
      const again = engine.score(elsewhere, live());
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
      const other = await collectScore(engine.score(elsewhere, live()));
      other.tokens.forEach(({ logprob }, i) => expect(logprob).toBeCloseTo(whole.tokens[i]!.logprob, 3));
      await engine.dispose();
    },
    SLOW,
  );
});
