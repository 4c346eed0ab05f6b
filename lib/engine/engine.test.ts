/** The whole engine on WASM in Node, with the shipped model folder: counts, prefix reuse, abort, errors. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ORT_DIST } from '../../scripts/ort-files.mjs';
import type { GenerateRequest, LoadProgress, Message } from './contract';
import { collectTurn, GREEDY, observation, pattern, question } from './fixtures/nano-conversation';
import { serveFolder, type ModelServer } from './fixtures/model-server';
import { createEngineHost } from './worker/engine-host';
import { bundleFor } from './worker/runtime/ort-bundle';

const FOLDER = fileURLToPath(new URL('../../public/models/loupe-nano/', import.meta.url));
/** Other work may hold the processor. */
const SLOW = 900_000;
const live = () => new AbortController().signal;
const IMAGE_TOKENS = 64;
/** Tokens around the features of an image. */
const IMAGE_FRAME = 3;

let server: ModelServer;
let ortServer: ModelServer;
beforeAll(async () => {
  server = await serveFolder(FOLDER);
  ortServer = await serveFolder(ORT_DIST);
});
afterAll(() => Promise.all([server.close(), ortServer.close()]));

async function load(host: ReturnType<typeof createEngineHost>): Promise<LoadProgress[]> {
  const seen: LoadProgress[] = [];
  const request = { modelUrl: server.url, ortUrl: ortServer.url, device: 'wasm', refuseSoftwareGpu: true } as const;
  for await (const progress of host.load(request, live())) seen.push(progress);
  return seen;
}

function ask(messages: readonly Message[], maxNewTokens: number): GenerateRequest {
  return { messages, sampling: GREEDY, maxNewTokens };
}

describe('one engine through several turns', () => {
  const host = createEngineHost({ findOrtByPackage: true });
  const original = pattern(1);
  const crop = pattern(2);
  const start = question(original, 'What does the tag on the dog say?');
  let first: Awaited<ReturnType<typeof collectTurn>>;

  beforeAll(async () => {
    const { wasm } = bundleFor('wasm');
    const seen = await load(host);
    expect(seen.map(({ phase }) => phase).filter((phase, i, all) => phase !== all[i - 1])).toEqual([
      'download',
      'compile',
      'self-test',
      'ready',
    ]);
    const downloads = seen.filter((progress) => progress.phase === 'download');
    expect(downloads.at(-1)?.loaded).toBe(downloads.at(-1)?.total);
    expect(ortServer.requests).toEqual([wasm.name]);
    expect(downloads.map(({ file }) => file)).toContain(wasm.name);
    first = await collectTurn(host.generate(ask(start, 12), live()));
  }, SLOW);

  it('streams tokens with log-probabilities and five alternatives', () => {
    expect(first.tokens.length).toBeGreaterThan(3);
    expect(first.end.tokenIds).toEqual(first.tokens.map(({ id }) => id));
    for (const token of first.tokens) {
      expect(token.top).toHaveLength(5);
      expect(token.top[0]?.id).toBe(token.id);
      expect(token.logprob).toBeCloseTo(token.top[0]?.logprob ?? 1, 10);
      expect(token.logprob).toBeLessThanOrEqual(0);
    }
  });

  it('turn 2 encodes only its new crop and prefills only its new tokens', async () => {
    const messages = [...start, first.message, observation(crop)];
    const second = await collectTurn(host.generate(ask(messages, 6), live()));
    const { usage } = second.end;
    const { promptTokens } = first.end.usage;
    expect(first.end.usage).toMatchObject({ reusedTokens: 0, prefilledTokens: promptTokens, imagesEncoded: 1 });
    expect(usage.imagesEncoded).toBe(1);
    // All of turn 1 but its last token, which was drawn and never fed.
    expect(usage.reusedTokens).toBe(promptTokens + first.tokens.length - 1);
    expect(usage.prefilledTokens).toBe(usage.promptTokens - usage.reusedTokens);
    expect(usage.prefilledTokens).toBeLessThan(IMAGE_TOKENS + IMAGE_FRAME + 24);
    const encoded = second.events.filter((event) => event.type === 'image-encoded');
    expect(encoded.map(({ key, cached }) => [key, cached])).toEqual([[crop.key, false]]);
  });

  it('a second question about the same picture keeps its prompt up to the question', async () => {
    const other = await collectTurn(host.generate(ask(question(original, 'How many dots are there?'), 2), live()));
    expect(other.end.usage.imagesEncoded).toBe(0);
    expect(other.end.usage.reusedTokens).toBeGreaterThan(IMAGE_TOKENS);
    expect(other.events.find((event) => event.type === 'image-encoded')).toMatchObject({
      key: original.key,
      cached: true,
    });
  });

  it('a different picture with the same words shares nothing of the image', async () => {
    const other = await collectTurn(host.generate(ask(question(pattern(9), 'How many dots are there?'), 2), live()));
    expect(other.end.usage.imagesEncoded).toBe(1);
    expect(other.end.usage.reusedTokens).toBeLessThan(IMAGE_TOKENS);
  });

  it('tells how far a picture is from its world before anything is asked, and encodes it once', async () => {
    const picture = pattern(12);
    const told: unknown[] = [];
    for await (const distance of host.distance(picture, live())) told.push(distance);
    expect(told).toEqual([{ score: expect.any(Number) as number, threshold: expect.any(Number) as number }]);
    const turn = await collectTurn(host.generate(ask(question(picture, 'How many dots are there?'), 2), live()));
    expect(turn.end.usage.imagesEncoded).toBe(0);
    expect(turn.events.find((event) => event.type === 'image-encoded')).toMatchObject({ cached: true, world: told[0] });
  });

  it('going on from the log equals starting afresh', async () => {
    const messages = [...start, first.message, observation(crop)];
    await collectTurn(host.generate(ask(start, 12), live()));
    const incremental = await collectTurn(host.generate(ask(messages, 10), live()));
    const fresh = createEngineHost({ findOrtByPackage: true, prefillChunk: 1024 });
    await load(fresh);
    const whole = await collectTurn(fresh.generate(ask(messages, 10), live()));
    expect(whole.end.usage.reusedTokens).toBe(0);
    expect(incremental.end.usage.reusedTokens).toBeGreaterThan(0);
    expect(incremental.end.tokenIds).toEqual(whole.end.tokenIds);
    expect(incremental.text).toBe(whole.text);
    incremental.tokens.forEach((token, i) => {
      expect(Math.abs(token.logprob - (whole.tokens[i]?.logprob ?? 0))).toBeLessThanOrEqual(1e-3);
    });
  });

  it('ends within one token of an abort, and answers again', async () => {
    const controller = new AbortController();
    let after = 0;
    let tokens = 0;
    let reason = '';
    for await (const event of host.generate(ask(start, 200), controller.signal)) {
      if (event.type === 'token' && controller.signal.aborted) after++;
      if (event.type === 'token' && ++tokens === 3) controller.abort();
      if (event.type === 'end') reason = event.reason;
    }
    expect(reason).toBe('abort');
    expect(after).toBe(0);
    const again = await collectTurn(host.generate(ask(start, 12), live()));
    expect(again.end.tokenIds).toEqual(first.end.tokenIds);
  });

  it('the same seed draws the same tokens, another seed others', async () => {
    const draw = async (seed: number) => {
      const sampling = { temperature: 1, topP: 1, topK: 0, seed };
      return (await collectTurn(host.generate({ messages: start, sampling, maxNewTokens: 12 }, live()))).end.tokenIds;
    };
    const one = await draw(7);
    expect(await draw(7)).toEqual(one);
    expect(await draw(8)).not.toEqual(one);
  });

  it('refuses a picture of another size, an empty conversation and a full context', async () => {
    const collect = (messages: readonly Message[]) => collectTurn(host.generate(ask(messages, 4), live()));
    await expect(collect(question(pattern(3, 64), 'What is it?'))).rejects.toMatchObject({ code: 'bad-request' });
    await expect(collect([])).rejects.toMatchObject({ code: 'bad-request' });
    await expect(collect(question(original, 'x'.repeat(1100)))).rejects.toMatchObject({ code: 'context-full' });
    expect((await collect(start)).end.tokenIds).toEqual(first.end.tokenIds.slice(0, 4));
  });
});

it('fetches ONNX Runtime once, however many models it compiles', () => {
  expect(ortServer.requests).toHaveLength(1);
});

describe('a folder that is not right', () => {
  async function loadWith(path: string, answer: Uint8Array | number): Promise<unknown> {
    server.overrides.set(path, answer);
    try {
      await load(createEngineHost({ findOrtByPackage: true }));
    } catch (error) {
      return error;
    } finally {
      server.overrides.delete(path);
    }
    throw new Error('the load did not fail');
  }
  const manifest = async () => JSON.parse(await readFile(`${FOLDER}manifest.json`, 'utf8')) as Record<string, unknown>;

  it('is missing', async () => {
    expect(await loadWith('manifest.json', 404)).toMatchObject({ code: 'model-not-found' });
    expect(await loadWith('tokenizer.json', 404)).toMatchObject({ code: 'model-not-found' });
  });

  it('cannot be fetched', async () => {
    expect(await loadWith('onnx/embed_tokens_quantized.onnx', 503)).toMatchObject({ code: 'network' });
  });

  it('has weights with one flipped bit, or too few bytes', async () => {
    const path = 'onnx/decoder_model_merged_quantized.onnx';
    const bytes = await readFile(FOLDER + path);
    bytes[1000] = (bytes[1000] ?? 0) ^ 1;
    expect(await loadWith(path, bytes)).toMatchObject({ code: 'bad-weights' });
    expect(await loadWith(path, bytes.subarray(0, 5000))).toMatchObject({ code: 'bad-weights' });
  });

  it('has a manifest that is not JSON, not a manifest, or of an unknown family', async () => {
    const text = (value: string) => new TextEncoder().encode(value);
    expect(await loadWith('manifest.json', text('<html>'))).toMatchObject({ code: 'bad-manifest' });
    expect(await loadWith('manifest.json', text('{}'))).toMatchObject({ code: 'bad-manifest' });
    const other = text(JSON.stringify({ ...(await manifest()), family: 'florence' }));
    expect(await loadWith('manifest.json', other)).toMatchObject({ code: 'unsupported-model' });
  });
});

it('asks for a model first', async () => {
  const host = createEngineHost({ findOrtByPackage: true });
  const messages = question(pattern(1), 'What?');
  await expect(collectTurn(host.generate(ask(messages, 1), live()))).rejects.toMatchObject({ code: 'not-loaded' });
});
