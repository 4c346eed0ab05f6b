/**
 * What a load fetches, as bytes: a model folder's files, checked against the manifest's SHA-256 and kept in Cache Storage by
 * that hash (model-cache.ts), so that a reload fetches nothing and a changed file is never mistaken for the old one; and with
 * them ONNX Runtime's WebAssembly, which the browser's own cache keeps. Progress is told over the whole set.
 */
import { EngineError, type LoadProgress, type ModelFile, type ModelManifest } from '../contract';
import { createChannel } from '../channel';
import { parseManifest } from '../manifest';
import { readBody, request } from './download';
import { messageOf } from './errors';
import { holdCache, openModelCache, type ModelCache } from './model-cache';
import type { OrtWasm } from './ort-bundle';
import { sha256 } from './sha256';

export type ModelFiles = ReadonlyMap<ModelFile['path'], Uint8Array<ArrayBuffer>>;

export interface FetchRequest {
  readonly modelUrl: string;
  readonly files: readonly ModelFile[];
  /** null where ONNX Runtime runs already, or finds its own. */
  readonly runtime: { readonly ortUrl: string; readonly wasm: OrtWasm } | null;
}

export interface Fetched {
  readonly files: ModelFiles;
  readonly wasm: Uint8Array<ArrayBuffer> | null;
}

type Download = Extract<LoadProgress, { phase: 'download' }>;
type OnBytes = (count: number) => void;

interface Task {
  readonly name: string;
  /** What it adds to `total`; its `onBytes` calls add up to the same. */
  readonly bytes: number;
  run(onBytes: OnBytes, stop: AbortSignal): Promise<void>;
}

/** @throws EngineError `model-not-found`, `network`, `bad-manifest`; the abort's reason when aborted. */
export async function fetchManifest(modelUrl: string, signal: AbortSignal): Promise<ModelManifest> {
  const response = await request(new URL('manifest.json', modelUrl), 'model-not-found', signal);
  let value: unknown;
  try {
    value = await response.json();
  } catch (error) {
    signal.throwIfAborted();
    throw new EngineError('bad-manifest', `manifest.json is not JSON: ${messageOf(error)}`);
  }
  return parseManifest(value);
}

/**
 * All of it, a few at a time. `loaded` and `total` are bytes over the whole set, as they travel; files found in a cache count
 * too.
 * @throws EngineError `model-not-found`, `network`, `bad-weights`; the abort's reason when aborted.
 */
export async function* fetchFiles(
  { modelUrl, files, runtime }: FetchRequest,
  signal: AbortSignal,
): AsyncGenerator<Download, Fetched, undefined> {
  const found = new Map<string, Uint8Array<ArrayBuffer>>();
  let wasm: Fetched['wasm'] = null;
  const release = await holdCache(signal);
  try {
    const cache = await openModelCache(modelUrl);
    const tasks = files.map((file): Task => ({
      name: file.path,
      bytes: file.bytes,
      run: async (onBytes, stop) => void found.set(file.path, await fetchFile(modelUrl, file, cache, onBytes, stop)),
    }));
    if (runtime) {
      // First, because compiling begins with it.
      tasks.unshift({
        name: runtime.wasm.name,
        bytes: runtime.wasm.packed,
        run: async (onBytes, stop) => {
          wasm = await fetchWasm(runtime.ortUrl, runtime.wasm, onBytes, stop);
        },
      });
    }
    yield* withProgress(tasks, signal);
  } finally {
    release();
  }
  return { files: found, wasm };
}

async function* withProgress(
  tasks: readonly Task[],
  signal: AbortSignal,
): AsyncGenerator<Download, undefined, undefined> {
  const total = tasks.reduce((sum, task) => sum + task.bytes, 0);
  const others = new AbortController();
  const stop = AbortSignal.any([signal, others.signal]);
  const progress = createChannel<Download>(() => others.abort());
  const waiting = [...tasks];
  let loaded = 0;

  async function work(): Promise<void> {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      const { name } = task;
      await task.run((count) => {
        loaded += count;
        progress.push({ phase: 'download', file: name, loaded, total });
      }, stop);
    }
  }

  Promise.all([work(), work(), work()]).then(
    () => progress.end(),
    (error: unknown) => {
      progress.fail(signal.aborted ? signal.reason : error);
      others.abort();
    },
  );
  yield* progress;
}

async function fetchFile(
  modelUrl: string,
  file: ModelFile,
  cache: ModelCache,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await cache.get(file);
  if (kept) {
    onBytes(kept.length);
    return kept;
  }
  const response = await request(new URL(file.path, modelUrl), 'model-not-found', signal);
  const wrong = () =>
    new EngineError('bad-weights', `${file.path} does not have the ${file.bytes} bytes its manifest names.`);
  const bytes = await readBody(response, { name: file.path, bytes: file.bytes, wrong }, onBytes, signal);
  if ((await sha256(bytes)) !== file.sha256) {
    throw new EngineError('bad-weights', `${file.path} is not the file its manifest names (its SHA-256 differs).`);
  }
  await cache.put(file, bytes);
  return bytes;
}

async function fetchWasm(
  ortUrl: string,
  { name, bytes, packed }: OrtWasm,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  // Whatever is wrong with it is wrong on the way here or on the server: nothing that another device would change.
  const response = await request(new URL(name, ortUrl), 'network', signal);
  const wrong = () => new EngineError('network', `${name} does not have the ${bytes} bytes of ONNX Runtime's file.`);
  let unpacked = 0;
  let told = 0;
  const onUnpacked = (count: number) => {
    unpacked += count;
    const travelled = Math.floor((unpacked / bytes) * packed);
    onBytes(travelled - told);
    told = travelled;
  };
  return readBody(response, { name, bytes, wrong }, onUnpacked, signal);
}
