/**
 * A session over one finished run that is only looked at: the playground's own, so that live, kept, shared and measured runs are
 * shown by the same code, with a library in memory that holds nothing else and an engine that refuses. Nothing of the person's own
 * runs is read or written.
 */
import { EngineError, type VlmEngine } from '@/lib/engine';
import { createImageService } from '@/lib/image';
import { createMemoryLibrary, type RunFiles } from '@/lib/library';
import type { Trajectory } from '@/lib/trajectory';
import type { Session } from './contract';
import { createSession } from './create-session';

const refuse = (): never => {
  throw new EngineError('not-loaded', 'This run is only looked at.');
};

const NO_ENGINE: VlmEngine = { load: refuse, generate: refuse, dispose: () => Promise.resolve() };

export interface LookedAt {
  readonly session: Session;
  /** There is a picture, and this browser cannot decode it. */
  readonly pictureFailed: boolean;
  readonly close: () => void;
}

/** The steps are shown also where a picture is not there or cannot be decoded. */
export async function openLookedAt(trajectory: Trajectory, files: RunFiles): Promise<LookedAt> {
  const opened = await openWith(trajectory, files);
  const pictureFailed = files.size > 0 && opened.session.getState().trajectory === null;
  if (pictureFailed) opened.close();
  const { session, close } = pictureFailed ? await openWith(trajectory, new Map()) : opened;
  session.actions.dismissNotice(); // the page says what is missing
  return { session, pictureFailed, close };
}

async function openWith(trajectory: Trajectory, files: RunFiles): Promise<Omit<LookedAt, 'pictureFailed'>> {
  const library = createMemoryLibrary();
  await library.save(trajectory, files, null);
  const images = createImageService();
  const session = createSession({ engine: NO_ENGINE, images, library, now: () => performance.now(), storage: null });
  await session.actions.openRun(trajectory.id);
  const close = () => {
    session.actions.dispose();
    images.dispose();
  };
  return { session, close };
}
