/** Two engines, as two tabs or two parts of the app have them, with real workers and the browser's own locks: never two models. */
import { afterEach, expect, it } from 'vitest';
import { connectEngine, type LocalEngine } from './client';
import type { GenerateRequest, LoadProgress } from './contract';
import { collectTurn, GREEDY } from './fixtures/nano-conversation';

const SLOW = 900_000;
const live = () => new AbortController().signal;
const REQUEST: GenerateRequest = {
  messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }] }],
  sampling: GREEDY,
  maxNewTokens: 3,
};

/** Workers there are, and the most there ever were. */
const workers = { now: 0, most: 0 };
const engines: LocalEngine[] = [];

function engine(): LocalEngine {
  const made = connectEngine({
    idleMs: 0,
    createWorker() {
      const worker = new Worker(new URL('./worker/engine-worker.ts', import.meta.url), { type: 'module' });
      const terminate = worker.terminate.bind(worker);
      workers.now += 1;
      workers.most = Math.max(workers.most, workers.now);
      worker.terminate = () => {
        workers.now -= 1;
        terminate();
      };
      return worker;
    },
  });
  engines.push(made);
  return made;
}

const load = (from: LocalEngine, signal = live()) =>
  from.load({ modelUrl: '/models/loupe-nano/', device: 'wasm' }, signal);

async function phases(loading: AsyncIterable<LoadProgress>): Promise<string[]> {
  const seen: string[] = [];
  for await (const { phase } of loading) if (seen.at(-1) !== phase) seen.push(phase);
  return seen;
}

afterEach(async () => {
  await Promise.all(engines.splice(0).map((one) => one.dispose()));
  expect(workers).toEqual({ now: 0, most: 1 });
});

it(
  'one that is idle makes room, and loads again when it is asked',
  async () => {
    const [first, second] = [engine(), engine()];
    let unloaded = 0;
    first.onUnload?.(() => (unloaded += 1));
    expect(await phases(load(first))).not.toContain('wait');
    expect(unloaded).toBe(0);
    expect((await phases(load(second))).at(-1)).toBe('ready');
    expect(unloaded).toBe(1);
    const said = await collectTurn(second.generate(REQUEST, live()));
    expect((await collectTurn(first.generate(REQUEST, live()))).end.tokenIds).toEqual(said.end.tokenIds);
  },
  SLOW,
);

it(
  'one that is at work is waited for, in words; who no longer wants to wait does not',
  async () => {
    const [first, second, third] = [engine(), engine(), engine()];
    await phases(load(first));
    const turn = first.generate(REQUEST, live())[Symbol.asyncIterator]();
    await turn.next();

    const impatient = new AbortController();
    const given = load(third, impatient.signal)[Symbol.asyncIterator]();
    expect((await given.next()).value).toEqual({ phase: 'wait' });
    impatient.abort();
    await expect(given.next()).rejects.toThrow();

    const loading = load(second)[Symbol.asyncIterator]();
    expect((await loading.next()).value).toEqual({ phase: 'wait' });
    let loaded = false;
    const rest = phases({ [Symbol.asyncIterator]: () => loading }).then((seen) => {
      loaded = true;
      return seen;
    });
    // All that the first one still says comes before the second one has anything.
    while (!(await turn.next()).done) expect(loaded).toBe(false);
    expect((await rest).at(-1)).toBe('ready');
  },
  SLOW,
);
