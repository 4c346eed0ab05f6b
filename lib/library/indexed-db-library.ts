/**
 * The library in IndexedDB. Every change is one transaction: after an error (a full disk, a closed tab) the state is the one
 * before. Changes read what they change inside their transaction, so that two tabs never undo each other. What is read is
 * parsed, beside the page (reader.ts); what cannot be parsed is left out of lists and refused by `load`.
 */
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { hashesOf, mainPicture, type FileHash, type Trajectory } from '@/lib/trajectory';
import { abortQuietly, createConnection, type IndexedDbOptions } from './connection';
import {
  BIN_DAYS,
  LibraryError,
  type LoadedRun,
  type LoadOptions,
  type RunFiles,
  type SaveOptions,
  type TrajectoryLibrary,
} from './contract';
import { DATABASE_NAME, type LibraryDatabase, type SummaryRow } from './database';
import { corrupt, gone, isQuota, removed, toLibraryError } from './errors';
import { blobOf, toKept, type KeptBytes } from './kept-bytes';
import { createListeners } from './listeners';
import { ReaderGone, type Reader } from './reader-contract';
import { lastRemovedFirst, newestFirst, parseSummaries, summarise } from './summary';
import { changeTags } from './tags';

const STORES = ['runs', 'summaries', 'images', 'thumbnails'] as const;
type Change = IDBPTransaction<LibraryDatabase, typeof STORES, 'readwrite'>;

const DAY_MS = 86_400_000;

/** Removes files and their thumbnails when no run, deleted ones included, uses them any more. */
async function dropUnused(change: Change, hashes: readonly FileHash[]): Promise<void> {
  for (const hash of hashes) {
    if ((await change.objectStore('summaries').index('by-file').count(hash)) > 0) continue;
    await change.objectStore('images').delete(hash);
    await change.objectStore('thumbnails').delete(hash);
  }
}

/** Whether there was one. Kept ones are passed over, unless any is meant. */
async function eraseRun(change: Change, id: string, which: 'removed' | 'any' = 'removed'): Promise<boolean> {
  const row = await change.objectStore('summaries').get(id);
  if (!row || (row.removedAt === undefined && which === 'removed')) return false;
  await change.objectStore('runs').delete(id);
  await change.objectStore('summaries').delete(id);
  await dropUnused(change, row.files);
  return true;
}

const asKept = ({ removedAt: _removedAt, ...row }: SummaryRow): SummaryRow => row;

/** Ids that are not kept are passed over. */
async function changeKept(
  change: Change,
  ids: readonly string[],
  next: (row: SummaryRow) => SummaryRow,
): Promise<void> {
  const summaries = change.objectStore('summaries');
  for (const id of ids) {
    const row = await summaries.get(id);
    if (row && row.removedAt === undefined) await summaries.put(next(row));
  }
}

/** The name stays with whoever gave it last, in whichever tab; the steps are the ones given. */
async function keptName(change: Change, given: Trajectory): Promise<Trajectory> {
  const kept = (await change.objectStore('runs').get(given.id))?.trajectory;
  const title = typeof kept === 'object' && kept !== null && 'title' in kept ? kept.title : null;
  return typeof title === 'string' ? { ...given, title } : given;
}

/** Bytes are needed that were not read: once more, with all of them. */
class NotRead extends Error {
  override readonly name = 'NotRead';
}

interface Saved {
  readonly trajectory: Trajectory;
  readonly files: RunFiles;
  /** What of them was not kept yet; null: it could not be read, since it was chosen it is gone. */
  readonly images: ReadonlyMap<FileHash, KeptBytes | null>;
  readonly thumbnail: KeptBytes | null;
  readonly options: SaveOptions;
}

async function saveRun(change: Change, { trajectory: given, files, images, thumbnail, options }: Saved): Promise<void> {
  const { id } = given;
  const named = hashesOf(given);
  const summaries = change.objectStore('summaries');
  const before = await summaries.get(id);
  const isKept = before !== undefined && before.removedAt === undefined;
  if (options.onlyIfKept && !isKept) throw removed();
  const trajectory = isKept ? await keptName(change, given) : given;
  const tags = isKept ? (before.tags ?? []) : changeTags([], { add: options.tags ?? [] });
  await change.objectStore('runs').put({ id, trajectory });
  // Files are large and named by their content: written once.
  let fileBytes = 0;
  for (const hash of named) {
    const file = files.get(hash);
    fileBytes += file?.size ?? 0;
    if (!file || (await change.objectStore('images').getKey(hash)) !== undefined) continue;
    const read = images.get(hash);
    // It was kept when that was asked, and is not any more.
    if (read === undefined) throw new NotRead();
    if (read) await change.objectStore('images').put(read);
  }
  if (thumbnail && (await change.objectStore('thumbnails').getKey(thumbnail.hash)) === undefined) {
    await change.objectStore('thumbnails').put(thumbnail);
  }
  await summaries.put(summarise(trajectory, fileBytes, tags));
  if (before)
    await dropUnused(
      change,
      before.files.filter((hash) => !named.includes(hash)),
    );
}

/**
 * Opens (and brings up to date) the database; rejects with `LibraryError` where it cannot.
 * @param reader reads documents beside this thread; null: they are read here
 */
export async function createIndexedDbLibrary(
  options: IndexedDbOptions = {},
  reader: Reader | null = null,
): Promise<TrajectoryLibrary> {
  const listeners = createListeners(`loupe-library:${options.name ?? DATABASE_NAME}`);
  const connection = createConnection(options, () => listeners.announce());
  try {
    await connection.get();
  } catch (error) {
    listeners.close();
    throw error;
  }

  /** Bytes are read before the transaction, which ends when it is left waiting; what comes after waits its turn. */
  let reading: Promise<unknown> = Promise.resolve();

  /** Runs `work` in one transaction over everything; what it throws undoes it. */
  async function attempt(work: (change: Change) => Promise<unknown>): Promise<void> {
    await reading;
    const transaction = (await connection.get()).transaction(STORES, 'readwrite');
    // Handled below; without this an abort would also be reported as an unhandled rejection.
    transaction.done.catch(() => undefined);
    try {
      await work(transaction);
      await transaction.done;
    } catch (error) {
      abortQuietly(transaction);
      // A write that does not fit aborts the transaction, and only the transaction knows that it was the quota.
      throw toLibraryError(transaction.error ?? error);
    }
  }

  async function change(work: (change: Change) => Promise<unknown>): Promise<void> {
    await attempt(work);
    listeners.announce();
  }

  /** Erases deleted runs: all, or those of a time. Whether there were any. */
  async function emptyBin(range: IDBKeyRange | null): Promise<boolean> {
    let erased = 0;
    await attempt(async (transaction) => {
      const ids = await transaction.objectStore('summaries').index('by-removed').getAllKeys(range);
      for (const id of ids) await eraseRun(transaction, id);
      erased = ids.length;
    });
    // Told also where what it made room for does not fit all the same: they are gone.
    if (erased > 0) listeners.announce();
    return erased > 0;
  }

  /** Room taken by what was deleted is given up before anyone is told that the disk is full. */
  async function changeWithRoom(work: (change: Change) => Promise<unknown>): Promise<void> {
    try {
      await change(work);
    } catch (error) {
      if (!isQuota(error) || !(await emptyBin(null).catch(() => false))) throw error;
      await change(work);
    }
  }

  async function read<T>(work: (database: IDBPDatabase<LibraryDatabase>) => Promise<T>): Promise<T> {
    try {
      return await work(await connection.get());
    } catch (error) {
      throw toLibraryError(error);
    }
  }

  /** The bytes of these files that are not kept yet, or of all. A run is kept also without a file that is gone since it was chosen. */
  async function readFiles(files: RunFiles, which: 'new' | 'all'): Promise<Saved['images']> {
    const found = new Map<FileHash, KeptBytes | null>();
    for (const [hash, file] of files) {
      if (which === 'new' && (await read((open) => open.getKey('images', hash))) !== undefined) continue;
      found.set(hash, await toKept(hash, file).catch(() => null));
    }
    return found;
  }

  /** Whether anything can be written, before it matters: some private windows open a database and refuse what is put into it. */
  async function tryWriting(): Promise<void> {
    const transaction = (await connection.get()).transaction('meta', 'readwrite');
    try {
      await transaction.store.put({ key: 'probe', value: new ArrayBuffer(1) });
      await transaction.store.delete('probe');
      await transaction.done;
    } catch (error) {
      transaction.done.catch(() => undefined);
      const why = toLibraryError(transaction.error ?? error);
      // A full disk still has what was kept before.
      if (!isQuota(why)) throw why;
    }
  }
  await tryWriting();

  function loadHere(id: string, { evenRemoved = false }: LoadOptions): Promise<LoadedRun | null> {
    return read(async (open) => {
      // Before the transaction, which ends when it is left waiting.
      const { parseTrajectory } = await import('@/lib/trajectory/document');
      const transaction = open.transaction(['runs', 'summaries', 'images'], 'readonly');
      const row = await transaction.objectStore('runs').get(id);
      const removedAt = (await transaction.objectStore('summaries').get(id))?.removedAt;
      if (!row || (removedAt !== undefined && !evenRemoved)) return null;
      const parsed = parseTrajectory(row.trajectory);
      if (!parsed.ok) throw corrupt(parsed.problems[0]?.message);
      const files = new Map<FileHash, Blob>();
      for (const hash of hashesOf(parsed.trajectory)) {
        const kept = await transaction.objectStore('images').get(hash);
        const file = blobOf(kept);
        if (file) files.set(hash, file);
      }
      return { trajectory: parsed.trajectory, files };
    });
  }

  // What was deleted long ago goes for good. Nobody waits for it, and a failure only puts it off.
  const longAgo = new Date(Date.now() - BIN_DAYS * DAY_MS).toISOString();
  void emptyBin(IDBKeyRange.upperBound(longAgo)).catch(() => undefined);

  return {
    async save(given, files, thumbnail, saving = {}) {
      // Copied at the call: what the caller changes while the transaction waits is not ours.
      const trajectory = structuredClone(given);
      const named = hashesOf(trajectory);
      const main = mainPicture(trajectory)?.file.hash ?? null;
      const own = new Map([...files].filter(([hash]) => named.includes(hash)));
      const prepare = async (which: 'new' | 'all'): Promise<Saved> => ({
        ...{ trajectory, files: own, options: saving, images: await readFiles(own, which) },
        thumbnail: thumbnail && main !== null ? await toKept(main, thumbnail) : null,
      });
      const keep = async (which: 'new' | 'all'): Promise<void> => {
        const preparing = reading.then(() => prepare(which));
        reading = preparing.catch(() => undefined);
        const run = await preparing;
        await changeWithRoom((transaction) => saveRun(transaction, run));
      };
      await keep('new').catch((error: unknown) => {
        if (!(error instanceof LibraryError && error.cause instanceof NotRead)) throw error;
        return keep('all');
      });
    },

    async load(id, loading = {}) {
      if (!reader) return loadHere(id, loading);
      try {
        return await reader.load(id, loading);
      } catch (error) {
        if (error instanceof ReaderGone) return loadHere(id, loading);
        throw error;
      }
    },

    ...(reader && { importFiles: reader.importFiles }),

    list: () =>
      read(async (open) => {
        const summaries = parseSummaries(await open.getAll('summaries'));
        return summaries.filter(({ removedAt }) => removedAt === null).sort(newestFirst);
      }),

    listRemoved: () =>
      read(async (open) =>
        parseSummaries(await open.getAllFromIndex('summaries', 'by-removed')).sort(lastRemovedFirst),
      ),

    rename: (id, title) =>
      change(async (transaction) => {
        const run = await transaction.objectStore('runs').get(id);
        const row = await transaction.objectStore('summaries').get(id);
        if (!run || !row || row.removedAt !== undefined) throw gone();
        await transaction.objectStore('runs').put({ id, trajectory: { ...(run.trajectory as object), title } });
        await transaction.objectStore('summaries').put({ ...row, title } as SummaryRow);
      }),

    tag: (ids, { add, remove }) => {
      const given = { ...(add && { add }), ...(remove && { remove }) };
      return change((transaction) =>
        changeKept(transaction, ids, (row) => ({ ...row, tags: changeTags(row.tags ?? [], given) })),
      );
    },

    async remove(ids) {
      const removedAt = new Date().toISOString();
      try {
        await changeWithRoom((transaction) => changeKept(transaction, ids, (row) => ({ ...row, removedAt })));
        return [];
      } catch (error) {
        if (!isQuota(error)) throw error;
        // No room even for a date. Deleting is what makes room, so it must not need any: erasing writes nothing.
        const erased: string[] = [];
        await change(async (transaction) => {
          for (const id of ids) if (await eraseRun(transaction, id, 'any')) erased.push(id);
        });
        return erased;
      }
    },

    async restore(ids) {
      const missing: string[] = [];
      await change(async (transaction) => {
        const summaries = transaction.objectStore('summaries');
        for (const id of ids) {
          const row = await summaries.get(id);
          if (!row) missing.push(id);
          else if (row.removedAt !== undefined) await summaries.put(asKept(row));
        }
      });
      return missing;
    },

    erase: (ids) =>
      change(async (transaction) => {
        for (const id of ids) await eraseRun(transaction, id);
      }),

    thumbnail: (hash) =>
      read(async (open) => {
        return blobOf(await open.get('thumbnails', hash));
      }),

    async keepThumbnail(hash, thumbnail) {
      const kept = await toKept(hash, thumbnail);
      await attempt(async (transaction) => {
        const uses = await transaction.objectStore('summaries').index('by-file').count(hash);
        if (uses > 0) await transaction.objectStore('thumbnails').put(kept);
      });
    },

    subscribe: listeners.subscribe,

    close() {
      listeners.close();
      reader?.close();
      connection.close();
    },
  };
}
