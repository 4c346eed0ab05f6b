/**
 * Where a collection is kept: a database of its own, apart from the runs. Stores: `files`, one row a file that was given; `documents` and
 * `pictures`, what was read out of them; `meta`: the index as it was last written, and the number of changes, by which tabs see that another
 * has changed something.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Features } from './alike';
import type { KeptFile, ReadDocument, ReadPicture } from './collection-contract';
import { SearchError } from './contract';

export interface KeptDocument extends ReadDocument {
  readonly id: number;
  readonly file: number;
}

export interface KeptPicture extends Omit<ReadPicture, 'bytes'> {
  readonly id: number;
  readonly file: number;
  /** As bytes: a private window of Safari keeps no Blobs. */
  readonly bytes: ArrayBuffer;
  readonly type: string;
  readonly features: Features | null;
}

type FileRow = KeptFile & { /** All of it is here. */ readonly whole: boolean };

interface Schema extends DBSchema {
  files: { key: number; value: Omit<FileRow, 'id'> & { readonly id?: number } };
  documents: {
    key: number;
    value: Omit<KeptDocument, 'id'> & { readonly id?: number };
    indexes: { 'by-file': number; 'by-address': string };
  };
  pictures: {
    key: number;
    value: Omit<KeptPicture, 'id'> & { readonly id?: number };
    indexes: { 'by-file': number };
  };
  meta: { key: string; value: { readonly key: string; readonly value: unknown } };
}

const COLLECTION_DATABASE = 'loupe-collection';
const VERSION = 1;
/** Documents that are read at once. */
const SLICE = 500;

export type Shelf = Awaited<ReturnType<typeof openShelf>>;

const asSearchError = (cause: unknown): Error => {
  if (cause instanceof SearchError) return cause;
  const name = cause instanceof Error ? cause.name : '';
  return new SearchError(name === 'QuotaExceededError' ? 'full' : 'storage', String(cause), { cause });
};

/** @throws SearchError `storage` */
export async function openShelf(name = COLLECTION_DATABASE) {
  let database: IDBPDatabase<Schema>;
  try {
    if (typeof indexedDB === 'undefined') throw new SearchError('storage', 'no IndexedDB');
    database = await openDB<Schema>(name, VERSION, {
      upgrade(made) {
        made.createObjectStore('files', { keyPath: 'id', autoIncrement: true });
        const documents = made.createObjectStore('documents', { keyPath: 'id', autoIncrement: true });
        documents.createIndex('by-file', 'file');
        documents.createIndex('by-address', 'address');
        made.createObjectStore('pictures', { keyPath: 'id', autoIncrement: true }).createIndex('by-file', 'file');
        made.createObjectStore('meta', { keyPath: 'key' });
      },
      // A newer version in another tab goes first.
      blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
    });
  } catch (error) {
    throw asSearchError(error);
  }

  const safely = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw asSearchError(error);
    }
  };

  const meta = async (key: string): Promise<unknown> => (await database.get('meta', key))?.value;

  const changes = () => safely(async () => Number((await meta('changes')) ?? 0));
  const changed = () =>
    safely(async () => void (await database.put('meta', { key: 'changes', value: (await changes()) + 1 })));

  /** With all that was read out of them. @returns ids of their documents */
  const removeFiles = (ids: readonly number[]) =>
    safely(async () => {
      const gone: number[] = [];
      for (const id of ids) {
        const work = database.transaction(['files', 'documents', 'pictures'], 'readwrite');
        for (const store of ['documents', 'pictures'] as const) {
          const keys = await work.objectStore(store).index('by-file').getAllKeys(id);
          for (const key of keys) void work.objectStore(store).delete(key);
          if (store === 'documents') gone.push(...keys);
        }
        void work.objectStore('files').delete(id);
        await work.done;
      }
      return gone;
    });

  return {
    changes,
    changed,
    files: () =>
      safely(async (): Promise<readonly FileRow[]> => {
        // Rows have their keys once they lie there.
        const rows = (await database.getAll('files')) as FileRow[];
        return rows;
      }),
    beginFile: (path: string, bytes: number) =>
      safely(() => database.add('files', { path, bytes, documents: 0, pictures: 0, whole: false })),
    endFile: (row: FileRow) => safely(async () => void (await database.put('files', row))),
    removeFiles,
    /** In one transaction. @returns their ids, in order */
    addDocuments: (rows: readonly Omit<KeptDocument, 'id'>[]) =>
      safely(async () => {
        const work = database.transaction('documents', 'readwrite');
        const ids = await Promise.all(rows.map((row) => work.store.add(row)));
        await work.done;
        return ids;
      }),
    addPicture: (row: Omit<KeptPicture, 'id'>) => safely(async () => void (await database.add('pictures', row))),
    document: (id: number) =>
      safely(async () => ((await database.get('documents', id)) as KeptDocument | undefined) ?? null),
    /** The latest of that address. */
    documentAt: (address: string) =>
      safely(async () => {
        const all = (await database.getAllFromIndex('documents', 'by-address', address)) as KeptDocument[];
        return all.at(-1) ?? null;
      }),
    /** A slice of all, from after that id on. */
    documentsAfter: (id: number) =>
      safely(
        async () => (await database.getAll('documents', IDBKeyRange.lowerBound(id, true), SLICE)) as KeptDocument[],
      ),
    documentCount: () => safely(() => database.count('documents')),
    pictures: () => safely(async () => (await database.getAll('pictures')) as KeptPicture[]),
    writtenIndex: () =>
      safely(async () => {
        const kept = (await meta('index')) as { readonly changes: number; readonly bytes: ArrayBuffer } | undefined;
        return kept ?? null;
      }),
    keepIndex: (at: number, bytes: ArrayBuffer) =>
      safely(async () => void (await database.put('meta', { key: 'index', value: { changes: at, bytes } }))),
    close: () => database.close(),
  };
}
