/**
 * Keeps the run on screen in the library: from the moment it is asked, now and then while it grows, and at its end. Saves never overlap
 * and the last one wins; a library that refuses is told of once and does not disturb the run. A run that was deleted
 * meanwhile, in this tab or another, is not brought back by its next step, but by the person who asks for it.
 */
import { LibraryError, type RunFiles, type TrajectoryLibrary } from '@/lib/library';
import type { Trajectory } from '@/lib/trajectory';

/** A growing run is written at most so often, in milliseconds. */
export const SAVE_EVERY_MS = 1500;

export interface RunKeeper {
  /** Asks for `trajectory` to be kept: soon, or at once when `now`. Resolves when nothing is left to write. */
  keep(trajectory: Trajectory, now: boolean): Promise<void>;
  /** Writes what waits to be written now: the page may be about to go. */
  flush(): void;
  /** Takes back what was kept of a question that never became a run. */
  withdraw(): Promise<void>;
  /**
   * Keeps it anew, also where it was deleted, and goes on keeping what is still to come. Resolves with whether it is kept;
   * where it is not, `refused` was told.
   */
  keepAgain(trajectory: Trajectory): Promise<boolean>;
}

export interface KeptPictures {
  readonly files: RunFiles;
  /** Of the main one; made once, when first needed. */
  readonly thumbnail: () => Promise<Blob | null>;
}

export interface KeeperHears {
  /** The first error only; after `keepAgain` the first from then on. */
  readonly refused: (error: unknown) => void;
  /** The run has ended and all of it is kept. */
  readonly kept: () => void;
}

/** One a run. */
export function createRunKeeper(library: TrajectoryLibrary, pictures: KeptPictures, hears: KeeperHears): RunKeeper {
  let latest: Trajectory | null = null;
  let unwritten = false;
  let writing: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let told = false;
  let isKept = false;
  let removed = false;
  let thumbnail: Promise<Blob | null> | null = null;

  const write = async () => {
    while (latest && unwritten && !removed) {
      const trajectory = latest;
      unwritten = false;
      try {
        thumbnail ??= pictures.thumbnail().catch(() => null);
        // A page may be closed before a small picture is drawn: it comes with the next writing.
        const small = isKept || trajectory.status !== 'running' ? await thumbnail : null;
        await library.save(trajectory, pictures.files, small, { onlyIfKept: isKept });
        isKept = true;
        if (trajectory.status !== 'running') hears.kept();
      } catch (error) {
        removed = error instanceof LibraryError && error.code === 'removed';
        if (!told) hears.refused(error);
        told = true;
      }
    }
    writing = null;
  };
  const flush = (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    // Only where there is something to write: what ends at once would be taken for one that still goes on.
    if (unwritten && !removed) writing ??= write();
    return writing ?? Promise.resolve();
  };

  return {
    keep(trajectory, now) {
      latest = trajectory;
      unwritten = true;
      if (now) return flush();
      timer ??= setTimeout(() => void flush(), SAVE_EVERY_MS);
      return Promise.resolve();
    },
    flush: () => void flush(),
    async withdraw() {
      unwritten = false;
      await flush();
      const { id } = latest ?? {};
      if (!isKept || removed || id === undefined) return;
      // What cannot be taken back stays in the list, as a question that was stopped.
      await library.remove([id]).then(
        () => library.erase([id]),
        () => undefined,
      );
    },
    async keepAgain(trajectory) {
      latest = trajectory;
      await writing;
      // Steps may have come while that was written: the latest are what is kept.
      unwritten = true;
      [told, isKept, removed] = [false, false, false];
      await flush();
      return !told;
    },
  };
}
