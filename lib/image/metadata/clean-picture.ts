/**
 * Makes a picture ready to leave: in a worker of its own where there are workers, in place elsewhere (Node, which cannot draw).
 * Throws an Error that says why it cannot be made ready, or the signal's reason.
 */
import { clean } from './clean';
import type { CleanPicture, CleanReply } from './contract';

function inWorker(file: Blob, signal: AbortSignal | undefined): Promise<CleanPicture> {
  return new Promise<CleanPicture>((resolve, reject) => {
    const worker = new Worker(new URL('./worker/clean-worker.ts', import.meta.url), { type: 'module', name: 'clean' });
    const end = (settle: () => void): void => {
      worker.terminate();
      signal?.removeEventListener('abort', abort);
      settle();
    };
    const abort = (): void => end(() => reject(signal?.reason instanceof Error ? signal.reason : new Error('stopped')));
    worker.onmessage = ({ data }: MessageEvent<CleanReply>) =>
      end(() => (data.ok ? resolve(data.picture) : reject(new Error(data.message))));
    const fail = (event: Event): void => {
      event.preventDefault();
      end(() => reject(new Error('the part of the page that reads pictures stopped')));
    };
    worker.onerror = fail;
    worker.onmessageerror = fail;
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
    else worker.postMessage(file);
  });
}

export async function cleanPicture(file: Blob, signal?: AbortSignal): Promise<CleanPicture> {
  signal?.throwIfAborted();
  if (typeof Worker !== 'undefined') return inWorker(file, signal);
  return clean(new Uint8Array(await file.arrayBuffer()), null);
}
