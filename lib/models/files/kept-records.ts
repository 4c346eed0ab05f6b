/**
 * The list of kept models as it lies on this disk: one record a model, in a cache beside the one that holds the pieces. What is
 * stored is trusted as far as its shape goes, and no further.
 */
import type { ManifestImage, ModelFile, ModelManifest } from '@/lib/engine/contract';
import { openCache } from './model-cache';

const LIST = 'loupe-model-list';
const BASE = 'https://kept.invalid/';

/** A manifest and the files that are needed of it. */
export interface KeptSet {
  /** null of a model that was begun before its manifest was known. */
  readonly manifest: ModelManifest | null;
  readonly files: readonly ModelFile[];
}

export interface ModelRecord extends KeptSet {
  readonly modelUrl: string;
  /** What is being fetched: it takes the place of the rest once all its files are here, and until then both are kept. */
  readonly coming: KeptSet | null;
  /**
   * Of a model that the person gave: how it would have pictures if there were room for any. Left out of others, and of those kept
   * by versions before.
   */
  readonly own?: ManifestImage | undefined;
  /** Milliseconds since 1970: when it was last loaded or begun. */
  readonly at: number;
}

export interface Records {
  /** One that cannot be read names nothing but its model. */
  readonly records: readonly ModelRecord[];
  /** False where any of it could not be read: then nobody can say that a file belongs to no model. */
  readonly whole: boolean;
}

export async function readRecords(): Promise<Records> {
  try {
    const cache = await openCache(LIST);
    if (!cache) return { records: [], whole: false };
    let whole = true;
    const records = await Promise.all(
      (await cache.keys()).map(async ({ url }): Promise<ModelRecord> => {
        const record = await read(cache, url);
        if (record) return record;
        whole = false;
        const modelUrl = decodeURIComponent(url.slice(BASE.length));
        return { modelUrl, manifest: null, files: [], coming: null, at: 0 };
      }),
    );
    return { records, whole };
  } catch {
    return { records: [], whole: false };
  }
}

/** null where there is none, or none that can be read. */
export async function readRecord(modelUrl: string): Promise<ModelRecord | null> {
  const cache = await openCache(LIST);
  return cache && read(cache, keyOf(modelUrl));
}

/** @throws whatever the browser throws where it cannot be written. */
export async function writeRecord(record: ModelRecord): Promise<void> {
  await (await openCache(LIST))?.put(keyOf(record.modelUrl), new Response(JSON.stringify(record)));
}

export async function deleteRecord(modelUrl: string): Promise<void> {
  await (await openCache(LIST))?.delete(keyOf(modelUrl));
}

function keyOf(modelUrl: string): string {
  return BASE + encodeURIComponent(modelUrl);
}

async function read(cache: Cache, key: string): Promise<ModelRecord | null> {
  try {
    // Nobody else writes here; versions before wrote no `coming`.
    const record = (await (await cache.match(key))?.json()) as Partial<ModelRecord> | null | undefined;
    if (typeof record?.modelUrl !== 'string' || !Array.isArray(record.files)) return null;
    return { ...(record as ModelRecord), coming: record.coming ?? null };
  } catch {
    return null;
  }
}
