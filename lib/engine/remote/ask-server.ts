/**
 * One request to a server: the key in its header, a few tries where the server is busy or away for a moment, and what fails as a fault of
 * the closed set. Redirects are not followed: a key is for one server.
 */
import { parseUrl } from '@/lib/models';
import { faultAround, fail, faultOf, type Surroundings } from './faults';

export interface Server {
  /** Ends in no slash. */
  readonly base: string;
  readonly key: string | null;
}

export interface Means {
  readonly fetch: typeof fetch;
  readonly around: Surroundings;
  /** Resolves after so many milliseconds, or when aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Left out: it is a GET. */
  readonly body?: string;
  readonly model: string;
}

/** Tries in all. */
const TRIES = 3;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_S = 20;
/** Too many requests, and gateways whose server comes up. */
const PASSING = [429, 502, 503, 504, 529];
/** Of an answer that refuses; what is longer says no more. */
const MOST_WORDS = 20_000;

/** A refusal by HTTP status, before it is made a fault: who asked may know how to ask otherwise. */
export interface Refused {
  readonly status: number;
  readonly body: string;
  readonly retryAfter: number | null;
}

export type Answer = { readonly ok: true; readonly response: Response } | ({ readonly ok: false } & Refused);

/** @throws EngineError `server` where nothing answered; the abort's reason */
export async function askServer(server: Server, call: Call, means: Means, signal: AbortSignal): Promise<Answer> {
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted();
    const answer = await once(server, call, means, signal);
    if (answer.ok || tried === TRIES || !PASSING.includes(answer.status)) return answer;
    const { retryAfter } = answer;
    // Longer than anybody watches: it is told instead.
    if (retryAfter !== null && retryAfter > LONGEST_WAIT_S) return answer;
    await means.wait(retryAfter === null ? FIRST_WAIT_MS * 2 ** (tried - 1) : retryAfter * 1000, signal);
  }
}

async function once({ base }: Server, call: Call, means: Means, signal: AbortSignal): Promise<Answer> {
  const url = `${base}${call.path}`;
  let response: Response;
  try {
    response = await means.fetch(url, {
      method: call.body === undefined ? 'GET' : 'POST',
      headers: { ...call.headers, ...(call.body !== undefined && { 'content-type': 'application/json' }) },
      ...(call.body !== undefined && { body: call.body }),
      signal,
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
  } catch (error) {
    signal.throwIfAborted();
    const absolute = parseUrl(url)?.href ?? new URL(url, globalThis.location.href).href;
    throw fail(await faultAround(absolute, means.around), { cause: error });
  }
  if (response.ok) return { ok: true, response };
  const body = (await response.text().catch(() => '')).slice(0, MOST_WORDS);
  return { ok: false, status: response.status, body, retryAfter: secondsOf(response.headers.get('retry-after')) };
}

function secondsOf(header: string | null): number | null {
  if (header === null) return null;
  if (/^\d{1,6}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, Math.ceil((at - Date.now()) / 1000));
}

/** What a refusal is called. */
export const faultIn = ({ status, body, retryAfter }: Refused, { key }: Server, model: string) =>
  fail(faultOf({ status, body, retryAfter, model, key }));

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
