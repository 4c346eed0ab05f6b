/**
 * The way in: IndexedDB where the browser grants it, else the twin in memory, with the reason, so that the page can say that
 * runs will not outlast the tab.
 */
import type { LibraryError, TrajectoryLibrary } from './contract';
import { toLibraryError } from './errors';
import type { IndexedDbOptions } from './connection';
import { createIndexedDbLibrary } from './indexed-db-library';
import { createMemoryLibrary } from './memory-library';
import { createReader } from './reader';

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
    const reader = typeof Worker === 'undefined' ? null : createReader(options.name);
    return { library: await createIndexedDbLibrary(options, reader), persistent: true, problem: null };
  } catch (error) {
    return { library: createMemoryLibrary(), persistent: false, problem: toLibraryError(error) };
  }
}
