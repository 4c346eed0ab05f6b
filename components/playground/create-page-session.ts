/**
 * The page's session with its real parts: the worker engine, the decoders, this browser's storage. A chunk of its own.
 */
import { connectEngine } from '@/lib/engine';
import { createImageService } from '@/lib/image';
import { createStorageDesk, openLibrary, pageStorage } from '@/lib/library';
import { createSession, type Session } from '@/lib/session';

export async function createPageSession(): Promise<Session> {
  const { library, problem } = await openLibrary();
  const storage = pageStorage(); // refused: settings then last as long as the page
  return createSession({
    engine: connectEngine(),
    images: createImageService(),
    library,
    now: () => performance.now(),
    storage,
    storageDesk: createStorageDesk(navigator.storage ?? null, storage),
    notKept: problem,
  });
}
