/**
 * Copies a shared run into the visitor's own library, as a run of its own: a fresh id, the original named as its parent. The runs that came
 * with it go along, with fresh ids too, and stay the branches that they were.
 * What the visitor has under any id stays as it is. It may be the first run kept here, so the browser is asked to hold on
 * to it.
 */
import { createPersistence, openLibrary, pageStorage, type Persistence } from '@/lib/library';
import { makeThumbnail } from '@/lib/image';
import type { SharedRun } from '@/lib/share';
import type { Trajectory } from '@/lib/trajectory';

export type Copied = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly error: unknown };

/** Some browsers ask the person, who may not answer; the page goes on to the copy all the same. */
const ANSWER_MS = 10_000;

/** @param bitmap the picture on screen, for the thumbnail; null where there is none */
export async function copyRun(
  share: SharedRun,
  cursor: number,
  bitmap: ImageBitmap | null,
  persistence: Pick<Persistence, 'ask'> = createPersistence(navigator.storage ?? null, pageStorage()),
): Promise<Copied> {
  const { trajectory, beside, images } = share;
  const ids = new Map([trajectory, ...beside].map((run) => [run.id, crypto.randomUUID()]));
  const copied = copyOf(trajectory, ids, { runId: trajectory.id, steps: cursor, change: null });
  const { library, persistent, problem } = await openLibrary();
  try {
    if (!persistent) return { ok: false, error: problem };
    const small = bitmap ? await makeThumbnail(bitmap) : null;
    await library.save(copied, images, small);
    for (const run of beside) await library.save(copyOf(run, ids, run.parent), images, null);
    await Promise.race([persistence.ask(true), new Promise((resolve) => setTimeout(resolve, ANSWER_MS))]);
    return { ok: true, id: copied.id };
  } catch (error) {
    return { ok: false, error };
  } finally {
    library.close();
  }
}

/** @param parent where its own is none of those that are copied */
function copyOf(run: Trajectory, ids: ReadonlyMap<string, string>, parent: Trajectory['parent']): Trajectory {
  const within = run.parent && ids.get(run.parent.runId);
  return {
    ...run,
    // Every run that is copied has one.
    id: ids.get(run.id) ?? run.id,
    updatedAt: new Date().toISOString(),
    parent: run.parent && within !== null && within !== undefined ? { ...run.parent, runId: within } : parent,
  };
}
