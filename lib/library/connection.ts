/**
 * A connection to the database that is opened when needed and again when the browser closed it. It gives way to a newer
 * version of the app in another tab, and says so from then on; it does not wait for ever for a tab that does not give way.
 */
import { openDB, type IDBPDatabase } from 'idb';
import { LibraryError } from './contract';
import {
  DATABASE_NAME,
  fetchReader,
  MIGRATIONS,
  migrateDatabase,
  ReaderMissing,
  type LibraryDatabase,
  type Migration,
} from './database';
import { toLibraryError } from './errors';

export interface IndexedDbOptions {
  readonly name?: string;
  readonly migrations?: readonly Migration[];
  /** How long another tab may keep an older version open before opening is given up. */
  readonly blockedMs?: number;
}

export interface Connection {
  /** Rejects with `LibraryError`: `unavailable`, `blocked`, `outdated` or what a migration failed with. */
  get(): Promise<IDBPDatabase<LibraryDatabase>>;
  close(): void;
}

async function connect(
  { name = DATABASE_NAME, migrations = MIGRATIONS, blockedMs = 5_000 }: IndexedDbOptions,
  onLost: (outdated: boolean) => void,
): Promise<IDBPDatabase<LibraryDatabase>> {
  if (typeof indexedDB === 'undefined') throw new LibraryError('unavailable');
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let givenUp = false;
  let failure: unknown;
  return new Promise((resolve, reject) => {
    openDB<LibraryDatabase>(name, migrations.length, {
      upgrade(database, from, _to, transaction) {
        transaction.done.catch(() => undefined);
        // A migration that throws must not leave a half-made database behind.
        migrateDatabase(database, transaction, from, migrations).catch((error: unknown) => {
          failure = error;
          abortQuietly(transaction);
        });
      },
      blocked() {
        waiting = setTimeout(() => {
          givenUp = true;
          reject(new LibraryError('blocked'));
        }, blockedMs);
      },
      blocking(_from, _to, event) {
        // Give way to the newer version, or it could never open.
        (event.target as IDBDatabase).close();
        onLost(true);
      },
      terminated: () => onLost(false),
    }).then(
      (database) => {
        clearTimeout(waiting);
        if (givenUp) database.close();
        else resolve(database);
      },
      (error: unknown) => {
        clearTimeout(waiting);
        if (!(failure instanceof ReaderMissing)) return reject(toLibraryError(failure ?? error));
        // Undone; once more with what it lacked.
        fetchReader()
          .then(() => connect({ name, migrations, blockedMs }, onLost))
          .then(resolve, (again: unknown) => reject(toLibraryError(again)));
      },
    );
  });
}

export function abortQuietly(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // Already finished.
  }
}

/** @param onCleared the browser closed the connection: what was kept may be gone */
export function createConnection(options: IndexedDbOptions, onCleared: () => void = () => undefined): Connection {
  let database: IDBPDatabase<LibraryDatabase> | null = null;
  let outdated = false;
  let closed = false;
  const onLost = (newer: boolean): void => {
    database = null;
    outdated ||= newer;
    if (!newer) onCleared();
  };
  return {
    async get() {
      if (closed) throw new LibraryError('unavailable', 'closed');
      if (outdated) throw new LibraryError('outdated');
      // Browsers may close a connection by themselves (cleared data, storage trouble): open it again.
      database ??= await connect(options, onLost);
      return database;
    },
    close() {
      closed = true;
      database?.close();
      database = null;
    },
  };
}
