/**
 * The share store of this process, made once from the environment, with its sweep. Next may load this file once for every
 * route, so the one instance hangs on globalThis.
 */
import { clientAddress } from './client-address';
import { openBlobStore } from './open-blob-store';
import { createOpenOnce, withOnceSwept } from './open-once';
import { createRateLimiter } from './rate-limiter';
import { createShareHandlers, refuse, type ShareHandlers } from './share-handlers';
import { readShareSettings, readTrustedProxies, SettingsError } from './share-settings';
import { createShareStore } from './share-store';
import { createStoreCheck, type StoreCheck } from './store-check';
import { keepSweeping } from './sweeping';

const SERVICE = Symbol.for('loupe.shares');
interface ShareService {
  readonly handlers: ShareHandlers;
  readonly check: StoreCheck;
}
type Holder = { [SERVICE]?: Promise<ShareService> | undefined };

/** More than clocks are off by when they are kept at all. */
const BEHIND_MS = 10 * 60_000;

const log = (line: string): void => console.error(line);

async function start(): Promise<ShareService> {
  const settings = readShareSettings(process.env);
  const proxies = readTrustedProxies(process.env);
  const blobs = await openBlobStore(settings);
  const store = createShareStore({
    blobs,
    maxBytes: settings.maxBytes,
    storeBytes: settings.storeBytes,
  });
  const once = createOpenOnce({ blobs, store });
  keepSweeping(withOnceSwept(store, once), settings.sweepMinutes, log);
  void store.clockBehind().then(
    (behind) => {
      if (behind < BEHIND_MS) return;
      log(
        `shares: this machine's clock is ${Math.round(behind / 60_000)} minutes behind the latest time seen, by which shares end`,
      );
    },
    () => undefined,
  );
  const handlers = createShareHandlers({
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
  return { handlers, check: createStoreCheck(store, { write: settings.enabled }) };
}

function shareService(): Promise<ShareService> {
  const holder = globalThis as Holder;
  holder[SERVICE] ??= start().catch((error: unknown) => {
    holder[SERVICE] = undefined;
    throw error;
  });
  return holder[SERVICE];
}

/** At the start of the process: settings that make no sense end it; a store that cannot be opened is only said. */
export async function startShares(): Promise<void> {
  try {
    await shareService();
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    log(`shares: ${String(error)}; it is tried again with the next request`);
  }
}

export async function answerShares(work: (handlers: ShareHandlers) => Promise<Response>): Promise<Response> {
  let service: ShareService;
  try {
    service = await shareService();
  } catch (error) {
    log(`shares: ${String(error)}`);
    return refuse('unavailable');
  }
  return work(service.handlers);
}

/** Whether shares can be read and written, as of a few seconds ago at most. */
export async function checkShares(): ReturnType<StoreCheck> {
  try {
    return await (await shareService()).check();
  } catch {
    return { read: false, write: false };
  }
}
