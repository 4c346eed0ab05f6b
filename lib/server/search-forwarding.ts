/**
 * Searches that this server passes on to the one engine that the operator named (LOUPE_SEARCH), by the rules of forwarding.ts: nothing by
 * default, the query alone, no redirects, nothing kept and nothing logged. A query is sent in a body, so that no access log on the way has it
 * in an address; what the engine answers is handed on as JSON and read by the page.
 */
import type { Environment } from './share-settings';
import { SettingsError } from './share-settings';
import type { RateLimiter } from './rate-limiter';
import { readBody } from './read-body';
import type { SendUpstream } from './upstream';

export interface SearchEngine {
  /** With `{query}` where the query goes, or SearXNG's own address. */
  readonly address: string;
  /** As people are told where a query goes. */
  readonly host: string;
  /** Sent as a bearer token; null: none. */
  readonly key: string | null;
}

/** `LOUPE_SEARCH`: `https://searx.example` or `https://api.example/find?q={query},key`. @throws SettingsError; a key is in no message */
export function readSearchEngine(env: Environment): SearchEngine | null {
  const given = env.LOUPE_SEARCH?.trim() ?? '';
  if (given === '') return null;
  const [, address = '', key] = /^([^,\s]+)(?:,(\S+))?$/.exec(given) ?? [];
  const url = URL.canParse(address) ? new URL(address.replaceAll('{query}', 'x')) : null;
  const reachable = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !reachable || url.username + url.password + url.hash !== '') {
    throw new SettingsError('LOUPE_SEARCH is an http or https address, such as https://searx.example, or address,key.');
  }
  if (key !== undefined && !/^[\x21-\x7e]{1,500}$/.test(key)) {
    throw new SettingsError('LOUPE_SEARCH: its key cannot stand in a header.');
  }
  return { address, host: url.host, key: key ?? null };
}

export interface SearchForwarding {
  /** Where queries would go; `host` null: nowhere. */
  tell(): Response;
  pass(request: Request): Promise<Response>;
}

interface SearchForwardingDeps {
  readonly engine: SearchEngine | null;
  readonly limiter: RateLimiter;
  readonly clientOf: (request: Request) => string;
  readonly send: SendUpstream;
}

const HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store, no-transform',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
};

/** Of a query with what is around it. Bytes. */
const MOST_ASKED = 8_192;
/** Of an answer. Bytes. */
const MOST_ANSWERED = 4 * 1024 * 1024;

type Reason = 'forbidden' | 'not-found' | 'bad-request' | 'rate-limited' | 'unreachable';
const STATUS: Readonly<Record<Reason, number>> = {
  'bad-request': 400,
  forbidden: 403,
  'not-found': 404,
  'rate-limited': 429,
  unreachable: 502,
};

function refuse(reason: Reason, seconds = 0): Response {
  const headers = { ...HEADERS, ...(seconds > 0 && { 'Retry-After': String(seconds) }) };
  return Response.json({ error: { type: `loupe_${reason}` } }, { status: STATUS[reason], headers });
}

export function createSearchForwarding({ engine, limiter, clientOf, send }: SearchForwardingDeps): SearchForwarding {
  return {
    tell: () => Response.json({ host: engine?.host ?? null }, { headers: HEADERS }),

    async pass(request) {
      if (!engine) return refuse('not-found');
      // Pages of others may not spend what is the operator's.
      const site = request.headers.get('sec-fetch-site');
      const isJson = /^application\/json\b/i.test(request.headers.get('content-type') ?? '');
      if ((site !== null && site !== 'same-origin') || !isJson) return refuse('forbidden');
      const wait = limiter.take(clientOf(request));
      if (wait > 0) return refuse('rate-limited', wait);
      const query = queryIn(await readBody(request, MOST_ASKED));
      if (query === null) return refuse('bad-request');
      try {
        const headers = new Headers({ accept: 'application/json' });
        if (engine.key !== null) headers.set('authorization', `Bearer ${engine.key}`);
        const { signal } = request;
        const answer = await send(urlOf(engine.address, query), { method: 'GET', headers, body: null, signal });
        const isGood = answer.status === 200 && /^application\/json\b/i.test(answer.headers.get('content-type') ?? '');
        const bytes = isGood ? await readBody(answer, MOST_ANSWERED) : null;
        if (!isGood) void answer.body?.cancel();
        if (bytes === null) return refuse('unreachable');
        return new Response(bytes, { headers: { ...HEADERS, 'Content-Type': 'application/json' } });
      } catch {
        return refuse('unreachable');
      }
    },
  };
}

function queryIn(body: Uint8Array | null): string | null {
  try {
    const asked: unknown = body && JSON.parse(new TextDecoder().decode(body));
    const query = typeof asked === 'object' && asked !== null && 'query' in asked ? asked.query : null;
    return typeof query === 'string' && query.trim() !== '' ? query : null;
  } catch {
    return null;
  }
}

/** As lib/search/web-source.ts fills an address: the page's code is not for the server. */
function urlOf(address: string, query: string): string {
  if (address.includes('{query}')) return address.replaceAll('{query}', encodeURIComponent(query));
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/search';
  url.searchParams.set('q', query);
  if (!url.searchParams.has('format')) url.searchParams.set('format', 'json');
  return url.href;
}
