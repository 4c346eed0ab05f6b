/**
 * The page's side of the image worker: starts it at the first need and a new one after a crash. An idle worker is ended, which gives
 * back the memory of the decoded pictures; since every request carries its source, the next one simply decodes again.
 */
import { connectRpc, type RpcClient } from '@/lib/port';
import { ImageError, imageErrorOf, type ImageService, type SourceImage } from './contract';
import { createCutCache, cutKey } from './cut-cache';
import type { ImageMethods } from './worker-protocol';

/** After this long without work the worker is ended. */
const IDLE_MS = 120_000;

const STOPPED = { code: 'stopped' } as const;

/** The worker was ended for the sake of another call. */
class Superseded extends ImageError {
  constructor() {
    super('worker-failed', STOPPED);
  }
}

interface Connection {
  readonly worker: Worker;
  readonly rpc: RpcClient<ImageMethods>;
}

function startWorker(): Worker {
  return new Worker(new URL('./worker/image-worker.ts', import.meta.url), { type: 'module', name: 'image' });
}

async function first<T>(stream: AsyncIterable<T>): Promise<T> {
  for await (const item of stream) return item;
  throw new ImageError('worker-failed', STOPPED);
}

/** The worker may be in the middle of a decode, which nothing ends; who aborted does not wait for it. */
function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason as Error);
      void answer.then(close, () => undefined);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function close(item: unknown): void {
  if (item instanceof ImageBitmap) item.close();
}

/** Both are for tests: `start` makes workers that fail, `obeyMs` is how long one has to end what was aborted. */
export function createImageService(start: () => Worker = startWorker, obeyMs?: number): ImageService {
  let connection: Connection | null = null;
  let atWork = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;
  const cuts = createCutCache();

  function end(error: ImageError): void {
    clearTimeout(idle);
    connection?.rpc.close(error);
    connection?.worker.terminate();
    connection = null;
  }

  function connect(): Connection {
    if (connection) return connection;
    const worker = start();
    const rpc = connectRpc<ImageMethods>(worker, {
      toError: imageErrorOf,
      onCrash() {
        const error = new ImageError('worker-failed', STOPPED);
        if (connection?.worker === worker) end(error);
        return error;
      },
      // A picture that nobody wants any more is still being decoded: what else is wanted is begun anew in another worker.
      onDeaf() {
        const error = new Superseded();
        if (connection?.worker === worker) end(error);
        return error;
      },
      onLate: close,
      ...(obeyMs !== undefined && { obeyMs }),
    });
    connection = { worker, rpc };
    return connection;
  }

  async function call<K extends keyof ImageMethods>(
    method: K,
    request: ImageMethods[K]['request'],
    signal?: AbortSignal,
  ): Promise<ImageMethods[K]['item']> {
    if (disposed) throw new Error('The image service was disposed.');
    signal?.throwIfAborted();
    clearTimeout(idle);
    atWork += 1;
    try {
      for (;;) {
        const answer = first(connect().rpc.stream(method, request, signal));
        try {
          return await (signal ? orAborted(answer, signal) : answer);
        } catch (error) {
          if (!(error instanceof Superseded)) throw error;
        }
      }
    } finally {
      atWork -= 1;
      if (atWork === 0 && connection) idle = setTimeout(() => end(new ImageError('worker-failed', STOPPED)), IDLE_MS);
    }
  }

  return {
    async open(bytes, name, signal): Promise<SourceImage> {
      const { hash, width, height, mimeType, orientation, endsEarly } = await call('open', bytes, signal);
      return { ref: { hash, width, height, mimeType, name }, bytes, orientation, ...(endsEarly && { endsEarly }) };
    },
    async cut({ ref: { hash }, bytes }, region, size, resample, signal) {
      const key = cutKey(hash, region, size, resample);
      const kept = cuts.get(key);
      signal?.throwIfAborted();
      if (kept) return kept;
      const pixels = await call('cut', { source: { hash, bytes }, region, size, resample }, signal);
      cuts.put(key, pixels);
      return pixels;
    },
    bitmap({ ref: { hash }, bytes }, maxSide, { signal, ...bounds } = {}) {
      return call('bitmap', { source: { hash, bytes }, maxSide, ...bounds }, signal);
    },
    dispose() {
      disposed = true;
      end(new ImageError('worker-failed', 'disposed'));
    },
  };
}
