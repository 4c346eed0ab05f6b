/** Which device, what after a failure: the page's side against a scripted worker over a real MessageChannel. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connectEngine, type EngineWorker } from './client';
import { EngineError, type EngineErrorCode, type GenerateEvent, type LoadProgress, type ModelCard } from './contract';
import { collectTurn, GREEDY } from './fixtures/nano-conversation';
import { collectScore } from './fixtures/scored';
import { serveRpc, type RpcEndpoint, type RpcHandlers } from '@/lib/port';
import type { WorkerMethods } from './worker-protocol';

const USAGE = {
  promptTokens: 1,
  reusedTokens: 0,
  prefilledTokens: 1,
  outputTokens: 1,
  imagesEncoded: 0,
  visionMs: 0,
  prefillMs: 0,
  decodeMs: 0,
};
const SCORE_USAGE = {
  promptTokens: 1,
  reusedTokens: 0,
  prefilledTokens: 4,
  scoredTokens: 4,
  imagesEncoded: 0,
  visionMs: 0,
  prefillMs: 0,
};
const END: GenerateEvent = { type: 'end', reason: 'stop', tokenIds: [7], usage: USAGE };
const REQUEST = { messages: [], sampling: GREEDY, maxNewTokens: 1 };
const SCORED = { messages: [], continuation: { tokenIds: [1, 2, 3, 4] } };
const live = () => new AbortController().signal;

/** What each worker is told to do; workers are made in order. */
interface Script {
  readonly load?: Partial<Record<'webgpu' | 'wasm', EngineErrorCode>>;
  readonly generate?: EngineErrorCode;
  /** Tokens it says before it ends, or before it fails with `generate`. */
  readonly says?: readonly number[];
  /** Parts of what is given, by first and end, that it scores before it ends, or before it fails with `generate`. */
  readonly scores?: readonly (readonly [number, number])[];
  readonly lose?: Promise<void>;
  /** Having said what it says it hears nothing any more. */
  readonly deaf?: boolean;
  /** Says that it compiles, and hears nothing until this has resolved. */
  readonly compiles?: Promise<void>;
}

class ScriptedWorkers {
  readonly loads: string[] = [];
  made = 0;
  terminated = 0;
  constructor(private readonly scripts: readonly Script[]) {}

  readonly create = (): EngineWorker => {
    const script = this.scripts[this.made++] ?? {};
    const { port1, port2 } = new MessageChannel();
    const { loads } = this;
    const handlers: RpcHandlers<WorkerMethods> = {
      async *load({ device }) {
        loads.push(device);
        if (script.compiles) {
          yield { phase: 'compile', done: 0, total: 1 };
          await script.compiles;
        }
        const code = script.load?.[device];
        if (code) throw new EngineError(code, 'Scripted.');
        yield { phase: 'self-test' };
        yield { phase: 'ready', device, remarks: [], card: {} as ModelCard };
      },
      async *generate(_request, signal) {
        for (const id of script.says ?? []) yield { type: 'token', id, text: `${id} `, logprob: 0, top: [] };
        if (script.deaf) await new Promise<never>(() => undefined);
        if (script.generate) throw new EngineError(script.generate, 'Scripted.');
        yield signal.aborted ? { ...END, reason: 'abort' } : END;
      },
      async *score({ continuation }, signal) {
        const ids = 'tokenIds' in continuation ? continuation.tokenIds : [];
        for (const part of script.scores ?? []) {
          yield { type: 'tokens', tokens: ids.slice(...part).map((id) => ({ id, text: '', logprob: -id, top: [] })) };
        }
        if (script.generate) throw new EngineError(script.generate, 'Scripted.');
        yield { type: 'end', reason: signal.aborted ? 'abort' : 'done', usage: SCORE_USAGE };
      },
      async *pixels({ options }) {
        yield { logProbabilities: [options.map(() => -Math.log(options.length))], gradients: [], side: 1 };
      },
      async *distance({ key }) {
        if (script.generate) throw new EngineError(script.generate, 'Scripted.');
        if (key !== 'untold') yield { score: 2, threshold: 1 };
      },
      async *watch(_request, signal) {
        await (script.lose ?? new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())));
        yield { message: 'Scripted.' };
      },
      async *loseDevice() {
        yield* [];
      },
    };
    serveRpc<WorkerMethods>(port2, handlers);
    const endpoint: RpcEndpoint = port1;
    return Object.assign(endpoint, {
      terminate: () => {
        this.terminated++;
        port1.close();
        port2.close();
      },
    });
  };
}

beforeEach(() => vi.stubGlobal('location', { href: 'https://loupe.test/play' }));
afterEach(() => vi.unstubAllGlobals());

async function load(
  engine: ReturnType<typeof connectEngine>,
  device: 'auto' | 'webgpu' | 'wasm',
): Promise<LoadProgress[]> {
  const seen: LoadProgress[] = [];
  for await (const progress of engine.load({ modelUrl: '/m', device }, live())) seen.push(progress);
  return seen;
}

describe('a load that is given up', () => {
  it('ends at once while the worker compiles, with the worker, and does not go on with WASM', async () => {
    const workers = new ScriptedWorkers([{ compiles: new Promise<void>(() => undefined) }]);
    const engine = connectEngine({ createWorker: workers.create });
    const abort = new AbortController();
    const loading = engine.load({ modelUrl: '/m', device: 'auto' }, abort.signal)[Symbol.asyncIterator]();
    expect((await loading.next()).value).toMatchObject({ phase: 'compile' });
    const ended = loading.next();
    abort.abort();
    await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
    expect([workers.loads, workers.terminated]).toEqual([['webgpu'], 1]);
    expect((await load(engine, 'webgpu')).at(-1)).toMatchObject({ phase: 'ready' });
    await engine.dispose();
  });

  it('leaves no worker behind where whoever listened has gone', async () => {
    const workers = new ScriptedWorkers([]);
    const engine = connectEngine({ createWorker: workers.create });
    for await (const progress of engine.load({ modelUrl: '/m', device: 'wasm' }, live())) {
      expect(progress.phase).toBe('self-test');
      break;
    }
    expect(workers.terminated).toBe(1);
  });
});

describe('a worker that does not obey', () => {
  const deafEngine = async () => {
    const workers = new ScriptedWorkers([{ says: [1], deaf: true }]);
    const engine = connectEngine({ createWorker: workers.create, obeyMs: 1 });
    await load(engine, 'webgpu');
    return { workers, engine };
  };

  it('is discarded when a turn is stopped: the turn ends as stopped and the next runs in a new worker', async () => {
    const { workers, engine } = await deafEngine();
    const abort = new AbortController();
    const turn = collectTurn(engine.generate(REQUEST, abort.signal));
    abort.abort();
    expect((await turn).end.reason).toBe('abort');
    expect((await collectTurn(engine.generate(REQUEST, live()))).end.reason).toBe('stop');
    expect([workers.made, workers.terminated]).toEqual([2, 1]);
    await engine.dispose();
  });

  it('is discarded when whoever listened has gone: who asks next waits for that, and has an answer', async () => {
    const { workers, engine } = await deafEngine();
    for await (const event of engine.generate(REQUEST, live())) if (event.type === 'token') break;
    expect((await collectTurn(engine.generate(REQUEST, live()))).end.reason).toBe('stop');
    expect([workers.made, workers.terminated]).toEqual([2, 1]);
    await engine.dispose();
  });
});

describe('auto', () => {
  it('takes WebGPU where it works', async () => {
    const engine = connectEngine({ createWorker: new ScriptedWorkers([]).create });
    expect((await load(engine, 'auto')).at(-1)).toMatchObject({ device: 'webgpu', remarks: [] });
    await engine.dispose();
  });

  it('goes on with WASM in the same worker where there is no adapter, and says why', async () => {
    const workers = new ScriptedWorkers([{ load: { webgpu: 'webgpu-unavailable' } }]);
    const engine = connectEngine({ createWorker: workers.create });
    expect((await load(engine, 'auto')).at(-1)).toMatchObject({
      device: 'wasm',
      remarks: [{ code: 'no-gpu', params: { detail: 'Scripted.' } }],
    });
    expect([workers.loads, workers.made]).toEqual([['webgpu', 'wasm'], 1]);
    await engine.dispose();
  });

  it.each(['self-test-failed', 'device-lost', 'out-of-memory', 'internal'] as const)(
    'goes on with WASM in a new worker after %s',
    async (code) => {
      const workers = new ScriptedWorkers([{ load: { webgpu: code } }]);
      const engine = connectEngine({ createWorker: workers.create });
      const ready = (await load(engine, 'auto')).at(-1);
      expect(ready).toMatchObject({
        device: 'wasm',
        remarks: [{ code: 'gpu-failed', params: { detail: 'Scripted.' } }],
      });
      expect(workers.made).toBe(2);
      await engine.dispose();
    },
  );

  it.each(['network', 'bad-weights', 'model-not-found', 'bad-manifest'] as const)('does not retry %s', async (code) => {
    const workers = new ScriptedWorkers([{ load: { webgpu: code } }]);
    const engine = connectEngine({ createWorker: workers.create });
    await expect(load(engine, 'auto')).rejects.toMatchObject({ code });
    expect(workers.loads).toEqual(['webgpu']);
    await engine.dispose();
  });
});

describe('a device asked for by name', () => {
  it('is used or the load fails', async () => {
    const engine = connectEngine({
      createWorker: new ScriptedWorkers([{ load: { webgpu: 'self-test-failed' } }]).create,
    });
    await expect(load(engine, 'webgpu')).rejects.toMatchObject({ code: 'self-test-failed' });
    await engine.dispose();
  });

  it('is ready at once the second time, and another one takes another worker', async () => {
    const workers = new ScriptedWorkers([]);
    const engine = connectEngine({ createWorker: workers.create });
    await load(engine, 'wasm');
    expect((await load(engine, 'wasm')).map(({ phase }) => phase)).toEqual(['ready']);
    await load(engine, 'webgpu');
    expect([workers.loads, workers.made, workers.terminated]).toEqual([['wasm', 'webgpu'], 2, 1]);
    await engine.dispose();
  });
});

describe('after a failure', () => {
  it.each(['out-of-memory', 'internal', 'worker-crashed'] as const)(
    '%s: the next turn runs in a new worker',
    async (code) => {
      const workers = new ScriptedWorkers([{ generate: code }]);
      const engine = connectEngine({ createWorker: workers.create });
      await load(engine, 'webgpu');
      await expect(collectTurn(engine.generate(REQUEST, live()))).rejects.toMatchObject({ code });
      expect((await collectTurn(engine.generate(REQUEST, live()))).end.reason).toBe('stop');
      expect([workers.loads, workers.made]).toEqual([['webgpu', 'webgpu'], 2]);
      await engine.dispose();
    },
  );

  describe('a device lost midway', () => {
    const ask = async (scripts: readonly Script[], device: 'auto' | 'webgpu' = 'webgpu') => {
      const workers = new ScriptedWorkers(scripts);
      const engine = connectEngine({ createWorker: workers.create });
      await load(engine, device);
      const turn = collectTurn(engine.generate(REQUEST, live()));
      return { workers, engine, turn };
    };
    const lost = { generate: 'device-lost' } as const;

    it('is replaced and the turn goes on: what was said is not said again', async () => {
      const { workers, engine, turn } = await ask([{ ...lost, says: [1, 2] }, { says: [1, 2, 3] }]);
      expect((await turn).tokens.map(({ id }) => id)).toEqual([1, 2, 3]);
      expect([workers.loads, workers.made, workers.terminated]).toEqual([['webgpu', 'webgpu'], 2, 1]);
      await engine.dispose();
    });

    it.each([
      ['says another token', { says: [1, 9] }],
      ['ends earlier', { says: [1] }],
      ['is lost too', { ...lost, says: [1, 2] }],
      ['cannot be had', { load: { webgpu: 'webgpu-unavailable' } }],
    ] as const)('fails the turn where the new one %s', async (_name, second) => {
      const { engine, turn } = await ask([{ ...lost, says: [1, 2] }, second]);
      await expect(turn).rejects.toMatchObject({ code: 'device-lost' });
      expect((await collectTurn(engine.generate(REQUEST, live()))).end.reason).toBe('stop');
      await engine.dispose();
    });

    it('fails the turn where only another device is left; the next turn has that one', async () => {
      const { workers, engine, turn } = await ask([lost, { load: { webgpu: 'self-test-failed' } }], 'auto');
      await expect(turn).rejects.toMatchObject({ code: 'device-lost' });
      expect((await collectTurn(engine.generate(REQUEST, live()))).end.reason).toBe('stop');
      expect(workers.loads).toEqual(['webgpu', 'webgpu', 'wasm']);
      await engine.dispose();
    });
  });

  describe('a device lost while it scores', () => {
    const ask = async (scripts: readonly Script[]) => {
      const engine = connectEngine({ createWorker: new ScriptedWorkers(scripts).create });
      await load(engine, 'webgpu');
      return { engine, scored: collectScore(engine.score(SCORED, live())) };
    };
    const lost = { generate: 'device-lost', scores: [[0, 2]] } as const;

    it('is replaced and the score goes on behind what was told, however it comes in chunks', async () => {
      for (const scores of [
        [[0, 4]],
        [
          [0, 1],
          [1, 3],
          [3, 4],
        ],
      ] as const) {
        // prettier-ignore
        const { engine, scored } = await ask([lost, { scores }]);
        expect((await scored).tokens.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
        await engine.dispose();
      }
    });

    it('fails the score where it is lost twice', async () => {
      const { engine, scored } = await ask([lost, lost]);
      await expect(scored).rejects.toMatchObject({ code: 'device-lost' });
      expect((await collectTurn(engine.generate(REQUEST, live()))).end.reason).toBe('stop');
      await engine.dispose();
    });
  });

  it('of the request only, the worker stays', async () => {
    const workers = new ScriptedWorkers([{ generate: 'context-full' }]);
    const engine = connectEngine({ createWorker: workers.create });
    await load(engine, 'wasm');
    await expect(collectTurn(engine.generate(REQUEST, live()))).rejects.toMatchObject({ code: 'context-full' });
    expect(workers.terminated).toBe(0);
    await engine.dispose();
  });

  it('a device lost while idle is replaced before the next turn, and after two losses auto stays on WASM', async () => {
    const losses: (() => void)[] = [];
    const lose = () => new Promise<void>((resolve) => losses.push(resolve));
    const workers = new ScriptedWorkers([{ lose: lose() }, { lose: lose() }]);
    const engine = connectEngine({ createWorker: workers.create });
    await load(engine, 'auto');
    for (const [i, loss] of losses.entries()) {
      loss();
      await vi.waitFor(() => expect(workers.terminated).toBe(i + 1));
      await collectTurn(engine.generate(REQUEST, live()));
    }
    expect(workers.loads).toEqual(['webgpu', 'webgpu', 'wasm']);
    expect((await load(engine, 'auto')).at(-1)).toMatchObject({
      device: 'wasm',
      remarks: [{ code: 'gpu-lost' }],
    });
    await engine.dispose();
  });
});

describe('a call', () => {
  it('before any load is refused', async () => {
    const engine = connectEngine({ createWorker: new ScriptedWorkers([]).create });
    await expect(collectTurn(engine.generate(REQUEST, live()))).rejects.toMatchObject({ code: 'not-loaded' });
  });

  it('of a score before any load is refused', async () => {
    const engine = connectEngine({ createWorker: new ScriptedWorkers([]).create });
    await expect(collectScore(engine.score(SCORED, live()))).rejects.toMatchObject({ code: 'not-loaded' });
  });

  it('of a score waits for a turn, and where it is aborted meanwhile it ends as aborted', async () => {
    const engine = connectEngine({ createWorker: new ScriptedWorkers([{ scores: [[0, 4]], says: [1] }]).create });
    await load(engine, 'wasm');
    const turn = engine.generate(REQUEST, live())[Symbol.asyncIterator]();
    await turn.next();
    const told: string[] = [];
    const scored = collectScore(engine.score(SCORED, live())).then((score) => told.push(score.end.reason));
    const controller = new AbortController();
    const given = collectScore(engine.score(SCORED, controller.signal));
    controller.abort();
    expect((await given).end).toMatchObject({ reason: 'abort', usage: { scoredTokens: 0 } });
    expect(told).toEqual([]);
    await turn.return?.();
    await scored;
    expect(told).toEqual(['done']);
    await engine.dispose();
  });

  it('that waits for another and is aborted ends as aborted', async () => {
    const engine = connectEngine({ createWorker: new ScriptedWorkers([]).create });
    await load(engine, 'wasm');
    const first = engine.generate(REQUEST, live())[Symbol.asyncIterator]();
    await first.next();
    const controller = new AbortController();
    const second = collectTurn(engine.generate(REQUEST, controller.signal));
    controller.abort();
    expect((await second).end.reason).toBe('abort');
    await first.return?.();
    expect((await collectTurn(engine.generate(REQUEST, live()))).end.reason).toBe('stop');
    await engine.dispose();
  });
});

describe('a picture’s distance', () => {
  const image = (key: string) => ({ key, width: 1, height: 1, data: new Uint8ClampedArray(4) });

  it('is told of the loaded model, null where it does not say, and asked of a model there must be', async () => {
    const engine = connectEngine({ createWorker: new ScriptedWorkers([{}]).create });
    await expect(engine.distance(image('a'), live())).rejects.toMatchObject({ code: 'not-loaded' });
    await load(engine, 'wasm');
    expect(await engine.distance(image('a'), live())).toEqual({ score: 2, threshold: 1 });
    expect(await engine.distance(image('untold'), live())).toBeNull();
    await expect(engine.distance(image('a'), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });

  it('is measured again on a new device where the first was lost meanwhile', async () => {
    const workers = new ScriptedWorkers([{ generate: 'device-lost' }, {}]);
    const engine = connectEngine({ createWorker: workers.create });
    await load(engine, 'wasm');
    expect(await engine.distance(image('a'), live())).toEqual({ score: 2, threshold: 1 });
    expect(workers.made).toBe(2);
  });
});
