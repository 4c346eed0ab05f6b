/**
 * One request to the share server, and what its refusals mean. Every failure leaves as a `ShareError`.
 */
import { errorAnswer, SHARES_PATH, type ApiErrorCode } from './api';
import { ShareError, type ShareErrorCode, type ShareServer } from './contract';

const MEANING: Readonly<Record<ApiErrorCode, ShareErrorCode>> = {
  'bad-request': 'server',
  forbidden: 'wrong-key',
  'not-found': 'not-found',
  expired: 'expired',
  deleted: 'deleted',
  opened: 'opened',
  // Where it is expected, find.ts reads the whole answer.
  'opens-once': 'server',
  conflict: 'server',
  'too-large': 'too-large',
  'rate-limited': 'rate-limited',
  'storage-full': 'storage-full',
  'sharing-off': 'sharing-off',
  'method-not-allowed': 'server',
  internal: 'server',
  unavailable: 'server',
};

export function shareUrl(server: ShareServer, id?: string): string {
  return `${server.baseUrl ?? ''}${SHARES_PATH}${id === undefined ? '' : `/${id}`}`;
}

/** What a `fetch` or a read that threw means. */
export function connectionError(cause: unknown, signal: AbortSignal | undefined): ShareError {
  if (cause instanceof ShareError) return cause;
  if (signal?.aborted) return new ShareError('aborted', 'stopped', { cause });
  return new ShareError('offline', 'the server did not answer', { cause });
}

/** What an answer that is not 2xx means; reads at most its first few hundred letters. */
export function refusal(status: number, body: string): ShareError {
  let said: unknown = null;
  try {
    said = JSON.parse(body.slice(0, 1000));
  } catch {
    // A proxy's own page.
  }
  const parsed = errorAnswer.safeParse(said);
  if (parsed.success) {
    const { error, detail } = parsed.data;
    return new ShareError(MEANING[error], `the server answered ${status} ${error}`, { detail: detail ?? null });
  }
  if (status === 413) return new ShareError('too-large', 'a proxy before the server refused the size');
  if (status === 429) return new ShareError('rate-limited', 'a proxy before the server asks to wait');
  return new ShareError('server', `the server answered ${status}`);
}

/** An answer that is not 2xx, read to its end. */
export interface Answered {
  readonly status: number;
  readonly body: string;
}

/** The answer, if it is 2xx, or one that the caller has a use for all the same (`accept`). */
export async function callServer(
  server: ShareServer,
  url: string,
  init: RequestInit & { readonly signal?: AbortSignal },
  accept?: (answered: Answered) => Promise<boolean>,
): Promise<Response> {
  const send = server.fetch ?? globalThis.fetch;
  let response: Response;
  try {
    response = await send(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer', ...init });
  } catch (cause) {
    throw connectionError(cause, init.signal);
  }
  if (response.ok) return response;
  const body = await response.text().catch(() => '');
  if (accept && (await accept({ status: response.status, body }))) return response;
  throw refusal(response.status, body);
}

/** JSON of an answer, through its schema. */
export async function readAnswer<T>(
  response: Response,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return parsed.data;
  throw new ShareError('server', 'the server answered something else');
}
