/**
 * Which models this browser keeps (kept-records.ts) and what of them is here. A record says which files are its, so that what no
 * model names any more can be deleted, what one model shares with another stays, and a model can be listed with its size,
 * deleted, and loaded where there is no connection. For the page as for the worker.
 */
import type { ManifestImage, ModelFile, ModelManifest } from '@/lib/engine/contract';
import { hashOf } from './file-hash';
import { filesToRead } from './folder';
import { deleteRecord, readRecord, readRecords, writeRecord, type KeptSet, type ModelRecord } from './kept-records';
import { holdShared, ifFree } from '@/lib/port';
import { isKept, keptNames, keptOf, MODEL_CACHE, sweep } from './model-cache';
import { TRANSFER } from './transfer';

export interface KeptModel {
  /** What to load it by (hub/model-url.ts). */
  readonly modelUrl: string;
  readonly name: string;
  /** null of a model that was begun before its manifest was known. */
  readonly manifest: ModelManifest | null;
  /** All its files, and what of them is here. A file that two models share counts in both. */
  readonly bytes: number;
  readonly keptBytes: number;
  /** What deleting it frees: what is here of the files that no other model names. */
  readonly ownBytes: number;
  /** Its manifest is known and all the files that loading needs are here. */
  readonly complete: boolean;
  /** Milliseconds since 1970. */
  readonly lastUsed: number;
}

/** Newest first. Empty where the browser keeps nothing. */
export async function listKeptModels(): Promise<readonly KeptModel[]> {
  const [{ records }, names] = await Promise.all([readRecords(), keptNames()]);
  const owners = new Map<string, number>();
  for (const hash of records.flatMap((record) => [...filesOf([record]).keys()])) {
    owners.set(hash, (owners.get(hash) ?? 0) + 1);
  }
  return records
    .map((record): KeptModel => {
      const shown = bestOf(record, names);
      const bytes = shown.files.reduce((sum, file) => sum + file.bytes, 0);
      const own = [...filesOf([record])].filter(([hash]) => owners.get(hash) === 1).map(([, file]) => file);
      return {
        modelUrl: record.modelUrl,
        name: shown.manifest?.name ?? record.modelUrl,
        manifest: shown.manifest,
        bytes,
        keptBytes: sumKept(shown.files, names),
        ownBytes: sumKept(own, names),
        complete: isWhole(shown, names),
        lastUsed: record.at,
      };
    })
    .sort((a, b) => b.lastUsed - a.lastUsed);
}

/** What all kept models take together: a file that several of them share counts once. */
export async function keptBytesOfAll(): Promise<number> {
  const [{ records }, names] = await Promise.all([readRecords(), keptNames()]);
  return sumKept([...filesOf(records).values()], names);
}

/** Bytes of these files that need not be fetched. */
export async function keptBytesOf(files: readonly ModelFile[]): Promise<number> {
  return sumKept(files, await keptNames());
}

/** Deletes a model and what it alone needed. @returns false while any tab loads a model: then nothing is deleted */
export async function deleteKeptModel(modelUrl: string): Promise<boolean> {
  return ifFree(MODEL_CACHE, async () => {
    await deleteRecord(modelUrl);
    await sweepUnowned();
  });
}

/**
 * Keeps `forgetOthers` and `deleteKeptModel` away, in every tab, until the returned function is called; that one resolves when
 * they may.
 */
export function holdCache(signal: AbortSignal): Promise<() => Promise<void>> {
  return holdShared(MODEL_CACHE, signal);
}

/**
 * Says, before anything of it travels, what is about to be kept for a model, so that no sweep takes it for nobody's. What the
 * model opens with stays as it was until `noteArrived`.
 */
export async function noteComing(modelUrl: string, set: KeptSet): Promise<void> {
  const before = await readRecord(modelUrl);
  const rest = before ?? { modelUrl, manifest: null, files: [], coming: null };
  const coming = sameFiles(rest, set) ? rest.coming : set;
  await note({ ...rest, coming, at: Date.now() });
}

/** Says that all of it is here: from now on the model opens with it, and what it needed before is nobody's. */
export async function noteArrived(modelUrl: string, set: KeptSet): Promise<void> {
  const before = await readRecord(modelUrl);
  // Where nothing new came, an update that was broken off earlier keeps what has arrived of it.
  const coming = before && sameFiles(before, set) ? before.coming : null;
  await note({ modelUrl, ...set, coming, own: before?.own, at: Date.now() });
}

/**
 * As `noteArrived`, of what the person gave.
 * @param own how it would have pictures if there were room for any
 * @throws whatever the browser throws where it cannot be written.
 */
export async function keepGiven(modelUrl: string, manifest: ModelManifest, own: ManifestImage): Promise<void> {
  await writeRecord({ modelUrl, manifest, files: manifest.files, coming: null, own, at: Date.now() });
}

export interface KeptManifest {
  readonly manifest: ModelManifest;
  /** None of its files is missing. */
  readonly whole: boolean;
  /** How it would have pictures if there were room for any; as it has them where that is not known. */
  readonly own: ManifestImage;
}

/** What a model can be opened with here; null where nothing is known of it. @param modelUrl as `keptAs` gives it */
export async function keptManifest(modelUrl: string): Promise<KeptManifest | null> {
  const record = await readRecord(modelUrl);
  if (!record) return null;
  const names = await keptNames();
  const best = bestOf(record, names);
  const { manifest } = best;
  return manifest && { manifest, whole: isWhole(best, names), own: record.own ?? manifest.image };
}

/**
 * Deletes what belongs to no model, once this one is loaded. Leaves all as it is where this one is not on the list, so that
 * nothing of it could be deleted either, and while any tab loads a model: the next load tidies up.
 */
export async function forgetOthers(modelUrl: string): Promise<void> {
  try {
    await ifFree(MODEL_CACHE, async () => {
      if (await readRecord(modelUrl)) await sweepUnowned();
    });
  } catch {
    // Disk that is not freed today may be freed tomorrow; the model that was loaded runs all the same.
  }
}

/** Nothing where the list cannot be read whole: what a missing record names would be taken for nobody's. */
async function sweepUnowned(): Promise<void> {
  const { records, whole } = await readRecords();
  if (whole) await sweep(new Set(filesOf(records).keys()));
}

async function note(record: ModelRecord): Promise<void> {
  try {
    await writeRecord(record);
  } catch {
    // Not listed; its files are found by their hashes all the same.
  }
}

/** What is on its way only where what was there before cannot be loaded. */
function bestOf(record: ModelRecord, names: ReadonlySet<string>): KeptSet {
  const { coming } = record;
  if (!coming) return record;
  return isWhole(record, names) && !isWhole(coming, names) ? record : coming;
}

function isWhole({ manifest }: KeptSet, names: ReadonlySet<string>): boolean {
  return manifest !== null && filesToRead(manifest).every((file) => isKept(file, names, TRANSFER.pieceBytes));
}

/** Every file that these name, by its hash. */
function filesOf(records: readonly ModelRecord[]): ReadonlyMap<string, ModelFile> {
  const files = records.flatMap((record) => [...record.files, ...(record.coming?.files ?? [])]);
  return new Map(files.map((file) => [hashOf(file), file]));
}

function sumKept(files: readonly ModelFile[], names: ReadonlySet<string>): number {
  return files.reduce((sum, file) => sum + keptOf(file, names, TRANSFER.pieceBytes), 0);
}

function sameFiles(one: KeptSet, other: KeptSet): boolean {
  const hashes = new Set(one.files.map(hashOf));
  return one.files.length === other.files.length && other.files.every((file) => hashes.has(hashOf(file)));
}
