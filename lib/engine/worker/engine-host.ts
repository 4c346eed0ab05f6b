/**
 * The worker's side of worker-protocol.ts without the worker: holds at most one loaded model and answers calls. Also runs
 * in Node, where tests talk to it directly.
 */
import { EngineError, type LoadProgress } from '../contract';
import { keptAs } from '@/lib/models';
import type { RpcHandlers } from '@/lib/port';
import { createMutex } from '@/lib/port';
import type { WorkerLoadRequest, WorkerMethods } from '../worker-protocol';
import { toEngineError } from './runtime/errors';
import { generate } from './generate';
import { requestAdapter } from './runtime/gpu';
import { loadModel, type LoadedModel } from './load-model';
import { cardOf, forgetOthers } from '@/lib/models/files';
import { encodeOne, type ChunkOptions } from './prefill';
import { readPixels } from './pixels';
import { score } from './score';
import { createRuntime, wasmToFetch, type Runtime } from './runtime/runtime';

/** WASM runs cannot be interrupted, so its chunks are short; a GPU wants longer ones. */
const PREFILL_CHUNK = { wasm: 96, webgpu: 512 } as const;

export interface EngineHostOptions {
  /** Tests in Node cannot import ONNX Runtime's script from a URL. */
  readonly findOrtByPackage?: boolean;
  readonly prefillChunk?: number;
}

export function createEngineHost(options: EngineHostOptions = {}): RpcHandlers<WorkerMethods> {
  let runtime: Runtime | null = null;
  let loaded: LoadedModel | null = null;
  const turnstile = createMutex();
  let onLoss: (info: { message: string }) => void;
  const loss = new Promise<{ message: string }>((resolve) => {
    onLoss = resolve;
  });

  /** Two at once would mix two conversations in one log: the next begins when the last one, even if left early, has ended. */
  async function* alone<T>(work: () => AsyncGenerator<T, void, undefined>): AsyncGenerator<T, void, undefined> {
    const leave = await turnstile.enter();
    try {
      yield* work();
    } finally {
      leave();
    }
  }

  /** @param failing begins the sentence where it fails */
  function ask<T>(
    failing: string,
    work: (model: LoadedModel, chunk: ChunkOptions) => AsyncGenerator<T, void, undefined>,
  ): AsyncGenerator<T, void, undefined> {
    return alone(async function* () {
      if (!loaded) throw new EngineError('not-loaded', 'No model is loaded.');
      const prefillChunk = options.prefillChunk ?? PREFILL_CHUNK[loaded.runtime.device];
      try {
        yield* work(loaded, { prefillChunk });
      } catch (error) {
        throw toEngineError(error, failing);
      }
    });
  }

  /** Once more without subgroup operations where the answer with them is wrong: they are what most often is. */
  async function* loadOn(
    request: WorkerLoadRequest,
    subgroups: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<LoadProgress, LoadedModel, undefined> {
    if (!runtime || runtime.device !== request.device || (runtime.subgroups && !subgroups)) runtime = null;
    const startRuntime = async () => {
      if (runtime) return runtime;
      const ortUrl = options.findOrtByPackage ? null : request.ortUrl;
      const started = await createRuntime({ device: request.device, ortUrl, subgroups });
      void started.lost.then((info) => {
        if (runtime === started) onLoss({ message: info.message });
      });
      runtime = started;
      return started;
    };
    try {
      const wasm = request.ortUrl === '' ? null : wasmToFetch(request.device);
      const runtimeFile = wasm && { ortUrl: request.ortUrl, wasm };
      const { modelUrl, hub } = request;
      return yield* loadModel({ modelUrl, hub, runtimeFile, startRuntime }, signal);
    } catch (error) {
      const wrong = error instanceof EngineError && error.code === 'self-test-failed';
      if (!wrong || !runtime?.subgroups) throw error;
      return yield* loadOn(request, false, signal);
    }
  }

  return {
    load: (request, signal) =>
      alone(async function* () {
        const old = loaded;
        loaded = null;
        await old?.dispose();
        try {
          // First of all, because without an adapter nothing else is worth fetching for this device.
          if (request.device === 'webgpu') await requestAdapter(request.refuseSoftwareGpu);
          loaded = yield* loadOn(request, true, signal);
        } catch (error) {
          signal.throwIfAborted();
          throw toEngineError(error, 'The model could not be loaded');
        }
        // Beside whatever comes next: it only frees disk.
        void forgetOthers(keptAs(request.modelUrl));
        const { runtime: on, remark, manifest, keptCopy } = loaded;
        yield {
          phase: 'ready',
          device: on.device,
          remarks: remark ? [remark] : [],
          card: cardOf(manifest),
          ...(keptCopy && { keptCopy }),
        };
      }),

    generate: (request, signal) =>
      ask('The model could not answer', (model, chunk) => generate(model, request, signal, chunk)),

    score: (request, signal) =>
      ask('The model could not score the turn', (model, chunk) => score(model, request, signal, chunk)),

    pixels: (request, signal) =>
      ask('The picture could not be measured', async function* (model) {
        yield await readPixels(model, request, signal);
      }),

    distance: (image) =>
      ask('The model could not look at the picture', async function* (model) {
        if (!model.world) return;
        const { world } = await encodeOne(model, image);
        if (world) yield world;
      }),

    async *watch() {
      yield await loss;
    },

    async *loseDevice() {
      runtime?.gpu?.destroy();
    },
  };
}
