/**
 * Which models this browser keeps: one record a model, beside the pieces themselves. A record says which files are its, so that
 * what no model names any more can be deleted, what one model shares with another stays, and a model can be listed with its
 * size, deleted, and loaded where there is no connection. For the page as for the worker.
 */
import type { ModelFile, ModelManifest } from '../contract';
import { hashOf } from './file-hash';
import { holdShared, ifFree } from './locks';
import { keptNames, keptOf, MODEL_CACHE, openCache, sweep } from './model-cache';
import { TRANSFER } from './transfer';

const LIST = 'loupe-model-list';
const BASE = 'https://kept.invalid/';

/** Written and read by this file alone: what is stored is trusted as far as its shape goes, and no further. */
interface ModelRecord {
  readonly modelUrl: string;
  readonly manifest: ModelManifest | null;
  readonly files: readonly ModelFile[];
  /** Milliseconds since 1970: when it was last loaded or begun. */
  readonly at: number;
}

export interface KeptModel {
  /** What to load it by (hub/model-url.ts). */
  readonly modelUrl: string;
  readonly name: string;
  /** null of a model that was begun before its manifest was known. */
  readonly manifest: ModelManifest | null;
  /** All its files, and what of them is here. A file that two models share counts in both. */
  readonly bytes: number;
  readonly keptBytes: number;
  readonly complete: boolean;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/** Newest first. Empty where the browser keeps nothing. */
export async function listKeptModels(): Promise<readonly KeptModel[]> {
  const [records, names] = await Promise.all([readRecords(), keptNames()]);
  return records
    .map(({ modelUrl, manifest, files, at }): KeptModel => {
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
      const keptBytes = files.reduce((sum, file) => sum + keptOf(file, names, TRANSFER.pieceBytes), 0);
      const name = manifest?.name ?? modelUrl;
      return { modelUrl, name, manifest, bytes, keptBytes, complete: keptBytes === bytes, lastUsed: at };
    })
    .sort((a, b) => b.lastUsed - a.lastUsed);
}

/** Bytes of these files that need not be fetched. */
export async function keptBytesOf(files: readonly ModelFile[]): Promise<number> {
  const names = await keptNames();
  return files.reduce((sum, file) => sum + keptOf(file, names, TRANSFER.pieceBytes), 0);
}

/** Deletes a model and what it alone needed. @returns false while any tab loads a model: then nothing is deleted */
export async function deleteKeptModel(modelUrl: string): Promise<boolean> {
  return ifFree(MODEL_CACHE, async () => {
    await (await openCache(LIST))?.delete(keyOf(modelUrl));
    await sweepUnowned();
  });
}

/** Keeps `forgetOthers` and `deleteKeptModel` away, in every tab, until the returned function is called. */
export function holdCache(signal: AbortSignal): Promise<() => void> {
  return holdShared(MODEL_CACHE, signal);
}

/** Says of a model what is known of it; what is not given stays as it was. */
export async function noteModel(
  modelUrl: string,
  known: { readonly manifest?: ModelManifest; readonly files?: readonly ModelFile[] },
): Promise<void> {
  const cache = await openCache(LIST);
  try {
    const before = await recordOf(modelUrl);
    const record: ModelRecord = {
      modelUrl,
      manifest: known.manifest ?? before?.manifest ?? null,
      files: known.files ?? before?.files ?? [],
      at: Date.now(),
    };
    await cache?.put(keyOf(modelUrl), new Response(JSON.stringify(record)));
  } catch {
    // Not listed; its files are found by their hashes all the same.
  }
}

/** What a model said of itself when it was last loaded. */
export async function keptManifest(modelUrl: string): Promise<ModelManifest | null> {
  return (await recordOf(modelUrl))?.manifest ?? null;
}

/**
 * Deletes what was kept for this model and `files` no longer names, and what belongs to no model. Leaves all as it is while any
 * tab loads a model: the next load tidies up.
 */
export async function forgetOthers(modelUrl: string, files: readonly ModelFile[]): Promise<void> {
  try {
    await ifFree(MODEL_CACHE, async () => {
      const named = new Set(files.map(hashOf));
      const before = (await recordOf(modelUrl))?.files ?? [];
      await noteModel(modelUrl, { files: before.filter((file) => named.has(hashOf(file))) });
      await sweepUnowned();
    });
  } catch {
    // Disk that is not freed today may be freed tomorrow; the model that was loaded runs all the same.
  }
}

async function sweepUnowned(): Promise<void> {
  const records = await readRecords();
  await sweep(new Set(records.flatMap(({ files }) => files.map(hashOf))));
}

function keyOf(modelUrl: string): string {
  return BASE + encodeURIComponent(modelUrl);
}

async function recordOf(modelUrl: string): Promise<ModelRecord | null> {
  const kept = await (await openCache(LIST))?.match(keyOf(modelUrl)).catch(() => undefined);
  return kept ? readRecord(kept) : null;
}

async function readRecords(): Promise<readonly ModelRecord[]> {
  const cache = await openCache(LIST);
  const keys = (await cache?.keys().catch(() => [])) ?? [];
  const records = await Promise.all(
    keys.map(async (key) => {
      const kept = await cache?.match(key).catch(() => undefined);
      return kept ? readRecord(kept) : null;
    }),
  );
  return records.filter((record) => record !== null);
}

async function readRecord(response: Response): Promise<ModelRecord | null> {
  try {
    // Nobody else writes here.
    const record = (await response.json()) as Partial<ModelRecord> | null;
    return typeof record?.modelUrl === 'string' && Array.isArray(record.files) ? (record as ModelRecord) : null;
  } catch {
    return null;
  }
}
