/**
 * A session over one result: the playground's own, so that it is shown by the same code as every run, with a library in memory
 * that holds nothing else and an engine that refuses. Nothing of the person's own runs is read or written.
 */
import type { BenchResult } from '@/lib/bench';
import { EngineError, type VlmEngine } from '@/lib/engine';
import { createImageService } from '@/lib/image';
import { createMemoryLibrary } from '@/lib/library';
import { createSession, createView, type Session, type View } from '@/lib/session';

const refuse = (): never => {
  throw new EngineError('not-loaded', 'A result is only looked at.');
};

const LOOKED_AT: VlmEngine = { load: refuse, generate: refuse, dispose: () => Promise.resolve() };

export interface OpenedResult {
  readonly session: Session;
  readonly view: View;
  readonly close: () => void;
}

/** @param picture null where it can no longer be read: the steps are shown all the same */
export async function openResult({ trajectory }: BenchResult, picture: Blob | null): Promise<OpenedResult> {
  const library = createMemoryLibrary();
  await library.save(trajectory, picture, null);
  const images = createImageService();
  const session = createSession({
    engine: LOOKED_AT,
    images,
    library,
    now: () => performance.now(),
    storage: null,
  });
  await session.actions.openRun(trajectory.id);
  session.actions.dismissNotice(); // a picture that is gone is seen to be
  const close = () => {
    session.actions.dispose();
    images.dispose();
  };
  return { session, view: createView(session), close };
}
