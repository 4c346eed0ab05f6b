/**
 * The IndexedDB database and its versions. One migration leads from each version to the next; a database of any age passes
 * through all that it lacks, inside the one upgrade transaction, which either happens whole or not at all.
 *
 * Stores. `runs`: the trajectory by id. `summaries`: its line in the list (apart, so that listing does not read every token
 * of every run); a deleted run has `removedAt` in it. `images`: the file as given, by SHA-256; how many runs use it is
 * counted, never stored. `thumbnails`: its small picture, by the same hash. `meta`: when the database was made and by which
 * migration it was last changed.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { type FileHash } from '@/lib/trajectory';
import type { parseTrajectory } from '@/lib/trajectory/document';
import { blobOf, type KeptBytes } from './kept-bytes';
import { summarise } from './summary';

export const DATABASE_NAME = 'loupe-library';

/** What the code relies on in a summary; the rest passes the schema of summary.ts on the way out. */
export interface SummaryRow {
  readonly id: string;
  /** Hashes of all files that the run's pictures are. Rows of earlier versions, whose run cannot be read, have one in `imageHash`. */
  readonly files: readonly FileHash[];
  readonly tags?: readonly string[];
  /** Left out while kept: IndexedDB indexes only what is there. */
  readonly removedAt?: string;
}

export interface LibraryDatabase extends DBSchema {
  /** `trajectory` is whatever was written, perhaps by another version: parsed on the way out. */
  runs: { key: string; value: { readonly id: string; readonly trajectory: unknown } };
  summaries: {
    key: string;
    value: SummaryRow;
    /** `by-file` has one entry for each of a row's files. */
    indexes: { 'by-file': FileHash; 'by-removed': string };
  };
  images: { key: FileHash; value: KeptBytes };
  thumbnails: { key: FileHash; value: KeptBytes };
  meta: { key: string; value: { readonly key: string; readonly value: unknown } };
}

export type UpgradeTransaction<Schema extends DBSchema = LibraryDatabase> = IDBPTransaction<
  Schema,
  StoreNames<Schema>[],
  'versionchange'
>;

/** Brings a database from the version of its place in the table to the next one. */
export type Migration = (
  database: IDBPDatabase<LibraryDatabase>,
  transaction: UpgradeTransaction,
) => void | Promise<void>;

/** From nothing to version 1. */
const create: Migration = async (database, transaction) => {
  database.createObjectStore('runs', { keyPath: 'id' });
  database.createObjectStore('summaries', { keyPath: 'id' }).createIndex('by-image' as 'by-file', 'imageHash');
  database.createObjectStore('images', { keyPath: 'hash' });
  database.createObjectStore('meta', { keyPath: 'key' });
  await transaction.objectStore('meta').put({ key: 'createdAt', value: new Date().toISOString() });
};

/** What an upgrade from version 1 reads runs with: fetched before it, because an upgrade cannot wait for anything but the database. */
let parse: typeof parseTrajectory | null = null;

export class ReaderMissing extends Error {
  override readonly name = 'ReaderMissing';
}

export async function fetchReader(): Promise<void> {
  parse = (await import('@/lib/trajectory/document')).parseTrajectory;
}

/**
 * To version 2: tags, sizes and boxes in the summaries, deleted runs, and thumbnails by image in a store of their own. A run
 * that cannot be read keeps the line it had.
 */
const tagAndThumbnail: Migration = async (database, transaction) => {
  // No row of a new database needs one.
  if (!parse && (await transaction.objectStore('runs').count()) > 0) throw new ReaderMissing();
  database.createObjectStore('thumbnails', { keyPath: 'hash' });
  transaction.objectStore('summaries').createIndex('by-removed', 'removedAt');
  // One at a time: a library may be large, and an upgrade holds what it reads.
  let cursor = await transaction.objectStore('summaries').openCursor();
  while (cursor) {
    const { thumbnail, ...before } = cursor.value as OneImageRow & { readonly thumbnail?: unknown };
    if (thumbnail instanceof Blob) {
      await transaction.objectStore('thumbnails').put({ hash: before.imageHash, bytes: thumbnail });
    }
    const run = await transaction.objectStore('runs').get(before.id);
    const image = await transaction.objectStore('images').get(before.imageHash);
    const parsed = parse?.(run?.trajectory);
    const line = parsed?.ok ? summarise(parsed.trajectory, blobOf(image)?.size ?? 0, []) : { ...before, tags: [] };
    // Rows as that version had them; the next migration gives them their files.
    await cursor.update({ ...line, imageHash: before.imageHash } as OneImageRow);
    cursor = await cursor.continue();
  }
};

/**
 * To version 3: a run may have many pictures, so its row names all of their files. Runs are brought to the newest form where they are
 * read, not here: a library may be large.
 */
const nameFiles: Migration = async (_database, transaction) => {
  const summaries = transaction.objectStore('summaries');
  summaries.deleteIndex('by-image');
  summaries.createIndex('by-file', 'files', { multiEntry: true });
  let cursor = await summaries.openCursor();
  while (cursor) {
    const row = cursor.value as OneImageRow;
    await cursor.update({ ...row, files: [row.imageHash] });
    cursor = await cursor.continue();
  }
};

/** A row as versions 1 and 2 had it: one picture a run. */
type OneImageRow = SummaryRow & { readonly imageHash: FileHash };

/** The version of the database is the length of this table. Entries are only ever added. */
export const MIGRATIONS: readonly Migration[] = [create, tagAndThumbnail, nameFiles];

/** Runs what lies between `from` (0: a new database) and the table's end. */
export async function migrateDatabase(
  database: IDBPDatabase<LibraryDatabase>,
  transaction: UpgradeTransaction,
  from: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (const migration of migrations.slice(from)) await migration(database, transaction);
  await transaction.objectStore('meta').put({ key: 'schemaVersion', value: migrations.length });
}
