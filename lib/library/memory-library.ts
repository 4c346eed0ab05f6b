/**
 * The library's twin in memory: same behaviour, gone with the tab. For browsers that refuse IndexedDB, and for tests.
 */
import { parseTrajectory } from '@/lib/trajectory';
import { LibraryError, type RunSummary, type TrajectoryLibrary } from './contract';
import { corrupt, gone, removed } from './errors';
import { createListeners } from './listeners';
import { lastRemovedFirst, newestFirst, summarise } from './summary';
import { changeTags } from './tags';

interface Row {
  readonly trajectory: unknown;
  readonly summary: RunSummary;
}

export function createMemoryLibrary(): TrajectoryLibrary {
  const runs = new Map<string, Row>();
  const images = new Map<string, Blob>();
  const thumbnails = new Map<string, Blob>();
  const listeners = createListeners(null);
  let closed = false;

  /** Lets callers see a promise also where something is thrown, and nobody see a state in between. */
  async function attempt<T>(work: () => T): Promise<T> {
    await Promise.resolve();
    if (closed) throw new LibraryError('unavailable', 'closed');
    return work();
  }

  const change = (work: () => void): Promise<void> =>
    attempt(() => {
      work();
      listeners.announce();
    });

  const summaries = (): RunSummary[] => [...runs.values()].map(({ summary }) => summary);

  function dropUnusedImage(hash: string): void {
    if (summaries().some(({ imageHash }) => imageHash === hash)) return;
    images.delete(hash);
    thumbnails.delete(hash);
  }

  function changeRows(
    ids: readonly string[],
    whether: 'kept' | 'removed',
    next: (summary: RunSummary) => RunSummary,
  ): Promise<void> {
    return change(() => {
      for (const id of ids) {
        const row = runs.get(id);
        if (!row || (row.summary.removedAt === null) !== (whether === 'kept')) continue;
        runs.set(id, { ...row, summary: next(row.summary) });
      }
    });
  }

  return {
    save: (given, image, thumbnail, { onlyIfKept = false, tags = [] } = {}) => {
      // Copied at the call, as IndexedDB does: what the caller changes later is not ours.
      const copy = structuredClone(given);
      return change(() => {
        const before = runs.get(copy.id);
        const kept = before?.summary.removedAt === null ? before : null;
        if (onlyIfKept && !kept) throw removed();
        const trajectory = kept ? { ...copy, title: kept.summary.title } : copy;
        const nextTags = kept ? kept.summary.tags : changeTags([], { add: tags });
        const summary = { ...summarise(trajectory, image?.size ?? 0, nextTags), removedAt: null };
        runs.set(copy.id, { trajectory, summary });
        const { hash } = copy.image;
        if (image && !images.has(hash)) images.set(hash, image);
        if (thumbnail && !thumbnails.has(hash)) thumbnails.set(hash, thumbnail);
        if (before) dropUnusedImage(before.summary.imageHash);
      });
    },

    load: (id, { evenRemoved = false } = {}) =>
      attempt(() => {
        const run = runs.get(id);
        if (!run || (run.summary.removedAt !== null && !evenRemoved)) return null;
        const parsed = parseTrajectory(structuredClone(run.trajectory));
        if (!parsed.ok) throw corrupt(parsed.problems[0]?.message);
        return { trajectory: parsed.trajectory, image: images.get(parsed.trajectory.image.hash) ?? null };
      }),

    list: () =>
      attempt(() =>
        summaries()
          .filter(({ removedAt }) => removedAt === null)
          .sort(newestFirst),
      ),

    listRemoved: () =>
      attempt(() =>
        summaries()
          .filter(({ removedAt }) => removedAt !== null)
          .sort(lastRemovedFirst),
      ),

    rename: (id, title) =>
      change(() => {
        const run = runs.get(id);
        if (run?.summary.removedAt !== null) throw gone();
        runs.set(id, {
          trajectory: { ...(run.trajectory as object), title },
          summary: { ...run.summary, title },
        });
      }),

    tag: (ids, given) => changeRows(ids, 'kept', (summary) => ({ ...summary, tags: changeTags(summary.tags, given) })),

    remove: async (ids) => {
      const removedAt = new Date().toISOString();
      await changeRows(ids, 'kept', (summary) => ({ ...summary, removedAt }));
      return [];
    },

    restore: async (ids) => {
      await changeRows(ids, 'removed', (summary) => ({ ...summary, removedAt: null }));
      return ids.filter((id) => !runs.has(id));
    },

    erase: (ids) =>
      change(() => {
        for (const id of ids) {
          const row = runs.get(id);
          if (!row || row.summary.removedAt === null) continue;
          runs.delete(id);
          dropUnusedImage(row.summary.imageHash);
        }
      }),

    thumbnail: (hash) => attempt(() => thumbnails.get(hash) ?? null),

    keepThumbnail: (hash, thumbnail) =>
      attempt(() => {
        if (summaries().some(({ imageHash }) => imageHash === hash)) thumbnails.set(hash, thumbnail);
      }),

    subscribe: listeners.subscribe,

    close() {
      closed = true;
      listeners.close();
    },
  };
}
