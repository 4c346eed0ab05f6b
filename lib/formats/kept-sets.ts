/** Sets that a person wants kept in this browser: the files as they were given, in a database of their own, and how they are read. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { GivenFile } from './containers/source';
import type { Reading } from './contract';

export interface KeptSet {
  readonly id: string;
  readonly name: string;
  /** ISO 8601. */
  readonly keptAt: string;
  readonly rows: number;
  readonly bytes: number;
}

interface SetsDatabase extends DBSchema {
  sets: { key: string; value: KeptSet };
  files: { key: string; value: readonly GivenFile[] };
  readings: { key: string; value: Reading };
}

export interface KeptSets {
  keep(set: Omit<KeptSet, 'keptAt' | 'bytes'>, files: readonly GivenFile[]): Promise<void>;
  /** Newest first. */
  list(): Promise<readonly KeptSet[]>;
  /** Null where there is none (any more). */
  load(id: string): Promise<{ readonly set: KeptSet; readonly files: readonly GivenFile[] } | null>;
  remove(id: string): Promise<void>;
  /** How a file is read, by what tells it from others (`fileMark`). */
  reading(mark: string): Promise<Reading | null>;
  keepReading(mark: string, reading: Reading): Promise<void>;
}

const NAME = 'loupe-sets';

/** Each rejects where the browser lets nothing be kept; what is on screen does not depend on it. */
export function createKeptSets(): KeptSets {
  let opened: Promise<IDBPDatabase<SetsDatabase>> | null = null;
  const database = () => {
    opened ??= openDB<SetsDatabase>(NAME, 1, {
      upgrade(made) {
        made.createObjectStore('sets', { keyPath: 'id' });
        made.createObjectStore('files');
        made.createObjectStore('readings');
      },
    });
    return opened;
  };
  return {
    async keep(set, files) {
      const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
      const transaction = (await database()).transaction(['sets', 'files'], 'readwrite');
      await Promise.all([
        transaction.objectStore('sets').put({ ...set, bytes, keptAt: new Date().toISOString() }),
        transaction.objectStore('files').put(files, set.id),
        transaction.done,
      ]);
    },
    list: async () => (await (await database()).getAll('sets')).toSorted((a, b) => b.keptAt.localeCompare(a.keptAt)),
    async load(id) {
      const from = await database();
      const [set, files] = await Promise.all([from.get('sets', id), from.get('files', id)]);
      return set && files ? { set, files } : null;
    },
    async remove(id) {
      const transaction = (await database()).transaction(['sets', 'files'], 'readwrite');
      await Promise.all([
        transaction.objectStore('sets').delete(id),
        transaction.objectStore('files').delete(id),
        transaction.done,
      ]);
    },
    reading: async (mark) => (await (await database()).get('readings', mark)) ?? null,
    keepReading: async (mark, reading) => void (await (await database()).put('readings', reading, mark)),
  };
}
