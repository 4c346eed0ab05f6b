/**
 * A password beside the link. Argon2id (hash-wasm) makes 32 bytes of it, slowly and with much memory, so that guessing is dear to
 * whoever has the link; together with the link's key they make the share's keys (seal.ts). How it was made stands in the
 * header, so that later shares may ask for more; what a header may ask for is bounded, because anybody can write one.
 *
 * hash-wasm is loaded with the first password, in a worker where there are workers: it takes about half a second.
 */
import { ShareError } from './contract';
import type { DeriveReply, DeriveRequest } from './worker/derive-protocol';

export interface PasswordCost {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism: number;
}

/** OWASP's and RFC 9106's second choice for interactive use: 64 MiB, three passes. */
export const USUAL_COST: PasswordCost = { memoryKiB: 65_536, iterations: 3, parallelism: 1 };

export const SALT_BYTES = 16;
export const DERIVED_BYTES = 32;
/** Longer ones are not typed. */
export const MAX_PASSWORD_LETTERS = 1000;

/** What a header may ask of whoever opens it: 256 MiB, 16 passes, and no more than 1 GiB written in all. */
const MOST = { memoryKiB: 262_144, iterations: 16, parallelism: 4, work: 1_048_576 } as const;

/** Why nobody should derive at this cost; null where it is bearable. */
export function refusedCost({ memoryKiB, iterations, parallelism }: PasswordCost): string | null {
  if (memoryKiB > MOST.memoryKiB) return `it asks for ${Math.ceil(memoryKiB / 1024)} MiB of memory`;
  if (iterations > MOST.iterations) return `it asks for ${iterations} passes`;
  if (parallelism > MOST.parallelism) return `it asks for ${parallelism} lanes`;
  if (memoryKiB * iterations > MOST.work) return 'it asks for too much work';
  const tooLittle = iterations < 1 || parallelism < 1 || memoryKiB < 8 * parallelism;
  return tooLittle ? 'it asks for something that Argon2 does not know' : null;
}

/** The same letters, however the keyboard made them. */
function bytesOf(password: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(password.normalize('NFKC'));
}

function inWorker(request: DeriveRequest): Promise<Uint8Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker/derive-worker.ts', import.meta.url), {
      type: 'module',
      name: 'derive',
    });
    const fail = (event: Event): void => {
      event.preventDefault();
      worker.terminate();
      reject(new ShareError('offline', 'what makes a key of the password could not be loaded'));
    };
    worker.onerror = fail;
    worker.onmessageerror = fail;
    worker.onmessage = ({ data }: MessageEvent<DeriveReply>) => {
      worker.terminate();
      if (data.ok) resolve(data.key);
      else reject(new ShareError('password-memory', data.message));
    };
    worker.postMessage(request);
  });
}

/** Throws `ShareError`: `too-costly`, `password-memory` (this device has not enough), `offline` (the code did not arrive). */
export async function derivePasswordKey(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  cost: PasswordCost,
): Promise<Uint8Array<ArrayBuffer>> {
  const refused = refusedCost(cost);
  if (refused !== null) throw new ShareError('too-costly', refused);
  const request: DeriveRequest = { password: bytesOf(password), salt, ...cost, length: DERIVED_BYTES };
  if (typeof Worker !== 'undefined') return inWorker(request);
  const { derive } = await import('./worker/derive');
  return derive(request);
}
