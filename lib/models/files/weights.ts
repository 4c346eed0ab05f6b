/**
 * What a load fetches: a model's files, checked against the manifest's hashes and kept on this disk by them (model-cache.ts), so
 * that a reload fetches nothing, a broken download goes on where it stopped, and a changed file is never mistaken for the old
 * one; and with them ONNX Runtime's WebAssembly, which the browser's own cache keeps. Progress is told over the whole set.
 */
import { EngineError, type LoadProgress, type ModelFile, type ModelManifest } from '@/lib/engine/contract';
import { createChannel, createMutex } from '@/lib/port';
import { withRetries } from '../hub/ask';
import { followSignal } from '../hub/follow-signal';
import type { FileOrigin } from '../hub/hub-origin';
import { readBody, request } from './download';
import { completeFile, type FileContext } from './fetch-file';
import { holdCache, noteArrived, noteComing } from './kept-models';
import { openModelCache, type ModelCache } from './model-cache';
import { folderOrigin } from './open-model';
import { storedFile, type ModelFiles, type StoredFile } from './stored-file';
import { TRANSFER, type Transfer } from './transfer';

/** ONNX Runtime's WebAssembly. A stream yields the unpacked bytes while the packed ones travel: progress is told in bytes that travel. */
export interface PackedFile {
  readonly name: string;
  /** Unpacked. */
  readonly bytes: number;
  /** In brotli, as scripts/prepare.mjs packs it. */
  readonly packed: number;
}

export interface FetchRequest {
  /** Whose files they are: what is kept is kept for it. */
  readonly modelUrl: string;
  readonly files: readonly ModelFile[];
  /** Kept with the files, so that the model opens without a connection. Left out: it does not. */
  readonly manifest?: ModelManifest | null;
  /** Where they come from; null where there is only what is kept. Left out: `modelUrl` is a folder's address. */
  readonly origin?: FileOrigin | null;
  /** null where ONNX Runtime runs already, or finds its own. */
  readonly runtime: { readonly ortUrl: string; readonly wasm: PackedFile } | null;
  readonly transfer?: Transfer;
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

/** Progress is told no more often than this, and whenever a file is complete. */
const TELL_EVERY_MS = 40;

/**
 * All of it, several connections at a time. `loaded` and `total` are bytes over the whole set, as they travel; what is found in
 * a cache counts too. Aborting is pausing: the pieces that are whole stay, and the same call goes on from them.
 * @throws EngineError `model-not-found`, `network`, `offline`, `gated`, `quota`, `bad-weights`, `out-of-memory`; the abort's
 * reason when aborted.
 */
export async function* fetchFiles(
  { modelUrl, files, manifest = null, origin, runtime, transfer = TRANSFER }: FetchRequest,
  signal: AbortSignal,
): AsyncGenerator<Download, Fetched, undefined> {
  const found = new Map<string, StoredFile>();
  let wasm: Fetched['wasm'] = null;
  const release = await holdCache(signal);
  try {
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    const memoryWillDo = bytes <= transfer.bearableInMemory;
    const cache = await openModelCache({ pieceBytes: transfer.pieceBytes, memoryWillDo });
    if (!memoryWillDo) await checkRoom(cache, files);
    await noteComing(modelUrl, { manifest, files });
    const context: FileContext = {
      cache,
      origin: origin === undefined ? folderOrigin(modelUrl) : origin,
      slots: createMutex(transfer.connections),
      stretchPieces: transfer.stretchPieces,
      patience: transfer.patience,
    };
    const tasks = files.map((file): Task => ({
      name: file.path,
      bytes: file.bytes,
      run: async (onBytes, stop) => {
        const shelf = await completeFile(file, context, onBytes, stop);
        const mend = () => completeFile(file, { ...context, mending: true }, () => undefined, signal);
        found.set(file.path, storedFile(shelf, mend));
      },
    }));
    if (runtime) {
      // First, because compiling begins with it.
      tasks.unshift({
        name: runtime.wasm.name,
        bytes: runtime.wasm.packed,
        run: async (onBytes, stop) => {
          const { patience, slots } = context;
          const once = () => fetchWasm(runtime, onBytes, patience?.silenceMs, stop);
          wasm = await withRetries(() => slots.run(once, stop), stop, patience);
        },
      });
    }
    yield* withProgress(tasks, signal);
    await noteArrived(modelUrl, { manifest, files });
  } finally {
    void release();
  }
  return { files: found, wasm };
}

/** Before anything travels: a download that cannot end is not begun. */
async function checkRoom(cache: ModelCache, files: readonly ModelFile[]): Promise<void> {
  if (!cache.keeps) return;
  let estimate: StorageEstimate;
  try {
    // Typed as always present; not in every browser.
    estimate = (await (navigator.storage as StorageManager | undefined)?.estimate()) ?? {};
  } catch {
    return;
  }
  if (estimate.quota === undefined || estimate.usage === undefined) return;
  const needed = files.reduce((sum, file) => sum + file.bytes - cache.bytesKept(file), 0);
  const free = Math.max(0, estimate.quota - estimate.usage);
  if (needed <= free) return;
  throw new EngineError('quota', { code: 'no-room', params: { needed, free } });
}

async function* withProgress(
  tasks: readonly Task[],
  signal: AbortSignal,
): AsyncGenerator<Download, undefined, undefined> {
  const total = tasks.reduce((sum, task) => sum + task.bytes, 0);
  const others = new AbortController();
  const unfollow = followSignal(signal, others);
  const progress = createChannel<Download>(() => others.abort());
  let loaded = 0;
  let toldAt = -Infinity;

  async function run(task: Task): Promise<void> {
    let fileLoaded = 0;
    const tell = () => {
      toldAt = performance.now();
      const { name: file, bytes: fileTotal } = task;
      progress.push({ phase: 'download', file, loaded, total, fileLoaded, fileTotal });
    };
    await task.run((count) => {
      loaded += count;
      fileLoaded += count;
      if (performance.now() - toldAt >= TELL_EVERY_MS) tell();
    }, others.signal);
    tell();
  }

  Promise.all(tasks.map(run)).then(
    () => progress.end(),
    (error: unknown) => {
      progress.fail(signal.aborted ? signal.reason : error);
      others.abort();
    },
  );
  try {
    yield* progress;
  } finally {
    unfollow();
  }
}

/** Once. What was told of a try that failed is counted back. */
async function fetchWasm(
  { ortUrl, wasm: { name, bytes, packed } }: NonNullable<FetchRequest['runtime']>,
  onBytes: OnBytes,
  silenceMs: number | undefined,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  // Whatever is wrong with it is wrong on the way here or on the server: nothing that another device would change.
  const response = await request(new URL(name, ortUrl), 'network', signal, silenceMs);
  const wrong = () => new EngineError('network', { code: 'runtime-length', params: { path: name, bytes } });
  let unpacked = 0;
  let told = 0;
  const onUnpacked = (count: number) => {
    unpacked += count;
    const travelled = Math.floor((unpacked / bytes) * packed);
    onBytes(travelled - told);
    told = travelled;
  };
  try {
    return await readBody(response, { name, bytes, wrong }, onUnpacked, signal);
  } catch (error) {
    onBytes(-told);
    throw error;
  }
}
