/**
 * One request for a file, and what its failing means. What may pass by itself (a broken connection, a server that is busy or
 * at fault) is a `PassingError`, which `withRetries` waits out; everything else is final and has its own code.
 */
import { EngineError, type EngineErrorCode } from '../contract';

export interface AskOptions {
  readonly signal: AbortSignal;
  /** Sent with this request; `fetch` drops it where a redirect leads to another origin. */
  readonly token?: string | null | undefined;
  /** Bytes wanted, both inclusive. */
  readonly range?: { readonly from: number; readonly to: number } | undefined;
  /** What it means that there is no such file. */
  readonly missing: EngineErrorCode;
  /** Keeps the answer out of the browser's own cache: for what is written to the disk anyway. */
  readonly unkept?: boolean | undefined;
  /** Words for a refusal by who knows more of this server; null where it knows no more. */
  readonly refused?: ((response: Response) => EngineError | null) | undefined;
}

/** Worth another try. */
export class PassingError extends EngineError {
  constructor(
    message: string,
    /** How long the server asked to be left alone, if it did. */
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super('network', message, options);
  }
}

/**
 * An answer with status 200 or 206.
 * @throws EngineError `offline`, `network`, `missing`, whatever `refused` says; the abort's reason when aborted.
 */
export async function ask(url: URL, options: AskOptions): Promise<Response> {
  const { signal, token, range, missing, unkept, refused } = options;
  const headers = new Headers();
  if (token) headers.set('Authorization', `Bearer ${token}`);
  if (range) headers.set('Range', `bytes=${range.from}-${range.to}`);
  let response: Response;
  try {
    response = await fetch(url, { signal, headers, ...(unkept ? { cache: 'no-store' as const } : {}) });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(url, error);
  }
  if (response.ok) return response;
  const known = refused?.(response) ?? null;
  if (known) throw known;
  const { status } = response;
  if (status === 404 || status === 410) throw new EngineError(missing, `There is no ${url.pathname} on ${url.host}.`);
  const message = `${url.pathname} was answered with status ${status} by ${url.host}.`;
  // Where a redirect led elsewhere, the address it gave may have run out of time: asking anew gives another.
  const expired = (status === 401 || status === 403) && response.redirected;
  if (status === 408 || status === 429 || status >= 500 || expired) {
    throw new PassingError(`${message} Try again in a while.`, retryAfter(response));
  }
  throw new EngineError('network', message);
}

/** A connection that failed, as the error it is. */
export function unreachable(url: URL, error: unknown): EngineError {
  const detail = error instanceof Error ? error.message : String(error);
  // In windows and workers; not in Node.
  if ((globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false) {
    return new EngineError(
      'offline',
      `This device is offline, and not all of the model is on it yet (${url.pathname} is missing). Connect and load again: what has arrived is kept.`,
      { cause: error },
    );
  }
  return new PassingError(
    `${url.pathname} could not be fetched from ${url.host}: ${detail}. Check the connection, or choose another mirror.`,
    null,
    { cause: error },
  );
}

/** The answer began and did not end. */
export function brokeOff(what: string, error: unknown): PassingError {
  const detail = error instanceof Error ? error.message : String(error);
  return new PassingError(`The download of ${what} broke off: ${detail}`, null, { cause: error });
}

export interface Patience {
  /** Tries in a row that brought nothing. */
  readonly tries: number;
  /** Wait before the second try; each later one waits twice as long. */
  readonly waitMs: number;
}

export const PATIENCE: Patience = { tries: 5, waitMs: 500 };

const LONGEST_WAIT_MS = 20_000;

/**
 * @param work is given a function to call when it got somewhere, after which its failures count anew.
 * @throws what `work` last threw; the abort's reason when aborted.
 */
export async function withRetries<T>(
  work: (gotSomewhere: () => void) => Promise<T>,
  signal: AbortSignal,
  patience: Patience = PATIENCE,
): Promise<T> {
  let failures = 0;
  for (;;) {
    try {
      return await work(() => (failures = 0));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof PassingError) || ++failures >= patience.tries) throw error;
      // Spread, so that several connections that broke together do not come back together.
      const wait = patience.waitMs * 2 ** (failures - 1) * (0.75 + Math.random() / 2);
      await delay(Math.min(LONGEST_WAIT_MS, Math.max(wait, error.retryAfterMs ?? 0)), signal);
    }
  }
}

/** @throws the abort's reason when aborted meanwhile. */
function delay(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** In seconds, as every hub sends it; dates are not read. */
function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After') ?? 'none');
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}
