/**
 * The page's session with its real parts: the worker engine, the decoders, this browser's storage. A chunk of its own.
 */
import { createImageService } from '@/lib/image';
import { createStorageDesk, openLibrary, pageStorage } from '@/lib/library';
import { createSession, type Session } from '@/lib/session';
import { lateEngine } from './late-engine';

/** @param hubEndpoint where the server says that models of a hub come from; null: it says nothing */
export async function createPageSession(hubEndpoint: string | null): Promise<Session> {
  const { library, problem } = await openLibrary();
  const storage = pageStorage(); // refused: settings then last as long as the page
  return createSession({
    engine: lateEngine(),
    images: createImageService(),
    library,
    now: () => performance.now(),
    storage,
    hubEndpoint,
    storageDesk: createStorageDesk(navigator.storage ?? null, storage),
    notKept: problem,
  });
}
