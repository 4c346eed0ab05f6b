/**
 * The requests about shares: parse → limit → call → answer. Plain Request in, Response out; app/api hands them over. Every
 * failure is an answer with a code of lib/share/api.ts, nothing is thrown, and no answer or log line holds an address, a token
 * or a byte of a share.
 */
import { isShareId } from '@/lib/share/address';
import {
  BYTES_HEADER,
  CLAIM_HEADER,
  claimRequest,
  digestOf,
  EXPIRES_HEADER,
  reserveRequest,
  type ApiErrorCode,
} from '@/lib/share/api';
import { StoreError, type StoreErrorCode } from './blob-store';
import type { OpenOnce, Waiting } from './open-once';
import type { RateLimiter } from './rate-limiter';
import { readBody } from './read-body';
import type { ShareSettings } from './share-settings';
import { ShareStoreError, type ShareStore } from './share-store';

const STATUS: Readonly<Record<ApiErrorCode, number>> = {
  'bad-request': 400,
  forbidden: 403,
  'not-found': 404,
  expired: 410,
  deleted: 410,
  opened: 410,
  'opens-once': 428,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  'storage-full': 507,
  'sharing-off': 503,
  'method-not-allowed': 405,
  internal: 500,
  unavailable: 503,
};

const MEANING: Readonly<Record<StoreErrorCode, ApiErrorCode>> = {
  full: 'storage-full',
  size: 'bad-request',
  unavailable: 'unavailable',
};

/**
 * Not here but in next.config.ts, which covers every path: nosniff, Cross-Origin-Resource-Policy, X-Robots-Tag. Said twice they
 * would stand in one line, which browsers do not read.
 */
const HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
};

/** Of the JSON of a reservation. */
const MAX_JSON_BYTES = 1024;
const TOKEN = /^Bearer ([A-Za-z0-9_-]{20,100})$/;

export interface ShareHandlers {
  limits(request: Request): Promise<Response>;
  reserve(request: Request): Promise<Response>;
  upload(request: Request, id: string): Promise<Response>;
  open(request: Request, id: string): Promise<Response>;
  remove(request: Request, id: string): Promise<Response>;
  /** A share that opens once: takes it. */
  take(request: Request, id: string): Promise<Response>;
  /** It has arrived. */
  arrived(request: Request, id: string): Promise<Response>;
}

export interface ShareHandlerDeps {
  readonly store: ShareStore;
  readonly once: OpenOnce;
  readonly settings: Pick<ShareSettings, 'enabled' | 'expiries' | 'maxBytes'>;
  readonly limiters: {
    readonly creates: RateLimiter;
    readonly uploadBytes: RateLimiter;
    readonly reads: RateLimiter;
    /** Wrong tokens and malformed requests. */
    readonly faults: RateLimiter;
  };
  readonly clientOf: (request: Request) => string;
  /** One line for the operator. */
  readonly log: (line: string) => void;
}

function answer(status: number, body: object): Response {
  return Response.json(body, { status, headers: HEADERS });
}

export function refuse(code: ApiErrorCode, detail: number | null = null): Response {
  const response = answer(STATUS[code], detail === null ? { error: code } : { error: code, detail });
  if (code === 'rate-limited' && detail !== null) response.headers.set('Retry-After', String(detail));
  return response;
}

function parseJson(bytes: Uint8Array | null): unknown {
  try {
    return bytes ? JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) : null;
  } catch {
    return null;
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An upload without a body.
}

/** Precondition required: to have it, it has to be claimed. */
function waitingAnswer({ bytes, expiresAt, head }: Waiting): Response {
  return answer(STATUS['opens-once'], {
    error: 'opens-once',
    bytes,
    expiresAt,
    head: Buffer.from(head).toString('hex'),
  });
}

function bodyAnswer({ body, bytes, expiresAt }: Awaited<ReturnType<ShareStore['open']>>): Response {
  return new Response(body, {
    headers: {
      ...HEADERS,
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(bytes),
      'Content-Disposition': 'attachment; filename="share.loupe"',
      [EXPIRES_HEADER]: expiresAt,
      [BYTES_HEADER]: String(bytes),
    },
  });
}

export function createShareHandlers({
  store,
  once,
  settings,
  limiters,
  clientOf,
  log,
}: ShareHandlerDeps): ShareHandlers {
  const checkId = (id: string): void => {
    if (!isShareId(id)) throw new ShareStoreError('not-found', 'not an id');
  };
  const limit = (limiter: RateLimiter, client: string, cost?: number): void => {
    const seconds = limiter.take(client, cost);
    if (seconds > 0) throw new ShareStoreError('rate-limited', 'too often', seconds);
  };
  const tokenOf = (request: Request): string => {
    const token = TOKEN.exec(request.headers.get('authorization') ?? '')?.[1];
    if (token === undefined) throw new ShareStoreError('forbidden', 'no token');
    return token;
  };

  /** The one way out: an answer, or the answer to what was thrown. */
  async function answering(request: Request, work: (client: string) => Promise<Response>): Promise<Response> {
    let client = '';
    try {
      client = clientOf(request);
      return await work(client);
    } catch (error) {
      if (error instanceof ShareStoreError) {
        const fault = error.code === 'forbidden' || error.code === 'bad-request' || error.code === 'not-found';
        const wait = fault ? limiters.faults.take(client) : 0;
        return wait > 0 ? refuse('rate-limited', wait) : refuse(error.code, error.detail);
      }
      // A client that went away in the middle of its upload is no fault of ours.
      if (request.signal.aborted) return refuse('bad-request');
      log(`shares: ${error instanceof Error ? `${error.name}: ${error.message}` : 'something was thrown'}`);
      return refuse(error instanceof StoreError ? MEANING[error.code] : 'internal');
    }
  }

  const ensureOn = (): void => {
    if (!settings.enabled) throw new ShareStoreError('sharing-off', 'switched off');
  };

  return {
    limits: (request) =>
      answering(request, async (client) => {
        limit(limiters.reads, client);
        const { enabled, expiries, maxBytes } = settings;
        return answer(200, { enabled, maxBytes, expiries });
      }),

    reserve: (request) =>
      answering(request, async (client) => {
        ensureOn();
        // A form on a foreign page cannot send this type without being asked for permission first.
        if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
          throw new ShareStoreError('bad-request', 'not JSON');
        }
        const parsed = reserveRequest.safeParse(parseJson(await readBody(request, MAX_JSON_BYTES)));
        if (!parsed.success) throw new ShareStoreError('bad-request', 'not a reservation');
        const { bytes, expiry, once: proofHash } = parsed.data;
        if (!settings.expiries.includes(expiry)) throw new ShareStoreError('bad-request', 'no such expiry here');
        if (bytes > settings.maxBytes) throw new ShareStoreError('too-large', 'over the limit', settings.maxBytes);
        limit(limiters.creates, client);
        const reserved = await store.reserve(bytes, expiry);
        if (proofHash !== undefined) await once.mark(reserved.id, proofHash);
        return answer(201, reserved);
      }),

    upload: (request, id) =>
      answering(request, async (client) => {
        ensureOn();
        checkId(id);
        const token = tokenOf(request);
        const digest = digestOf(request.headers.get('content-digest'));
        const bytes = Number(request.headers.get('content-length') ?? Number.NaN);
        if (digest === null || !Number.isSafeInteger(bytes) || bytes <= 0) {
          throw new ShareStoreError('bad-request', 'no length or no digest');
        }
        if (bytes > settings.maxBytes) throw new ShareStoreError('too-large', 'over the limit', settings.maxBytes);
        // Bytes alone would allow as many requests as bytes, and each asks the store several times.
        limit(limiters.reads, client);
        limit(limiters.uploadBytes, client, bytes);
        return answer(201, await store.upload({ id, token, bytes, digest, body: request.body ?? nothing() }));
      }),

    open: (request, id) =>
      answering(request, async (client) => {
        checkId(id);
        limit(limiters.reads, client);
        const waiting = await once.look(id, request.headers.get(CLAIM_HEADER));
        if (waiting) return waitingAnswer(waiting);
        const share = await store.open(id);
        if (request.method !== 'HEAD') return bodyAnswer(share);
        await share.body.cancel();
        return new Response(null, { headers: bodyAnswer({ ...share, body: new ReadableStream() }).headers });
      }),

    remove: (request, id) =>
      answering(request, async (client) => {
        checkId(id);
        limit(limiters.reads, client);
        await store.remove(id, tokenOf(request));
        return new Response(null, { status: 204, headers: HEADERS });
      }),

    take: (request, id) =>
      answering(request, async (client) => {
        checkId(id);
        limit(limiters.reads, client);
        if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
          throw new ShareStoreError('bad-request', 'not JSON');
        }
        const parsed = claimRequest.safeParse(parseJson(await readBody(request, MAX_JSON_BYTES)));
        if (!parsed.success) throw new ShareStoreError('bad-request', 'not a claim');
        return bodyAnswer(await once.take(id, parsed.data.proof, parsed.data.claim));
      }),

    arrived: (request, id) =>
      answering(request, async (client) => {
        checkId(id);
        limit(limiters.reads, client);
        await once.arrived(id, tokenOf(request));
        return new Response(null, { status: 204, headers: HEADERS });
      }),
  };
}
