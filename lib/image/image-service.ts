/**
 * The page's side of the image worker: starts it at the first need, speaks its messages, forwards aborts, and starts a new
 * one after a crash. An idle worker is ended, which gives back the memory of the decoded pictures; since every request
 * carries its source, the next one simply decodes again.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import { ImageError, type ImageService, type Resample, type SourceImage } from './contract';
import type { ImageOperation, ImageReply, ImageRequest, ImageResults } from './rpc';

/** After this long without work the worker is ended. */
const IDLE_MS = 120_000;

const STOPPED =
  'The part of the page that reads pictures stopped. Try again; if it stops again, use a smaller picture.';

interface Pending {
  readonly resolve: (value: ImageResults[keyof ImageResults]) => void;
  readonly reject: (reason: unknown) => void;
}

function startWorker(): Worker {
  return new Worker(new URL('./worker/image-worker.ts', import.meta.url), { type: 'module', name: 'image' });
}

/** `start` is for tests, which make workers that fail. */
export function createImageService(start: () => Worker = startWorker): ImageService {
  const pending = new Map<number, Pending>();
  let worker: Worker | null = null;
  let nextId = 1;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;

  function end(): void {
    clearTimeout(idle);
    worker?.terminate();
    worker = null;
  }

  function fail(message: string): void {
    end();
    const waiting = [...pending.values()];
    pending.clear();
    for (const { reject } of waiting) reject(new ImageError('worker-failed', message));
  }

  function settled(): void {
    clearTimeout(idle);
    if (pending.size === 0 && worker) idle = setTimeout(end, IDLE_MS);
  }

  function receive({ data }: MessageEvent<ImageReply>): void {
    const waiting = pending.get(data.id);
    if (!waiting) {
      // Cancelled here while the answer was on its way.
      if (data.ok && data.value instanceof ImageBitmap) data.value.close();
      return;
    }
    if (data.ok) waiting.resolve(data.value);
    else waiting.reject(new ImageError(data.code, data.message));
  }

  function ensureWorker(): Worker {
    if (worker) return worker;
    const made = start();
    made.onmessage = receive;
    made.onerror = made.onmessageerror = (event: Event) => {
      event.preventDefault();
      if (worker === made) fail(STOPPED);
    };
    worker = made;
    return made;
  }

  function call<Op extends ImageOperation['op']>(
    operation: Extract<ImageOperation, { op: Op }>,
    signal?: AbortSignal,
  ): Promise<ImageResults[Op]> {
    return new Promise((resolve, reject) => {
      if (disposed) throw new Error('The image service was disposed.');
      signal?.throwIfAborted();
      clearTimeout(idle);
      const id = nextId++;
      const target = ensureWorker();
      const abort = (): void => {
        target.postMessage({ id, operation: { op: 'cancel' } } satisfies ImageRequest);
        pending.get(id)?.reject(signal?.reason);
      };
      const leave = (): void => {
        signal?.removeEventListener('abort', abort);
        pending.delete(id);
        settled();
      };
      pending.set(id, {
        resolve(value) {
          leave();
          // The worker answers a request with the result of its operation: rpc.ts.
          resolve(value as ImageResults[Op]);
        },
        reject(reason) {
          leave();
          reject(reason instanceof Error ? reason : new DOMException('Aborted', 'AbortError'));
        },
      });
      signal?.addEventListener('abort', abort, { once: true });
      target.postMessage({ id, operation } satisfies ImageRequest);
    });
  }

  return {
    async open(bytes, name, signal): Promise<SourceImage> {
      const { hash, width, height, mimeType, orientation } = await call({ op: 'open', bytes }, signal);
      return { ref: { hash, width, height, mimeType, name }, bytes, orientation };
    },
    cut(source, region: ImageBox, size: Size, resample: Resample, signal) {
      return call(
        { op: 'cut', source: { hash: source.ref.hash, bytes: source.bytes }, region, size, resample },
        signal,
      );
    },
    bitmap(source, maxSide) {
      return call({ op: 'bitmap', source: { hash: source.ref.hash, bytes: source.bytes }, maxSide });
    },
    dispose() {
      disposed = true;
      fail('The image service was disposed.');
    },
  };
}
