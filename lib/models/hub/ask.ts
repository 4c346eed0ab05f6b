/**
 * One request for a file, and what its failing means. What may pass by itself (a broken connection, a server that is busy or
 * at fault) is a `PassingError`, which `withRetries` waits out; everything else is final and has its own code.
 */
import { EngineError, type EngineErrorCode, type EngineProblem } from '@/lib/engine/contract';
import { onAbort } from '@/lib/port';
import { followSignal } from './follow-signal';

export interface AskOptions {
  readonly signal: AbortSignal;
  /** Sent with this request; `fetch` drops it where a redirect leads to another origin. */
  readonly token?: string | null | undefined;
  /** Bytes wanted, both inclusive. */
  readonly range?: { readonly from: number; readonly to: number } | undefined;
  /** What it means that there is no such file. */
  readonly missing: EngineErrorCode;
  /**
   * What the browser's own cache has to do with it. `no-store`: nothing, for what is written to the disk anyway. `reload`: it takes
   * the answer and gives none, for what came out of it wrong. Left out: as servers wish.
   */
  readonly cache?: 'no-store' | 'reload' | undefined;
  /** Milliseconds without a byte after which the connection counts as broken off; half a minute. */
  readonly silenceMs?: number | undefined;
  /** The error of a refusal by who knows more of this server; null where it knows no more. */
  readonly refused?: ((response: Response) => EngineError | null) | undefined;
}

/** Worth another try. */
export class PassingError extends EngineError {
  constructor(
    problem: EngineProblem,
    /** How long the server asked to be left alone, if it did. */
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super('network', problem, options);
  }
}

/** Of what `ask` threw: the status that the server answered with; null where there was no answer. */
export function statusOf(error: unknown): number | null {
  return error instanceof EngineError && error.cause instanceof Answered ? error.cause.status : null;
}

/** Why an error was thrown: the server answered so. */
class Answered {
  constructor(readonly status: number) {}
}

function answered<E extends EngineError>(status: number, error: E): E {
  error.cause = new Answered(status);
  return error;
}

/**
 * An answer with status 200 or 206. Its body fails with a `PassingError` when nothing comes for a while.
 * @throws EngineError `offline`, `network`, `missing`, whatever `refused` says; the abort's reason when aborted.
 */
export async function ask(url: URL, options: AskOptions): Promise<Response> {
  const { signal, token, range, missing, cache, refused } = options;
  const silence = createSilence(url, options.silenceMs ?? SILENCE_MS, signal);
  const headers = new Headers();
  if (token) headers.set('Authorization', `Bearer ${token}`);
  if (range) headers.set('Range', `bytes=${range.from}-${range.to}`);
  let response: Response;
  try {
    response = await silence.orBroken(fetch(url, { signal: silence.signal, headers, ...(cache && { cache }) }));
  } catch (error) {
    silence.end();
    signal.throwIfAborted();
    throw error instanceof PassingError ? error : unreachable(url, error);
  }
  if (response.ok) return withSilence(response, silence);
  silence.end();
  const { status } = response;
  const { pathname: path, host } = url;
  const known = refused?.(response) ?? null;
  if (known) throw answered(status, known);
  if (status === 404 || status === 410) {
    throw answered(status, new EngineError(missing, { code: 'no-file', params: { path, host } }));
  }
  const params = { path, status, host };
  // Where a redirect led elsewhere, the address it gave may have run out of time: asking anew gives another.
  const expired = (status === 401 || status === 403) && response.redirected;
  if (status === 408 || status === 429 || status >= 500 || expired) {
    throw answered(status, new PassingError({ code: 'busy', params }, retryAfter(response)));
  }
  throw answered(status, new EngineError('network', { code: 'answered', params }));
}

const SILENCE_MS = 30_000;

interface Silence {
  /** Aborted when a wait was too long, or when the request is. */
  readonly signal: AbortSignal;
  /** Nothing more is waited for. */
  end(): void;
  /** Gives what `work` gives. @throws PassingError where that takes too long */
  orBroken<T>(work: Promise<T>): Promise<T>;
}

/** A connection can be silent for ever without failing: no byte for so long is as if it had. */
function createSilence(url: URL, longestMs: number, signal: AbortSignal): Silence {
  const broken = new AbortController();
  const end = followSignal(signal, broken);
  return {
    signal: broken.signal,
    end,
    async orBroken(work) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silent = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          const seconds = Math.round(longestMs / 1000);
          reject(new PassingError({ code: 'silent', params: { host: url.host, path: url.pathname, seconds } }));
          broken.abort();
        }, longestMs);
      });
      try {
        return await Promise.race([work, silent]);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** The same answer, timed only while somebody waits for its next bytes: who reads slowly is no silence. */
function withSilence(response: Response, silence: Silence): Response {
  const reader = response.body?.getReader();
  if (!reader) {
    silence.end();
    return response;
  }
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          const { done, value } = await silence.orBroken(reader.read());
          if (!done) {
            controller.enqueue(value);
            return;
          }
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        silence.end();
      },
      cancel(reason) {
        silence.end();
        return reader.cancel(reason);
      },
    },
    // Nothing is read ahead.
    { highWaterMark: 0 },
  );
  const { status, statusText, headers } = response;
  return new Response(body, { status, statusText, headers });
}

/** A connection that failed, as the error it is. */
export function unreachable(url: URL, error: unknown): EngineError {
  const detail = error instanceof Error ? error.message : String(error);
  // In windows and workers; not in Node.
  if ((globalThis as { navigator?: { onLine?: boolean } }).navigator?.onLine === false) {
    return new EngineError('offline', { code: 'offline', params: { path: url.pathname } }, { cause: error });
  }
  const params = { path: url.pathname, host: url.host, detail };
  return new PassingError({ code: 'unreachable', params }, null, { cause: error });
}

/**
 * The answer began and did not end.
 * @param path null: what the hub tells of a repository
 */
export function brokeOff(path: string | null, error: unknown): PassingError {
  const detail = error instanceof Error ? error.message : String(error);
  return new PassingError({ code: 'broke-off', params: { path, detail } }, null, { cause: error });
}

export interface Patience {
  /** Tries in a row that brought nothing. */
  readonly tries: number;
  /** Wait before the second try; each later one waits twice as long. */
  readonly waitMs: number;
  /** As in `AskOptions`. */
  readonly silenceMs?: number;
}

export const PATIENCE: Patience = { tries: 5, waitMs: 500 };

const LONGEST_WAIT_MS = 20_000;
/** A browser may say that it is offline while it changes networks: so many first waits later it is believed. */
const OFFLINE_WAITS = 4;

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
  let offline = false;
  for (;;) {
    try {
      return await work(() => (failures = 0));
    } catch (error) {
      signal.throwIfAborted();
      if (!offline && error instanceof EngineError && error.code === 'offline') {
        offline = true;
        await delay(patience.waitMs * OFFLINE_WAITS, signal);
        continue;
      }
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
    const timer = setTimeout(() => {
      unlisten();
      resolve();
    }, ms);
    const unlisten = onAbort(signal, () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/** In seconds, as every hub sends it; dates are not read. */
function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After') ?? 'none');
  return Number.isFinite(seconds) ? seconds * 1000 : null;
}
