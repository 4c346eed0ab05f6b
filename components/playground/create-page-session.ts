/**
 * The page's session with its real parts: this browser's storage, and, when they are first needed, the decoders and the worker engine. A
 * chunk of its own.
 */
import { whenIdle } from '@/components/ui/idle-parts';
import { createPersistence, openLibrary, pageStorage } from '@/lib/library';
import { createSession, type Session } from '@/lib/session';
import { preloadWords } from '@/lib/words/late';
import { engineLater, imagesLater } from './later-parts';

interface Connection {
  readonly saveData?: boolean;
}

/** The browser was told to fetch no more than is needed; in Chromium only, and not typed. */
const savesData = (): boolean => (navigator as { readonly connection?: Connection }).connection?.saveData ?? false;

/** @param hubEndpoint where the server says that models of a hub come from; null: it says nothing */
export async function createPageSession(hubEndpoint: string | null): Promise<Session> {
  whenIdle(() => preloadWords('notices')); // what goes wrong may be the connection
  const { library, problem } = await openLibrary();
  const storage = pageStorage(); // refused: settings then last as long as the page
  return createSession({
    engine: engineLater(async () => (await import('@/lib/engine/page-engine')).pageEngine()),
    images: imagesLater(async () => (await import('@/lib/image/image-service')).createImageService()),
    library,
    now: () => performance.now(),
    mayLoadAhead: () => !savesData(),
    storage,
    searchSource: async (searchIn) =>
      searchIn === '' ? null : (await import('@/lib/search')).sourceOf(searchIn, storage),
    hubEndpoint,
    persistence: createPersistence(navigator.storage ?? null, storage),
    notKept: problem,
  });
}
