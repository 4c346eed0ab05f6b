/**
 * A session over one shared run: the playground's own, so that live, kept and shared runs are shown by the same code, with a
 * library in memory that holds nothing else and an engine that refuses. Nothing of the visitor's own is read or written.
 */
import { EngineError, type VlmEngine } from '@/lib/engine';
import { createImageService } from '@/lib/image';
import { createMemoryLibrary } from '@/lib/library';
import { createSession, type Session } from '@/lib/session';
import type { SharedRun } from '@/lib/share';

const refuse = (): never => {
  throw new EngineError('not-loaded', 'A shared run is only looked at.');
};

const NO_ENGINE: VlmEngine = { load: refuse, generate: refuse, dispose: () => Promise.resolve() };

export interface SharedSession {
  readonly session: Session;
  /** The share has a picture that this browser cannot decode. */
  readonly pictureFailed: boolean;
}

async function openWith({ trajectory }: SharedRun, picture: Blob | null): Promise<Session> {
  const library = createMemoryLibrary();
  await library.save(trajectory, picture, null);
  const session = createSession({
    engine: NO_ENGINE,
    images: createImageService(),
    library,
    now: () => performance.now(),
    storage: null,
  });
  await session.actions.openRun(trajectory.id);
  return session;
}

/** The steps are shown also where the picture is not there or cannot be decoded. */
export async function openSharedSession(share: SharedRun): Promise<SharedSession> {
  const picture = share.images.get(share.trajectory.image.hash) ?? null;
  const session = await openWith(share, picture);
  const shown = session.getState().trajectory !== null;
  if (shown || !picture) {
    session.actions.dismissNotice(); // the header says what is missing
    return { session, pictureFailed: false };
  }
  session.actions.dispose();
  const bare = await openWith(share, null);
  bare.actions.dismissNotice();
  return { session: bare, pictureFailed: true };
}
