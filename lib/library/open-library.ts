/**
 * The way in: IndexedDB where the browser grants it, else the twin in memory, with the reason, so that the page can say that
 * runs will not outlast the tab.
 */
import type { LibraryError, TrajectoryLibrary } from './contract';
import { toLibraryError } from './errors';
import type { IndexedDbOptions } from './connection';
import { createIndexedDbLibrary } from './indexed-db-library';
import { createMemoryLibrary } from './memory-library';
import { ReaderGone, type Reader } from './reader-contract';

export interface OpenedLibrary {
  readonly library: TrajectoryLibrary;
  /** False where runs last only until the tab is closed. */
  readonly persistent: boolean;
  /** Why it is not persistent; null where it is. */
  readonly problem: LibraryError | null;
}

/** Never rejects. Private modes, blocked storage and missing IndexedDB all end in the memory twin. */
export async function openLibrary(options: IndexedDbOptions = {}): Promise<OpenedLibrary> {
  try {
    const reader = typeof Worker === 'undefined' ? null : readerLater(options.name);
    return { library: await createIndexedDbLibrary(options, reader), persistent: true, problem: null };
  } catch (error) {
    return { library: createMemoryLibrary(), persistent: false, problem: toLibraryError(error) };
  }
}

/** The reader, whose code comes with the first run that is opened or file that is brought. */
function readerLater(name: string | undefined): Reader {
  let made: Promise<Reader> | null = null;
  const get = (): Promise<Reader> =>
    (made ??= import('./reader').then(
      ({ createReader }) => createReader(name),
      () => {
        made = null;
        throw new ReaderGone('no code');
      },
    ));
  return {
    load: async (...given) => (await get()).load(...given),
    importFiles: async (...given) => (await get()).importFiles(...given),
    close: () => void made?.then((reader) => reader.close()).catch(() => undefined),
  };
}
