/**
 * The page's session with its real parts: the worker engine, the decoders, this browser's storage. A chunk of its own.
 */
import { connectEngine } from '@/lib/engine';
import { createImageService } from '@/lib/image';
import { createPersistence, openLibrary, pageStorage } from '@/lib/library';
import { createSession, type Session } from '@/lib/session';
import { preloadWords } from '@/lib/words/late';

/** @param hubEndpoint where the server says that models of a hub come from; null: it says nothing */
export async function createPageSession(hubEndpoint: string | null): Promise<Session> {
  void preloadWords('notices'); // what goes wrong may be the connection
  const { library, problem } = await openLibrary();
  const storage = pageStorage(); // refused: settings then last as long as the page
  return createSession({
    engine: connectEngine(),
    images: createImageService(),
    library,
    now: () => performance.now(),
    storage,
    hubEndpoint,
    persistence: createPersistence(navigator.storage ?? null, storage),
    notKept: problem,
  });
}
