/**
 * Model files on this disk: Cache Storage, one entry a file, named by its SHA-256. An entry says which model folder it was kept
 * for, so that what a new release no longer names can be deleted without touching another model's files. A lock shared by all
 * tabs keeps loading and deleting apart. Everything here may be refused by the browser: then files are fetched anew.
 */
import type { ModelFile } from '../contract';
import { sha256 } from './sha256';

/** Name of the Cache Storage cache and of the lock; deleting the cache frees the disk. */
const MODEL_CACHE = 'loupe-models';
/** Path of the model folder; entries of earlier versions have none. */
const KEPT_FOR = 'Loupe-Model';

export interface ModelCache {
  /** null where it is not kept, or damaged on disk. */
  get(file: ModelFile): Promise<Uint8Array<ArrayBuffer> | null>;
  put(file: ModelFile, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** @param modelUrl absolute */
export async function openModelCache(modelUrl: string): Promise<ModelCache> {
  const cache = await openCache();
  return {
    async get(file) {
      const key = keyOf(file, modelUrl);
      try {
        const kept = await cache?.match(key);
        if (!kept) return null;
        const bytes = new Uint8Array(await kept.arrayBuffer());
        if (bytes.length === file.bytes && (await sha256(bytes)) === file.sha256) return bytes;
        await cache?.delete(key);
      } catch {
        // Unreadable is as if it were not there.
      }
      return null;
    },
    async put(file, bytes) {
      const headers = { 'Content-Type': 'application/octet-stream', [KEPT_FOR]: new URL(modelUrl).pathname };
      try {
        await cache?.put(keyOf(file, modelUrl), new Response(bytes, { headers }));
      } catch {
        // Over quota, or a private window: the model runs, and the next visit fetches again.
      }
    },
  };
}

/**
 * Keeps `forgetOthers` away, in every tab, until the returned function is called.
 * @throws the abort's reason when aborted meanwhile
 */
export async function holdCache(signal: AbortSignal): Promise<() => void> {
  const nothing = () => undefined;
  const locks = openLocks();
  if (!locks) return nothing;
  try {
    return await new Promise<() => void>((resolve, reject) => {
      const held = () => new Promise<void>((release) => resolve(() => release()));
      locks.request(MODEL_CACHE, { mode: 'shared', signal }, held).catch(reject);
    });
  } catch {
    signal.throwIfAborted();
    // Refused by the browser: loading goes on as where there are no locks.
    return nothing;
  }
}

/**
 * Deletes what was kept for this model folder and `files` no longer names, and entries that do not say whose they are. Leaves
 * all as it is while any tab loads a model: the next load tidies up.
 */
export async function forgetOthers(modelUrl: string, files: readonly ModelFile[]): Promise<void> {
  try {
    await openLocks()?.request(MODEL_CACHE, { mode: 'exclusive', ifAvailable: true }, async (lock) => {
      const cache = lock && (await openCache());
      if (!cache) return;
      const named = new Set(files.map((file) => keyOf(file, modelUrl)));
      for (const key of await cache.keys()) {
        if (named.has(key.url)) continue;
        const keptFor = (await cache.match(key))?.headers.get(KEPT_FOR) ?? null;
        if (keptFor === null || keptFor === new URL(modelUrl).pathname) await cache.delete(key);
      }
    });
  } catch {
    // Disk that is not freed today may be freed tomorrow; the model that was loaded runs all the same.
  }
}

function keyOf(file: ModelFile, modelUrl: string): string {
  return new URL(`/${MODEL_CACHE}/${file.sha256}`, modelUrl).href;
}

async function openCache(): Promise<Cache | null> {
  try {
    // Undefined outside secure contexts; refused in some private windows.
    return (await (globalThis.caches as CacheStorage | undefined)?.open(MODEL_CACHE)) ?? null;
  } catch {
    return null;
  }
}

function openLocks(): LockManager | undefined {
  // Not in old browsers, not outside secure contexts, and not in Node before 24.
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}
