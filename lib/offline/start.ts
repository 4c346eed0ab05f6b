/**
 * The page's side of the service worker: registers it, hears of newer versions, and has the shipped model fetched for when there is no
 * network. Whatever of this a browser refuses costs nothing but the network.
 */
import { SERVICE_WORKER } from './names';
import { keepShippedModel } from './shipped-model';

/** Looked for when the page comes back into sight, and at most so often, milliseconds. */
const LOOK_EVERY_MS = 60_000;

/**
 * @param onUpdate a newer version is here; calling `apply` takes it, which reloads the page
 * @param ortUrl the folder of ONNX Runtime's files
 */
export async function startOffline(onUpdate: (apply: () => void) => void, ortUrl: string): Promise<void> {
  if (!('serviceWorker' in navigator) || process.env.NODE_ENV !== 'production') return;
  try {
    const registration = await navigator.serviceWorker.register(SERVICE_WORKER, { updateViaCache: 'none' });
    offerUpdates(registration, onUpdate);
    lookForUpdates(registration);
    await navigator.serviceWorker.ready;
    await keepShippedModel(ortUrl);
  } catch (error) {
    // Private windows and policies refuse it, a full disk fails it: it is tried again on the next visit.
    console.warn('The app is not kept for use without a network.', error);
  }
}

function offerUpdates(registration: ServiceWorkerRegistration, onUpdate: (apply: () => void) => void): void {
  const offer = (worker: ServiceWorker) =>
    onUpdate(() => {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
      worker.postMessage({ type: 'SKIP_WAITING' });
    });
  // The first of all is no update.
  const follow = (worker: ServiceWorker | null) =>
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && registration.active) offer(worker);
    });
  if (registration.waiting && registration.active) offer(registration.waiting);
  follow(registration.installing);
  registration.addEventListener('updatefound', () => follow(registration.installing));
}

function lookForUpdates(registration: ServiceWorkerRegistration): void {
  let last = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden || Date.now() - last < LOOK_EVERY_MS) return;
    last = Date.now();
    registration.update().catch(() => undefined);
  });
}
