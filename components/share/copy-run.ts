/**
 * Copies a shared run into the visitor's own library, as a run of its own: a fresh id, the original named as its parent.
 * What the visitor has under any id stays as it is. It may be the first run kept here, so the browser is asked to hold on
 * to it.
 */
import { createPersistence, openLibrary, pageStorage, type Persistence } from '@/lib/library';
import { makeThumbnail } from '@/lib/image';
import type { SharedRun } from '@/lib/share';

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
  const { trajectory, images } = share;
  const id = crypto.randomUUID();
  const { library, persistent, problem } = await openLibrary();
  try {
    if (!persistent) return { ok: false, error: problem };
    const copy = {
      ...trajectory,
      id,
      updatedAt: new Date().toISOString(),
      parent: { runId: trajectory.id, steps: cursor, change: null },
    };
    await library.save(copy, images, bitmap ? await makeThumbnail(bitmap) : null);
    await Promise.race([persistence.ask(true), new Promise((resolve) => setTimeout(resolve, ANSWER_MS))]);
    return { ok: true, id };
  } catch (error) {
    return { ok: false, error };
  } finally {
    library.close();
  }
}
