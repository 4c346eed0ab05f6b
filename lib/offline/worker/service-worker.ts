/**
 * The service worker: the app without a network, whole and of one version. What the version is made of is fetched when it is installed
 * (scripts/service-worker.mjs lists it); a newer one waits until the person asks for it (docs/reliability.md). Pages come from the server
 * wherever it answers, so that each has its own nonce; the page that was kept keeps its own, in policy and text alike.
 *
 * Shares, the API and other origins pass by: nothing of them is looked at or kept.
 */
import {
  CacheFirst,
  ExpirationPlugin,
  NetworkFirst,
  PrecacheRoute,
  Serwist,
  createPartialResponse,
  type PrecacheEntry,
  type SerwistPlugin,
} from 'serwist';
import { PYTHON_CACHE, RECEIVE_PATH, RECEIVED_CACHE, RECEIVED_NAME, SHIPPED_CACHE, RUNTIME_CACHE } from '../names';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const APP_FILES: PrecacheEntry[];

/** Pages that are kept, as they are asked for at installing. */
const PAGES = ['/', '/library', '/bench', '/learn', '/make', '/collection'];
const OFFLINE_PAGE = '/offline';
/** A server that does not answer for so long is taken for none, milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * A worker is told what to run by the fragment of its address. A kept answer has an address of its own, which has none, and the worker
 * would take that; one without an address leaves it its own.
 */
const underItsOwnAddress: SerwistPlugin = {
  handlerWillRespond: ({ request, response }) => {
    if (request.destination !== 'worker' || response.status !== 200) return Promise.resolve(response);
    const { status, statusText, headers } = response;
    return Promise.resolve(new Response(response.body, { status, statusText, headers }));
  },
};

const serwist = new Serwist({
  skipWaiting: false,
  // The visit on which it is installed can go on without a network, too.
  clientsClaim: true,
  precacheOptions: { cleanupOutdatedCaches: true, concurrency: 4, plugins: [underItsOwnAddress] },
});
serwist.addToPrecacheList(APP_FILES);

function keptPage(url: URL): string | null {
  if (!PAGES.includes(url.pathname)) return null;
  return url.pathname === '/' && url.searchParams.has('run') ? '/?run' : url.pathname;
}

const isOurs = (url: URL): boolean => url.origin === self.location.origin && !/^\/(?:api|t|e)\//.test(url.pathname);

serwist.registerCapture(
  ({ request, url }) =>
    request.mode === 'navigate' && url.origin === self.location.origin && !/^\/e\//.test(url.pathname),
  async ({ request, url }) => {
    const page = keptPage(url);
    const patience = new AbortController();
    const timer = page === null ? undefined : setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(request, { signal: patience.signal });
      // Somebody before the server answers for it: it is being replaced, or down.
      const isDown = answer.status >= 502 && answer.status <= 504;
      return (page !== null && isDown && (await serwist.matchPrecache(page))) || answer;
    } catch {
      return (await serwist.matchPrecache(page ?? OFFLINE_PAGE)) ?? Response.error();
    } finally {
      clearTimeout(timer);
    }
  },
);

// A picture shared from another app: kept for the page that opens next, and never sent.
serwist.registerCapture(
  ({ url }) => url.pathname === RECEIVE_PATH,
  async ({ request }) => {
    const picture = (await request.formData()).get('picture');
    if (picture instanceof File) {
      const name = new URLSearchParams({ name: picture.name.slice(0, 200) }).toString();
      const headers = { 'Content-Type': picture.type, [RECEIVED_NAME]: name };
      await (await caches.open(RECEIVED_CACHE)).put(RECEIVE_PATH, new Response(picture, { headers }));
    }
    return Response.redirect('/?received', 303);
  },
  'POST',
);

/** Whoever asks for a part of a file gets that part. */
const inRanges: SerwistPlugin = {
  cachedResponseWillBeUsed: async ({ request, cachedResponse }) =>
    cachedResponse && request.headers.has('range') ? createPartialResponse(request, cachedResponse) : cachedResponse,
};

// ONNX Runtime's files have their version in the address.
serwist.registerCapture(
  ({ url }) => isOurs(url) && url.pathname.startsWith('/ort/'),
  new CacheFirst({
    cacheName: RUNTIME_CACHE,
    plugins: [inRanges, underItsOwnAddress],
  }),
);

// Python's files have their hash in their names, and what names them is asked for anew. A newer version puts the oldest ones out.
const keepLatest = new ExpirationPlugin({ maxEntries: 8 });
serwist.registerCapture(
  ({ url }) => isOurs(url) && url.pathname === '/python/files.json',
  new NetworkFirst({ cacheName: PYTHON_CACHE, plugins: [keepLatest] }),
);
serwist.registerCapture(
  ({ url }) => isOurs(url) && url.pathname.startsWith('/python/'),
  new CacheFirst({ cacheName: PYTHON_CACHE, plugins: [keepLatest] }),
);

// The shipped model is asked for anew wherever there is a server; what was kept for later is for when there is none.
serwist.registerCapture(
  ({ url }) => isOurs(url) && url.pathname.startsWith('/models/'),
  new NetworkFirst({
    cacheName: SHIPPED_CACHE,
    plugins: [inRanges, { cacheWillUpdate: () => Promise.resolve(null) }],
  }),
);

serwist.registerRoute(new PrecacheRoute(serwist, { cleanURLs: false, ignoreURLParametersMatching: [] }));
serwist.addEventListeners();
