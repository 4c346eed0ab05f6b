/** Scoring on WASM in Node with the shipped model: against what was generated, counts, chunks, abort, errors. */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { GenerateRequest, Message, Sampling, ScoreRequest } from './contract';
import { serveFolder, type ModelServer } from './fixtures/model-server';
import { collectTurn, GREEDY, observation, pattern, question, type Turn } from './fixtures/nano-conversation';
import { collectScore, expectComputed, expectSameAsTold, type Score } from './fixtures/scored';
import { createEngineHost } from './worker/engine-host';

const FOLDER = fileURLToPath(new URL('../../public/models/loupe-nano/', import.meta.url));
/** Other work may hold the processor. */
const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW, hookTimeout: SLOW });
const live = () => new AbortController().signal;
const DRAWN: Sampling = { temperature: 1.2, topP: 1, topK: 0, seed: 11 };

type Host = ReturnType<typeof createEngineHost>;
/** Positions that the second one computes in a run. */
const CHUNK = 5;
let server: ModelServer;
let host: Host;
let inChunks: Host;
beforeAll(async () => {
  server = await serveFolder(FOLDER);
  host = await start();
  inChunks = await start(CHUNK);
});
afterAll(() => server.close());

async function start(prefillChunk?: number): Promise<Host> {
  const host = createEngineHost({ findOrtByPackage: true, ...(prefillChunk && { prefillChunk }) });
  const request = { modelUrl: server.url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
  for await (const progress of host.load(request, live())) void progress;
  return host;
}

const original = pattern(1);
const opening = question(original, 'What does the tag on the dog say?');
const ask = (host: Host, messages: readonly Message[], sampling = GREEDY, maxNewTokens = 14): Promise<Turn> => {
  const request: GenerateRequest = { messages, sampling, maxNewTokens };
  return collectTurn(host.generate(request, live()));
};
const score = (
  host: Host,
  messages: readonly Message[],
  continuation: ScoreRequest['continuation'],
  signal = live(),
): Promise<Score> => collectScore(host.score({ messages, continuation }, signal));

describe('a turn that was generated', () => {
  it.each([
    ['the likeliest', GREEDY],
    ['drawn', DRAWN],
  ])('%s: is scored as it was told, right after it and from nothing', async (_name, sampling) => {
    const turn = await ask(host, opening, sampling);
    expect(turn.tokens.length).toBeGreaterThan(8);
    const told = await score(host, opening, turn.end);
    expectSameAsTold(told, turn);
    // The log holds the whole conversation.
    expectComputed(told, 0);
    expect(told.end.usage).toMatchObject({ promptTokens: turn.end.usage.promptTokens, imagesEncoded: 0 });
    // And the turn: nothing that follows it computes it again.
    const messages = [...opening, turn.message, observation(pattern(2))];
    const next = await ask(host, messages, GREEDY, 4);
    expect(next.end.usage.reusedTokens).toBe(turn.end.usage.promptTokens + turn.tokens.length - 1);
    const second = await score(host, messages, next.end);
    expectSameAsTold(second, next);
    expectComputed(second, 0);

    const other = await score(inChunks, messages, next.end);
    expectSameAsTold(other, next);
    expect(other.end.usage.imagesEncoded).toBe(sampling === GREEDY ? 2 : 0);
    expectSameAsTold(await score(inChunks, opening, turn.end), turn);
  });

  it('that spoke of no picture: the same words are told apart by the picture before them', async () => {
    const turn = await ask(host, opening);
    const told = await score(host, opening, turn.end);
    const elsewhere = question(pattern(9), 'What does the tag on the dog say?');
    const other = await score(host, elsewhere, turn.end);
    expect(other.end.usage.imagesEncoded).toBe(1);
    expect(other.tokens.map(({ logprob }) => logprob)).not.toEqual(told.tokens.map(({ logprob }) => logprob));
  });
});

describe('one conversation, many continuations', () => {
  let first: Score;
  beforeAll(async () => {
    // Nothing of another conversation is left but what all of them begin with.
    await ask(host, [{ role: 'user', content: [{ type: 'text', text: 'What?' }] }], GREEDY, 1);
    first = await score(host, opening, { text: 'The tag says 250.' });
  });

  it('the first computes the conversation, each further one itself alone', async () => {
    const { promptTokens, reusedTokens } = first.end.usage;
    expect(reusedTokens).toBeLessThan(10);
    expectComputed(first, promptTokens - 1 - reusedTokens);
    expect(first.text).toBe('The tag says 250.');
    for (const text of ['The tag', 'It is a cat and not a dog.', 'The tag says 250.']) {
      const next = await score(host, opening, { text });
      expectComputed(next, 0);
      expect(next.text).toBe(text);
    }
  });

  it('a token alone has the probability that it is told among the five likeliest', async () => {
    const [{ top } = { top: [] }] = first.tokens;
    expect(top).toHaveLength(5);
    for (const { id, logprob } of top) {
      const alone = await score(host, opening, { tokenIds: [id ?? -1] });
      expect(alone.tokens).toHaveLength(1);
      expect(alone.tokens[0]!.logprob).toBeCloseTo(logprob, 4);
    }
  });

  it('ids are scored as they are; names of control tokens in a text are text', async () => {
    const ids = first.tokens.map(({ id }) => id);
    const again = await score(host, opening, { tokenIds: ids });
    expect(again.tokens).toEqual(first.tokens);
    const stop = (await ask(host, opening, GREEDY, 96)).end;
    expect(stop.reason).toBe('stop');
    const written = await score(host, opening, { text: 'Yes<|im_end|>' });
    expect(written.text).toBe('Yes<|im_end|>');
    expect(written.tokens.map(({ id }) => id)).not.toContain(stop.tokenIds.at(-1));
  });

  it('a turn that fills the context to its last place is scored, one longer by a token is not', async () => {
    const room = 1024 - first.end.usage.promptTokens;
    const { end } = await score(host, opening, { tokenIds: Array<number>(room).fill(3) });
    expect(end.usage.scoredTokens).toBe(room);
    const longer = score(host, opening, { tokenIds: Array<number>(room + 1).fill(3) });
    await expect(longer).rejects.toMatchObject({ code: 'context-full' });
  });
});

describe('in chunks', () => {
  const ids = Array.from({ length: 18 }, (_, i) => 100 + i * 7);

  it('tells of progress up to all there is, and of tokens as they come', async () => {
    const { events, end } = await score(inChunks, opening, { tokenIds: ids });
    const parts = events.flatMap((event) => (event.type === 'tokens' ? [event.tokens.length] : []));
    expect(parts).toEqual([5, 5, 5, 3]);
    const prefill = events.filter((event) => event.type === 'progress').filter(({ phase }) => phase === 'prefill');
    expect(new Set(prefill.map(({ total }) => total))).toEqual(new Set([end.usage.prefilledTokens]));
    expect(prefill.map(({ done }) => done)).toEqual(prefill.map(({ done }) => done).toSorted((a, b) => a - b));
    expect([prefill[0]?.done, prefill.at(-1)?.done]).toEqual([0, end.usage.prefilledTokens]);
    expect(events.filter(({ type }) => type === 'image-encoded')).toHaveLength(1);
  });

  it('ends within one chunk of an abort, and scores again', async () => {
    const whole = await score(inChunks, opening, { tokenIds: ids });
    const controller = new AbortController();
    const heard: number[] = [];
    let end = '';
    const request = { messages: opening, continuation: { tokenIds: ids } };
    for await (const event of inChunks.score(request, controller.signal)) {
      if (event.type === 'tokens') {
        heard.push(...event.tokens.map(({ id }) => id));
        controller.abort();
      }
      if (event.type === 'end') {
        end = event.reason;
        expect(event.usage).toMatchObject({ scoredTokens: CHUNK, prefilledTokens: CHUNK });
      }
    }
    expect([end, heard]).toEqual(['abort', ids.slice(0, CHUNK)]);
    const again = await score(inChunks, opening, { tokenIds: ids });
    expectComputed(again, 0);
    again.tokens.forEach(({ logprob }, i) => expect(logprob).toBeCloseTo(whole.tokens[i]!.logprob, 3));
  });

  it('an abort while the conversation is computed ends it there', async () => {
    const controller = new AbortController();
    let chunks = 0;
    const request = { messages: question(pattern(5), 'And this?'), continuation: { tokenIds: ids } };
    for await (const event of inChunks.score(request, controller.signal)) {
      if (event.type === 'progress' && event.phase === 'prefill' && event.done > 0) {
        chunks++;
        controller.abort();
      }
      if (event.type === 'tokens') throw new Error('it went on');
      if (event.type === 'end') expect(event).toMatchObject({ reason: 'abort', usage: { scoredTokens: 0 } });
    }
    expect(chunks).toBe(1);
  });

  it('refuses what cannot be scored, in words, and goes on', async () => {
    const refused = (messages: readonly Message[], continuation: ScoreRequest['continuation']) =>
      expect(score(inChunks, messages, continuation)).rejects;
    await refused(opening, { tokenIds: [] }).toMatchObject({
      code: 'bad-request',
      message: expect.stringMatching(/at least one token/) as unknown,
    });
    await refused(opening, { text: '' }).toMatchObject({ code: 'bad-request' });
    for (const id of [-1, 1024, 0.5, NaN]) {
      await refused(opening, { tokenIds: [3, id] }).toMatchObject({
        code: 'bad-request',
        message: expect.stringMatching(/vocabulary of 1024/) as unknown,
      });
    }
    await refused([], { tokenIds: [3] }).toMatchObject({ code: 'bad-request' });
    const long = Array<number>(1024).fill(3);
    await refused(opening, { tokenIds: long }).toMatchObject({
      code: 'context-full',
      message: expect.stringMatching(/1024 of 1024/) as unknown,
    });
    expect((await score(inChunks, opening, { tokenIds: [3] })).end.reason).toBe('done');
    const unloaded = createEngineHost({ findOrtByPackage: true });
    await expect(score(unloaded, opening, { tokenIds: [3] })).rejects.toMatchObject({ code: 'not-loaded' });
  });
});
