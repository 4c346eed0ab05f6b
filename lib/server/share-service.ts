/**
 * The share store of this process, made once from the environment, with its sweep. Next may load this file once for every
 * route, so the one instance hangs on globalThis.
 */
import { clientAddress } from './client-address';
import { openBlobStore } from './open-blob-store';
import { createOpenOnce, withOnceSwept } from './open-once';
import { createRateLimiter } from './rate-limiter';
import { createShareHandlers, type ShareHandlers } from './share-handlers';
import { readShareSettings, readTrustedProxies } from './share-settings';
import { createShareStore } from './share-store';
import { keepSweeping } from './sweeping';

const SERVICE = Symbol.for('loupe.shares');
type Holder = { [SERVICE]?: Promise<ShareHandlers> | undefined };

async function start(): Promise<ShareHandlers> {
  const settings = readShareSettings(process.env);
  const proxies = readTrustedProxies(process.env);
  const log = (line: string): void => console.error(line);
  const blobs = await openBlobStore(settings);
  const store = createShareStore({
    blobs,
    maxBytes: settings.maxBytes,
    storeBytes: settings.storeBytes,
  });
  const once = createOpenOnce({ blobs, store });
  keepSweeping(withOnceSwept(store, once), settings.sweepMinutes, log);
  return createShareHandlers({
    store,
    once,
    settings,
    limiters: {
      creates: createRateLimiter({ capacity: settings.createsPerHour, seconds: 3600 }),
      uploadBytes: createRateLimiter({ capacity: settings.uploadBytesPerHour, seconds: 3600 }),
      reads: createRateLimiter({ capacity: settings.readsPerMinute, seconds: 60 }),
      faults: createRateLimiter({ capacity: 120, seconds: 600 }),
    },
    clientOf: (request) => clientAddress(request.headers, proxies),
    log,
  });
}

/** The handlers; a store that cannot be opened is tried again with the next request. */
export function shareHandlers(): Promise<ShareHandlers> {
  const holder = globalThis as Holder;
  holder[SERVICE] ??= start().catch((error: unknown) => {
    holder[SERVICE] = undefined;
    throw error;
  });
  return holder[SERVICE];
}
