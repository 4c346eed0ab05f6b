/**
 * The engine as the page uses it: a real worker, the shipped model, on WASM and on WebGPU in software, with a recorded run done again
 * through the page's own image service: the same tokens, its crop included. Few images, because a software GPU takes seconds for
 * what others do in milliseconds.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IN_LONG, IN_SHORT } from '@/scripts/suite';
import { connectEngine } from './client';
import type { GenerateRequest, LoadProgress, LoadRequest, Message } from './contract';
import { createImageService } from '@/lib/image';
import { parseManifest } from '@/lib/models/manifest';
import { expectSameRun, expectSameWeights, looksOf, seenBy, shortestRun, type Golden } from './fixtures/golden-runs';
import { collectTurn, GREEDY, type Turn } from './fixtures/nano-conversation';

const MODEL = '/models/loupe-nano/';
const SLOW = 900_000;
const live = () => new AbortController().signal;
const ask = (messages: readonly Message[], maxNewTokens: number): GenerateRequest => ({
  messages,
  sampling: GREEDY,
  maxNewTokens,
});

async function load(engine: ReturnType<typeof connectEngine>, device: LoadRequest['device']): Promise<LoadProgress[]> {
  const seen: LoadProgress[] = [];
  for await (const progress of engine.load({ modelUrl: MODEL, device }, live())) seen.push(progress);
  return seen;
}

// Written by training's golden.py.
const golden = (await (await fetch('/e2e/fixtures/golden/runs.json')).json()) as Golden;
/** One turn looks closer, and the next one answers. */
const run = shortestRun(golden, (one) => looksOf(one) === 1 && one.turns.length === 2);
const manifest = parseManifest(await (await fetch(`${MODEL}manifest.json`)).json());
const images = createImageService();
afterAll(() => images.dispose());
const words: readonly Message[] = [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }] }];

/** What the first turn and the second said on the device before: the other one has to say the same. */
let onOther: { readonly first: Turn; readonly second: Turn } | null = null;

describe.each(['wasm', 'webgpu'] as const)('on %s', (device) => {
  const engine = connectEngine();
  let first: Turn;
  let second: Turn;
  let conversation: readonly Message[];

  beforeAll(async () => {
    expect((await load(engine, device)).at(-1)).toMatchObject({ phase: 'ready', device, remarks: [] });
    if (!IN_SHORT) return;
    expectSameWeights(golden, manifest);
    const picture = await (await fetch(`/e2e/fixtures/golden/${run.image}`)).blob();
    const see = seenBy(images, await images.open(picture, run.image), manifest.image);
    const done = await expectSameRun(run, see, (request) => engine.generate(request, live()));
    [first, second] = done.turns as [Turn, Turn]; // it has two
    conversation = done.asked;
  }, SLOW);
  afterAll(() => engine.dispose());

  it.runIf(IN_SHORT)('turn 2 encodes one crop and prefills only what is new', () => {
    expect(second.end.usage.imagesEncoded).toBe(1);
    expect(second.end.usage.reusedTokens).toBe(first.end.usage.promptTokens + first.tokens.length - 1);
    expect(second.end.usage.prefilledTokens).toBe(second.end.usage.promptTokens - second.end.usage.reusedTokens);
  });

  it.runIf(IN_SHORT)(
    'going on from the log equals starting afresh',
    async () => {
      // Another conversation throws the log away from its first tokens on.
      await collectTurn(engine.generate(ask(words, 1), live()));
      const whole = await collectTurn(engine.generate(ask(conversation, second.tokens.length), live()));
      expect(whole.end.usage.reusedTokens).toBeLessThan(10);
      expectSame(whole, second);
    },
    SLOW,
  );

  it.runIf(IN_SHORT)('says what the other device says', () => {
    if (onOther) {
      expectSame(first, onOther.first);
      expectSame(second, onOther.second);
    }
    onOther = { first, second };
  });

  it.runIf(IN_SHORT)(
    'stops within a token, and the next call goes on',
    async () => {
      const controller = new AbortController();
      const events: string[] = [];
      for await (const event of engine.generate(ask(words, 100), controller.signal)) {
        events.push(event.type === 'end' ? event.reason : event.type);
        if (event.type === 'token') controller.abort();
      }
      expect(events.at(-1)).toBe('abort');
      expect(events.filter((type) => type === 'token').length).toBeLessThanOrEqual(2);
      expect((await collectTurn(engine.generate(ask(words, 1), live()))).tokens).toHaveLength(1);
    },
    SLOW,
  );

  it.runIf(IN_SHORT)('a model that is loaded is ready at once', async () => {
    expect((await load(engine, device)).map(({ phase }) => phase)).toEqual(['ready']);
  });

  // In the short form device-lost.e2e.ts has the first half of it.
  it.runIf(IN_LONG && device === 'webgpu')(
    'a turn whose device is lost goes on with a new one, and a second loss fails it; the next turn runs on a third',
    async () => {
      const before = await collectTurn(engine.generate(ask(words, 6), live()));
      const losing = async (losses: number) => {
        const ids: (number | null)[] = [];
        for await (const event of engine.generate(ask(words, 6), live())) {
          if (event.type !== 'token') continue;
          ids.push(event.id);
          if (ids.length <= losses) await engine.simulateDeviceLoss();
        }
        return ids;
      };
      expect(await losing(1)).toEqual(before.end.tokenIds);
      await expect(losing(6)).rejects.toMatchObject({ code: 'device-lost' });
      const again = await collectTurn(engine.generate(ask(words, 2), live()));
      expect(again.end.tokenIds).toEqual(before.end.tokenIds.slice(0, 2));
    },
    SLOW,
  );
});

it.runIf(IN_SHORT)(
  'auto refuses a software GPU and says why; a reload takes the files from the cache',
  async () => {
    const engine = connectEngine();
    const ready = (await load(engine, 'auto')).at(-1);
    expect(ready).toMatchObject({ phase: 'ready', device: 'wasm' });
    expect(ready?.phase === 'ready' && ready.remarks).toMatchObject([
      { code: 'no-gpu', params: { detail: expect.stringContaining('software') } },
    ]);
    const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.onnx'));
    expect(fetched).toHaveLength(0);
    const kept = await (await caches.open('loupe-models')).keys();
    expect(kept.length).toBeGreaterThan(5);
    await engine.dispose();
  },
  SLOW,
);

/** Same tokens, same text, log-probabilities of the likeliest five within 1e-3. */
function expectSame(a: Turn, b: Turn): void {
  expect(a.end.tokenIds).toEqual(b.end.tokenIds);
  expect(a.text).toBe(b.text);
  a.tokens.forEach((token, i) => {
    token.top.forEach((one, k) => {
      expect(Math.abs(one.logprob - b.tokens[i]!.top[k]!.logprob)).toBeLessThanOrEqual(1e-3);
    });
  });
}
