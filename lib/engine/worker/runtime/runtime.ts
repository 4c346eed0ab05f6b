/**
 * ONNX Runtime, set up once per worker: its bundle (ort-bundle.ts), its WebAssembly, how many threads, one mutex over all runs,
 * and what to do when the GPU device goes away. Measured reasons for every choice are in docs/engine.md. The package's default
 * bundle (JSEP) is never imported: its quantised kernels compute wrong numbers.
 */
import type * as Ort from 'onnxruntime-web/wasm';
import type { ExternalData, PackedFile } from '@/lib/models/files';
import { createMutex } from '@/lib/port';
import { type Device } from '../../contract';
import { toEngineError } from './errors';
import { openGpu } from './gpu';
import { createLossWatch } from './loss-watch';
import { watchMemory } from './memory-watch';
import { lazyBytes } from './lazy-bytes';
import { bundleFor, type OrtBundle } from './ort-bundle';

export type { Ort };

export interface RuntimeOptions {
  readonly device: Device;
  /** Absolute URL of the folder with ONNX Runtime's files; null in Node, where the package finds its own. */
  readonly ortUrl: string | null;
  /** Let kernels use subgroup operations where the GPU has them in a size they were written for. */
  readonly subgroups: boolean;
}

export interface SessionOptions {
  /** External data that the graph names, by the names it uses. */
  readonly data?: readonly ExternalData[];
  /**
   * Outputs stay on the GPU, in tensors that whoever asked for them disposes. Such a session is of no use any more once one of
   * its runs has failed (it tells the same error for ever).
   */
  readonly outputsOnGpu?: boolean;
}

export type Tensors = Record<string, Ort.Tensor>;

export interface Runtime {
  readonly ort: typeof Ort;
  readonly device: Device;
  /** The WebAssembly file of `wasmToFetch`, before the first session. Its memory is taken: the buffer ends up empty. */
  useWasm(file: Uint8Array<ArrayBuffer>): void;
  /** @param place 'device' runs on the chosen device, 'cpu' on WASM whatever the device is. */
  createSession(model: Uint8Array, place: 'device' | 'cpu', options?: SessionOptions): Promise<Ort.InferenceSession>;
  /**
   * One run, after all earlier ones of every session. `fetches` names the outputs wanted; a tensor there is written into.
   * @throws EngineError `device-lost`, `out-of-memory`, `unsupported-model`, `internal`
   */
  run(session: Ort.InferenceSession, feeds: Tensors, fetches?: Record<string, Ort.Tensor | null>): Promise<Tensors>;
  /**
   * Work of our own on the GPU that waits for it, in turn with the runs.
   * @throws EngineError as `run`
   */
  onGpu<T>(work: () => Promise<T>): Promise<T>;
  /** null on WASM. */
  readonly gpu: GPUDevice | null;
  /** Whether the GPU device has subgroup operations. */
  readonly subgroups: boolean;
  /** Settles when the GPU device is lost; never on WASM. */
  readonly lost: Promise<GPUDeviceLostInfo>;
}

/** ONNX Runtime keeps one instance per bundle for as long as the worker lives. */
const running = new Set<OrtBundle>();

/** null once it runs. */
export function wasmToFetch(device: Device): PackedFile | null {
  const bundle = bundleFor(device);
  return running.has(bundle) ? null : bundle.wasm;
}

/** @throws EngineError `network`, `webgpu-unavailable` */
export async function createRuntime({ device, ortUrl, subgroups }: RuntimeOptions): Promise<Runtime> {
  const gpu = device === 'webgpu' ? await openGpu(subgroups) : null;
  const bundle = bundleFor(device);
  const ort = await bundle.open();
  if (ortUrl !== null) ort.env.wasm.wasmPaths = ortUrl;
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = gpu === null ? threads() : 1;
  const mutex = createMutex();
  const lost = gpu?.device.lost ?? new Promise<never>(() => undefined);

  const orLost = createLossWatch(lost);
  const memory = gpu && watchMemory(gpu.device);

  async function checked<T>(work: () => Promise<T>, doing: string): Promise<T> {
    memory?.check();
    let done: T;
    try {
      done = await orLost(work());
    } catch (error) {
      // A run often fails a moment before the loss, or the lack of memory that is its cause, is announced.
      if (gpu) await orLost(new Promise((resolve) => setTimeout(resolve, 100)));
      memory?.check();
      throw toEngineError(error, doing);
    }
    // It may have succeeded with buffers that are none.
    memory?.check();
    return done;
  }

  async function create(
    model: Uint8Array,
    options: Ort.InferenceSession.SessionOptions,
  ): Promise<Ort.InferenceSession> {
    const session = await ort.InferenceSession.create(model, options);
    if (!running.has(bundle)) {
      running.add(bundle);
      // Compiled by now, and 14 to 27 MB that ONNX Runtime would hold on to.
      const { wasmBinary } = ort.env.wasm;
      if (wasmBinary instanceof ArrayBuffer) structuredClone(wasmBinary, { transfer: [wasmBinary] });
      delete ort.env.wasm.wasmBinary;
    }
    return session;
  }

  return {
    ort,
    device,
    useWasm(file) {
      // The buffer and not the view of it, which ONNX Runtime would copy.
      if (!running.has(bundle)) ort.env.wasm.wasmBinary = file.buffer;
    },
    gpu: gpu?.device ?? null,
    subgroups: gpu?.subgroups ?? false,
    lost,
    createSession: (model, place, { data = [], outputsOnGpu = false } = {}) =>
      mutex.run(() => {
        // Typed as `{ name: 'webgpu' }`; the device is documented in onnxruntime-common's inference-session.ts.
        const provider = place === 'device' && gpu ? { name: 'webgpu' as const, device: gpu.device } : 'wasm';
        const options: Ort.InferenceSession.SessionOptions = {
          executionProviders: [provider],
          logSeverityLevel: 3,
          ...(data.length > 0 && {
            externalData: bundle.waits ? data : data.map(({ path, data: blob }) => ({ path, data: lazyBytes(blob) })),
          }),
          ...(outputsOnGpu && { preferredOutputLocation: 'gpu-buffer' }),
        };
        return checked(() => create(model, options), 'The model could not be compiled');
      }),
    onGpu: (work) => mutex.run(() => checked(work, 'The graphics device could not compute')),
    run: (session, feeds, fetches) =>
      mutex.run(() =>
        checked(() => (fetches ? session.run(feeds, fetches) : session.run(feeds)), 'The model could not run'),
      ),
  };
}

/**
 * One core is left to the page and to whatever else runs: the thread pool waits by spinning, and with a core short every
 * token waits for the slowest thread (measured on two busy cores: decoding took 2.4 times as long with two threads as with
 * one). On WebGPU only a lookup and a few shape computations stay on the CPU, so it gets one thread.
 */
function threads(): number {
  return globalThis.crossOriginIsolated ? Math.min(4, Math.max(1, navigator.hardwareConcurrency - 1)) : 1;
}
