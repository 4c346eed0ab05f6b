/**
 * The library's twin in memory: same behaviour, gone with the tab. For browsers that refuse IndexedDB, and for tests.
 */
import { hashesOf, mainPicture } from '@/lib/trajectory';
import { LibraryError, type RunSummary, type TrajectoryLibrary } from './contract';
import { corrupt, gone, removed } from './errors';
import { createListeners } from './listeners';
import { lastRemovedFirst, newestFirst, summarise } from './summary';
import { changeTags } from './tags';

interface Row {
  readonly trajectory: unknown;
  readonly summary: RunSummary;
  readonly files: readonly string[];
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

  const isUsed = (hash: string): boolean => [...runs.values()].some(({ files }) => files.includes(hash));

  function dropUnused(hashes: readonly string[]): void {
    for (const hash of hashes) {
      if (isUsed(hash)) continue;
      images.delete(hash);
      thumbnails.delete(hash);
    }
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
    save: (given, files, thumbnail, { onlyIfKept = false, tags = [] } = {}) => {
      // Copied at the call, as IndexedDB does: what the caller changes later is not ours.
      const copy = structuredClone(given);
      return change(() => {
        const before = runs.get(copy.id);
        const kept = before?.summary.removedAt === null ? before : null;
        if (onlyIfKept && !kept) throw removed();
        const trajectory = kept ? { ...copy, title: kept.summary.title } : copy;
        const nextTags = kept ? kept.summary.tags : changeTags([], { add: tags });
        const named = hashesOf(trajectory);
        let fileBytes = 0;
        for (const hash of named) {
          const bytes = files.get(hash);
          fileBytes += bytes?.size ?? 0;
          if (bytes && !images.has(hash)) images.set(hash, bytes);
        }
        const summary = { ...summarise(trajectory, fileBytes, nextTags), removedAt: null };
        runs.set(copy.id, { trajectory, summary, files: named });
        const main = mainPicture(trajectory)?.file.hash ?? null;
        if (thumbnail && main !== null && !thumbnails.has(main)) thumbnails.set(main, thumbnail);
        if (before) dropUnused(before.files);
      });
    },

    load: async (id, { evenRemoved = false } = {}) => {
      const { parseTrajectory } = await import('@/lib/trajectory/document');
      return attempt(() => {
        const run = runs.get(id);
        if (!run || (run.summary.removedAt !== null && !evenRemoved)) return null;
        const parsed = parseTrajectory(structuredClone(run.trajectory));
        if (!parsed.ok) throw corrupt(parsed.problems[0]?.message);
        const here = hashesOf(parsed.trajectory).flatMap((hash) => {
          const bytes = images.get(hash);
          return bytes ? [[hash, bytes] as const] : [];
        });
        return { trajectory: parsed.trajectory, files: new Map(here) };
      });
    },

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
          ...run,
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
          dropUnused(row.files);
        }
      }),

    thumbnail: (hash) => attempt(() => thumbnails.get(hash) ?? null),

    keepThumbnail: (hash, thumbnail) =>
      attempt(() => {
        if (isUsed(hash)) thumbnails.set(hash, thumbnail);
      }),

    subscribe: listeners.subscribe,

    close() {
      closed = true;
      listeners.close();
    },
  };
}
