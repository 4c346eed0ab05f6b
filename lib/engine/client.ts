/**
 * The page's side of the local engine: starts the worker, decides on which device it runs, queues calls, and builds
 * everything anew after a crash or a lost device. It keeps no conversation: every request carries its messages whole, so a
 * rebuilt worker only has to compute them again. A turn whose device is lost goes on like that by itself, once. For the same reason
 * a model that is idle makes room where another tab wants the device: the next call waits for that one, and loads again.
 */
import { connectRpc, createMutex, type RpcClient, type RpcEndpoint } from '@/lib/port';
import {
  EngineError,
  engineErrorOf,
  type Device,
  type RunsOn,
  type EngineErrorCode,
  type EngineRemark,
  type GenerateEvent,
  type LoadProgress,
  type LoadRequest,
  type ScoreEvent,
  type TellingEngine,
  type VlmEngine,
} from './contract';
import { createHeard, createHeardScore, hearAll, type Heard } from './heard';
import { createModelPlace } from './model-place';
import type { WorkerMethods } from './worker-protocol';

/** Version in the path: the files are cached for good. */
export const ORT_PATH = '/ort/1.30.0/';

export interface EngineWorker extends RpcEndpoint {
  terminate(): void;
}

export interface ConnectOptions {
  /** Default: a module worker of engine-worker.ts. */
  readonly createWorker?: () => EngineWorker;
  /** Where ONNX Runtime's files lie, absolute or relative to the page. Default: `ORT_PATH`. */
  readonly ortUrl?: string;
  /** How long a worker has to obey an abort before it is discarded, milliseconds. Default: `OBEY_MS` of lib/port. */
  readonly obeyMs?: number;
  /** How long it has to have done nothing before its model makes room for another tab's, milliseconds. Default: 3000. */
  readonly idleMs?: number;
}

export interface LocalEngine extends TellingEngine {
  score: NonNullable<VlmEngine['score']>;
  pixels: NonNullable<VlmEngine['pixels']>;
  distance: NonNullable<VlmEngine['distance']>;
  /**
   * Takes the GPU device away as a driver reset does. A diagnostic for people who want to see that their run survives it;
   * does nothing on WASM.
   */
  simulateDeviceLoss(): Promise<void>;
}

/** Longer than anything between two turns of a run takes. */
const IDLE_MS = 3000;

/** After this many lost devices `auto` stays on WASM until the page is reloaded. */
const LOSSES_TOLERATED = 2;

/** Failures of WebGPU after which `auto` goes on with WASM. The others would be the same there. */
const FALL_BACK: readonly EngineErrorCode[] = [
  'webgpu-unavailable',
  'self-test-failed',
  'device-lost',
  'out-of-memory',
  'unsupported-model',
  'worker-crashed',
  'internal',
];

/** Errors of a request that leave the worker as good as it was. */
const HARMLESS: readonly EngineErrorCode[] = ['bad-request', 'context-full', 'not-loaded'];

/** What is asked of a model that is loaded. */
type Question = 'generate' | 'score' | 'pixels' | 'distance';
type Item<Q extends Question> = WorkerMethods[Q]['item'];

interface Asked<Q extends Question> {
  readonly method: Q;
  readonly request: WorkerMethods[Q]['request'];
  readonly heard: Heard<Item<Q>>;
}

interface Connection {
  readonly rpc: RpcClient<WorkerMethods>;
  readonly worker: EngineWorker;
  /** Set once a model is loaded in it. */
  ready: { readonly request: LoadRequest; readonly progress: Extract<LoadProgress, { phase: 'ready' }> } | null;
}

export function connectEngine(options: ConnectOptions = {}): LocalEngine {
  const createWorker = options.createWorker ?? defaultWorker;
  const turnstile = createMutex();
  let connection: Connection | null = null;
  let wanted: LoadRequest | null = null;
  let losses = 0;
  const place = createModelPlace(() => makeRoomSoon());
  const idleMs = options.idleMs ?? IDLE_MS;
  let atWork = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let tellUnloaded: (() => void) | null = null;

  async function makeRoom(): Promise<void> {
    if (atWork > 0 || !(await place.isWanted()) || atWork > 0) return;
    discard(connection);
    place.leave();
    tellUnloaded?.();
  }

  function makeRoomSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      void makeRoom();
    }, idleMs);
  }

  /** Holds off `makeRoom` until the returned function is called. */
  function beginWork(): () => void {
    atWork += 1;
    clearTimeout(timer);
    timer = undefined;
    return () => {
      atWork -= 1;
      if (atWork === 0 && connection) makeRoomSoon();
    };
  }

  function connect(): Connection {
    if (connection) return connection;
    const worker = createWorker();
    const rpc = connectRpc<WorkerMethods>(worker, {
      toError: engineErrorOf,
      onCrash(detail) {
        const error = new EngineError('worker-crashed', `The engine's worker stopped${detail ? `: ${detail}` : ''}`);
        discard(opened, error);
        return error;
      },
      // It is stuck in something that nothing but its end ends. The next call builds a new one.
      onDeaf() {
        const error = new EngineError(
          'worker-crashed',
          'The engine did not stop when it was told to, and was restarted.',
        );
        discard(opened, error);
        return error;
      },
      ...(options.obeyMs !== undefined && { obeyMs: options.obeyMs }),
    });
    const opened: Connection = { worker, rpc, ready: null };
    connection = opened;
    return opened;
  }

  function discard(which: Connection | null, error?: EngineError): void {
    if (!which) return;
    if (connection === which) connection = null;
    which.rpc.close(error ?? new EngineError('worker-crashed', 'The engine was restarted.'));
    which.worker.terminate();
  }

  async function watch(which: Connection): Promise<void> {
    try {
      for await (const loss of which.rpc.stream('watch', null)) {
        losses++;
        const detail = loss.message ? `: ${loss.message}` : '.';
        discard(which, new EngineError('device-lost', `The graphics device was lost${detail}`));
      }
    } catch {
      // The worker is gone; whoever waits for it is told by their own stream.
    }
  }

  async function* loadOn(device: Device, request: LoadRequest, why: EngineRemark | null, signal: AbortSignal) {
    const target = connect();
    const { hub } = request;
    const modelUrl = absolute(request.modelUrl);
    const ortUrl = new URL(options.ortUrl ?? ORT_PATH, location.href).href;
    const refuseSoftwareGpu = request.device === 'auto';
    let keep = false;
    let downloading = true;
    // A worker that compiles hears nothing. By then all files are kept, so that nothing goes with it.
    const giveUp = () => {
      if (!downloading) discard(target);
    };
    signal.addEventListener('abort', giveUp);
    try {
      for await (const progress of target.rpc.stream(
        'load',
        { modelUrl, hub, ortUrl, device, refuseSoftwareGpu },
        signal,
      )) {
        if (progress.phase !== 'ready') {
          downloading = progress.phase === 'wait' || progress.phase === 'download';
          yield progress;
          continue;
        }
        keep = true;
        const ready = { ...progress, remarks: why ? [why, ...progress.remarks] : progress.remarks };
        target.ready = { request, progress: ready };
        wanted = request;
        if (device === 'webgpu') void watch(target);
        yield ready;
      }
    } catch (error) {
      signal.throwIfAborted();
      // An absent adapter is found out before anything is set up: that worker is as new.
      keep = error instanceof EngineError && error.code === 'webgpu-unavailable';
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
      // Also where whoever listened has left the stream.
      if (!keep && connection === target) discard(target);
    }
  }

  async function* boot(request: LoadRequest, signal: AbortSignal): AsyncGenerator<LoadProgress, void, undefined> {
    // One worker has one runtime on one device.
    discard(connection);
    if (await place.isTaken()) yield { phase: 'wait' };
    await place.take(signal);
    if (request.device !== 'auto') return yield* loadOn(request.device, request, null, signal);
    let why: EngineRemark = { code: 'gpu-lost' };
    if (losses < LOSSES_TOLERATED) {
      try {
        return yield* loadOn('webgpu', request, null, signal);
      } catch (error) {
        if (!(error instanceof EngineError) || !FALL_BACK.includes(error.code)) throw error;
        const { code, message: detail } = error;
        why =
          code === 'webgpu-unavailable'
            ? { code: 'no-gpu', params: { detail } }
            : { code: 'gpu-failed', params: { detail } };
      }
    }
    yield* loadOn('wasm', request, why, signal);
  }

  /** One question to the worker that is there, or to a new one. @returns false where it cannot go on from what was heard */
  async function* ask<Q extends Question>(
    { method, request, heard }: Asked<Q>,
    signal: AbortSignal,
  ): AsyncGenerator<Item<Q>, boolean, undefined> {
    if (!connection?.ready && wanted) {
      for await (const progress of boot(wanted, signal)) void progress;
    }
    const target = connect();
    try {
      return yield* heard.pass(target.rpc.stream(method, request, signal));
    } catch (error) {
      // Whatever state a failed run left behind goes with its worker; the next call builds a new one.
      if (error instanceof EngineError && !HARMLESS.includes(error.code)) discard(target);
      throw error;
    }
  }

  /**
   * The question once more on a new device of the same kind: the conversation is computed again, and what was heard with it.
   * @throws `loss` where there is no such device, or where it says something else
   */
  async function* goOn<Q extends Question>(
    asked: Asked<Q>,
    before: RunsOn,
    loss: EngineError,
    signal: AbortSignal,
  ): AsyncGenerator<Item<Q>, void, undefined> {
    try {
      if (wanted) for await (const progress of boot(wanted, signal)) void progress;
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof EngineError ? loss : error;
    }
    if (connection?.ready?.progress.device !== before) throw loss;
    if (!(yield* ask(asked, signal))) throw loss;
  }

  /** In turn with all other questions. @param aborted ends the stream of one that was aborted before the worker had it; null: nothing does */
  async function* askInTurn<Q extends Question>(
    asked: Asked<Q>,
    aborted: Item<Q> | null,
    signal: AbortSignal,
  ): AsyncGenerator<Item<Q>, void, undefined> {
    let leave: (() => void) | null = null;
    const rest = beginWork();
    try {
      leave = await turnstile.enter(signal);
      if (!wanted) throw new EngineError('not-loaded', 'No model is loaded.');
      const device = connection?.ready?.progress.device ?? null;
      try {
        yield* ask(asked, signal);
      } catch (error) {
        const lost = error instanceof EngineError && error.code === 'device-lost';
        if (!lost || device === null || signal.aborted) throw error;
        yield* goOn(asked, device, error, signal);
      }
    } catch (error) {
      if (!signal.aborted || error instanceof EngineError) throw error;
      if (aborted !== null) yield aborted;
    } finally {
      // Whoever is next waits until the worker is done with this one, or is given up: its end would be theirs.
      const over = () => {
        rest();
        leave?.();
        if (!connection && atWork === 0) place.leave();
      };
      const unsettled = connection?.rpc.unsettled();
      if (unsettled) void unsettled.then(over);
      else over();
    }
  }

  return {
    async *load(request, signal) {
      const leave = await turnstile.enter(signal);
      const rest = beginWork();
      try {
        const ready = connection?.ready;
        if (ready && ready.request.modelUrl === request.modelUrl && ready.request.device === request.device) {
          yield ready.progress;
          return;
        }
        yield* boot(request, signal);
      } finally {
        rest();
        leave();
        // A load that failed leaves nothing that needs room.
        if (!connection && atWork === 0) place.leave();
      }
    },

    generate: (request, signal) =>
      askInTurn({ method: 'generate', request, heard: createHeard() }, ABORTED_TURN, signal),

    score: (request, signal) =>
      askInTurn({ method: 'score', request, heard: createHeardScore() }, ABORTED_SCORE, signal),

    async pixels(request, signal) {
      const asked = { method: 'pixels', request, heard: hearAll<Item<'pixels'>>() } as const;
      let read: Item<'pixels'> | null = null;
      for await (const one of askInTurn(asked, null, signal)) read = one;
      signal.throwIfAborted();
      if (!read) throw new EngineError('internal', 'The engine did not say what it read.');
      return read;
    },

    async distance(image, signal) {
      const asked = { method: 'distance', request: image, heard: hearAll<Item<'distance'>>() } as const;
      let told: Item<'distance'> | null = null;
      for await (const distance of askInTurn(asked, null, signal)) told = distance;
      signal.throwIfAborted();
      return told;
    },

    // Not async work, but the contract allows for engines that have some.
    dispose() {
      wanted = null;
      clearTimeout(timer);
      discard(connection, new EngineError('not-loaded', 'The engine was closed.'));
      place.leave();
      return Promise.resolve();
    },

    onUnload(told) {
      tellUnloaded = told;
    },

    async simulateDeviceLoss() {
      if (!connection) return;
      for await (const nothing of connection.rpc.stream('loseDevice', null)) nothing satisfies never;
    },
  };
}

/** A folder's address seen from the page; what is no folder is named the same everywhere. */
function absolute(modelUrl: string): string {
  if (/^(?:hub|local):/.test(modelUrl)) return modelUrl;
  return new URL(modelUrl.replace(/\/?$/, '/'), location.href).href;
}

const NOTHING_DONE = {
  promptTokens: 0,
  reusedTokens: 0,
  prefilledTokens: 0,
  imagesEncoded: 0,
  visionMs: 0,
  prefillMs: 0,
};
const ABORTED_TURN: GenerateEvent = {
  type: 'end',
  reason: 'abort',
  tokenIds: [],
  usage: { ...NOTHING_DONE, outputTokens: 0, decodeMs: 0 },
};
const ABORTED_SCORE: ScoreEvent = { type: 'end', reason: 'abort', usage: { ...NOTHING_DONE, scoredTokens: 0 } };

function defaultWorker(): Worker {
  return new Worker(new URL('./worker/engine-worker.ts', import.meta.url), { type: 'module', name: 'engine' });
}
