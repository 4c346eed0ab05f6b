/**
 * Whole runs through a real llama.cpp with random weights: under a grammar it writes what a trained model would, and everything else about it
 * is real. Long suite; skipped where its packages are not there.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remoteEngine, type RemoteOptions } from '@/lib/engine/remote';
import { encodePng, hasLlama, only, startLlama, withGrammars, type Llama } from '@/lib/engine/remote/fixtures/llama';
import { foldEvent, type RunSettings, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { IN_LONG } from '@/scripts/suite';
import { given } from './fixtures/scripted-engine';
import { runAgent } from './run-agent';

const SETTINGS: RunSettings = {
  temperature: 1,
  topP: 1,
  topK: 0,
  seed: 1,
  maxTurns: 6,
  maxNewTokens: 200,
  tools: ['zoom'],
};

const zoom = (...box: number[]) =>
  `<think>Small.</think>\n<tool_call>\n{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [${box.join(', ')}], "label": "sign"}}\n</tool_call>`;
const ANSWER = '<think>I see.</think>\n<answer>K7</answer>';

/** Gray in every size. */
const images = {
  cut: (_source: unknown, _region: unknown, { width, height }: { width: number; height: number }) =>
    Promise.resolve({ width, height, data: new Uint8ClampedArray(width * height * 4).fill(128) }),
};

interface Order {
  readonly modelUrl: string;
  readonly grammars?: readonly (string | null)[];
  readonly change?: (body: Record<string, unknown>) => void;
  readonly settings?: Partial<RunSettings>;
  readonly key?: string;
  readonly signal?: AbortSignal;
  /** Told of every event. */
  readonly on?: (run: Trajectory) => void;
}

async function play({
  modelUrl,
  grammars = [null],
  change,
  settings,
  key,
  signal,
  on,
}: Order): Promise<{ run: Trajectory; notes: string[] }> {
  const options: RemoteOptions = { fetch: withGrammars(grammars, change), encode: encodePng };
  const engine = remoteEngine(options);
  const notes: string[] = [];
  engine.onNote?.(({ code }) => notes.push(code));
  const live = signal ?? new AbortController().signal;
  for await (const progress of engine.load({ modelUrl, device: 'auto', key: key ?? null }, live)) {
    if (progress.phase !== 'ready') continue;
    let run: Trajectory | null = null;
    const order = {
      engine,
      images,
      given,
      settings: { ...SETTINGS, ...settings },
      card: progress.card,
      device: progress.device,
      ...(progress.engine !== undefined && { engineName: progress.engine }),
      now: () => performance.now(),
      signal: live,
    };
    for await (const event of runAgent(order)) {
      run = foldEvent(run, event);
      on?.(run);
    }
    expect(parseTrajectory(JSON.parse(JSON.stringify(run)))).toMatchObject({ ok: true });
    if (run) return { run, notes };
  }
  throw new Error('It was never ready.');
}

const kinds = ({ steps }: Trajectory) =>
  steps.map((step) => (step.type === 'result' && step.refused ? 'refused' : step.type));

describe.skipIf(!IN_LONG || !hasLlama())('a real llama.cpp', () => {
  let llama: Llama;
  let deepeyes: string;
  beforeAll(async () => {
    llama = await startLlama();
    deepeyes = `${llama.modelUrl}&dialect=deepeyes&frame=resized-pixels&max=200000`;
  });
  afterAll(() => llama.kill());

  it('answers a DeepEyes run with three zooms, every token with its probability and alternatives', async () => {
    // 1600 × 1200 within 200,000 pixels is 504 × 364.
    const turns = [zoom(0, 0, 252, 182), zoom(252, 182, 504, 364), zoom(100, 100, 200, 200), ANSWER];
    const { run, notes } = await play({ modelUrl: deepeyes, grammars: turns.map(only) });
    expect(kinds(run)).toEqual([
      'think',
      'call',
      'result',
      'think',
      'call',
      'result',
      'think',
      'call',
      'result',
      'think',
      'answer',
    ]);
    expect(run).toMatchObject({
      status: 'done',
      stop: { reason: 'answer' },
      models: [{ device: 'remote', engine: expect.stringContaining('llama.cpp') }],
    });
    expect(run.pictures.flatMap((one) => (one.from === 'view' ? [one.region] : [])).slice(0, 2)).toEqual([
      { x1: 0, y1: 0, x2: 800, y2: 600 },
      { x1: 800, y1: 600, x2: 1600, y2: 1200 },
    ]);
    const tokens = run.steps.flatMap((step) => step.tokens);
    const words = turns.map((turn) => turn.length).reduce((sum, length) => sum + length, 0);
    expect(
      tokens
        .map(({ text }) => text)
        .join('')
        .replaceAll('\n', '').length,
    ).toBeGreaterThan(words / 2);
    expect(tokens.filter(({ text }) => text !== '').every(({ logprob, id }) => logprob !== null && id !== null)).toBe(
      true,
    );
    expect(tokens.every(({ top }) => top.length === 5)).toBe(true);
    expect(notes).toEqual([]);
    // The size that was sent is the size that was seen, and counted by the server.
    const seen = run.given.flatMap((part) => ('picture' in part && part.seen ? [part.seen] : []));
    expect(seen).toMatchObject([{ width: 504, height: 364, tokens: 234 }]);
    expect(run.usage[0]?.promptTokens).toBeGreaterThan(234);
    expect(run.usage[1]?.reusedTokens).toBeGreaterThan(0);
  });

  it('writes turns that the dialect can read in the grammar that Loupe sends, whatever it draws', async () => {
    for (const seed of [1, 2, 3]) {
      const { run, notes } = await play({
        modelUrl: deepeyes,
        settings: { seed, grammar: true, maxTurns: 2, maxNewTokens: 1024 },
      });
      // Noise holds bytes that are no text: from there on the server sends other words than its tokens spell.
      expect(notes.filter((note) => note !== 'logprobs-differ')).toEqual([]);
      const ends = run.steps.filter(({ type }) => type === 'call' || type === 'answer');
      expect(ends.length > 0 || run.stop?.reason === 'length').toBe(true);
      for (const step of ends) if (step.type === 'call' && step.state === 'read') expect(step.input).not.toBeNull();
    }
  });

  it('is told of a call that cannot be read and of a box that is refused, and goes on', async () => {
    const broken = '<think>Hm.</think>\n<tool_call>\n{"name": "image_zoom_in_tool"\n</tool_call>';
    const { run } = await play({ modelUrl: deepeyes, grammars: [broken, zoom(5, 5, 9, 9), ANSWER].map(only) });
    expect(kinds(run)).toEqual(['think', 'call', 'refused', 'think', 'call', 'refused', 'think', 'answer']);
  });

  it('stops within a token', async () => {
    const stop = new AbortController();
    const { run } = await play({
      modelUrl: deepeyes,
      grammars: ['root ::= "<think>" [a-z]+\n'],
      settings: { maxNewTokens: 1000 },
      signal: stop.signal,
      on: ({ steps }) => (steps[0]?.tokens.length ?? 0) > 3 && stop.abort(),
    });
    expect(run).toMatchObject({ status: 'stopped', stop: { reason: 'abort' } });
    expect(run.steps[0]?.tokens.length).toBeLessThan(10);
    // It is free again at once for whoever asks next.
    expect((await play({ modelUrl: deepeyes, grammars: [only(ANSWER)] })).run.status).toBe('done');
  });

  it('that is ended in the middle leaves what was finished, and says that it may be gone on from', async () => {
    const mortal = await startLlama();
    const { run } = await play({
      modelUrl: `${mortal.modelUrl}&dialect=deepeyes&frame=resized-pixels&max=200000`,
      grammars: [only(zoom(0, 0, 252, 182)), 'root ::= "<think>" [a-z]+\n'],
      settings: { maxNewTokens: 4000 },
      on: ({ steps }) => {
        if ((steps[3]?.tokens.length ?? 0) > 3) void mortal.kill();
      },
    });
    expect(run).toMatchObject({ status: 'failed', stop: { reason: 'error', code: 'server', message: 'stream-died' } });
    expect(kinds(run).slice(0, 3)).toEqual(['think', 'call', 'result']);
  });

  it('says by its own number that the run is too long', async () => {
    const small = await startLlama({ context: 512 });
    const { run } = await play({ modelUrl: `${small.modelUrl}&dialect=deepeyes&frame=resized-pixels&max=700000` });
    await small.kill();
    expect(run.stop).toMatchObject({ code: 'server', message: 'context-overflow {"most":512}' });
  });

  it('refuses a picture as WebP', async () => {
    const webp = 'UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA';
    const { run } = await play({
      modelUrl: deepeyes,
      change: (body) => {
        body.messages = [
          { role: 'user', content: [{ type: 'image_url', image_url: { url: `data:image/webp;base64,${webp}` } }] },
        ];
      },
    });
    expect(run.stop).toMatchObject({ code: 'server', message: 'picture-format' });
  });

  it('wants its key, and nobody else’s', async () => {
    const locked = await startLlama({ key: 'sk-the-right-one' });
    const wrong: unknown = await play({ modelUrl: locked.modelUrl, key: 'sk-the-wrong-one' }).catch(
      (error: unknown) => error,
    );
    expect(wrong).toMatchObject({ code: 'server', problem: { code: 'key-refused' } });
    const right = await play({ modelUrl: locked.modelUrl, key: 'sk-the-right-one', grammars: [only(ANSWER)] });
    expect(right.run.status).toBe('done');
    expect(JSON.stringify([String(wrong), right.run])).not.toMatch(/sk-the/);
    await locked.kill();
  });
});
