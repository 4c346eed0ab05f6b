/** What another app handed over: by sharing (the service worker kept it), or by opening a file with this app. Taken once. */
import { RECEIVE_PATH, RECEIVED_CACHE, RECEIVED_NAME } from './names';

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files?: readonly FileSystemFileHandle[] }) => void): void;
}

/**
 * Null where there is none. Resolves when the browser has handed it over.
 * @param query of the address that the page was opened with
 */
export async function takeReceived(query: URLSearchParams): Promise<File | null> {
  if (query.has('received')) return takeShared();
  const { launchQueue } = window as Window & { readonly launchQueue?: LaunchQueue };
  if (!launchQueue || !query.has('opened')) return null;
  return new Promise((resolve, reject) => {
    launchQueue.setConsumer(({ files: [handle] = [] }) => {
      if (handle) handle.getFile().then(resolve, reject);
      else resolve(null);
    });
  });
}

async function takeShared(): Promise<File | null> {
  const cache = await caches.open(RECEIVED_CACHE);
  const kept = await cache.match(RECEIVE_PATH);
  if (!kept) return null;
  await cache.delete(RECEIVE_PATH);
  const bytes = await kept.blob();
  const name = new URLSearchParams(kept.headers.get(RECEIVED_NAME) ?? '').get('name') ?? '';
  return new File([bytes], name, { type: bytes.type });
}
