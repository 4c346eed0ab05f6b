/**
 * Calls that this server passes on to a server of models: to those alone that the operator named, at the few addresses that a turn needs.
 * Keys of the operator are added here and never leave; a person's own passes through and is neither kept nor logged. Nothing is logged at
 * all: what is asked is nobody's business. Redirects are refused, since a key is for one server.
 */
import type { Endpoint, EndpointSettings } from './endpoint-settings';
import type { RateLimiter } from './rate-limiter';
import { readBody } from './read-body';
import type { SendUpstream } from './upstream';

export interface Forwarding {
  /** Names, without addresses and keys. */
  list(): Response;
  pass(request: Request, name: string, path: readonly string[]): Promise<Response>;
}

export interface ForwardingDeps {
  readonly settings: Pick<EndpointSettings, 'endpoints' | 'maxBytes'>;
  readonly limiters: { readonly calls: RateLimiter; readonly bytes: RateLimiter };
  readonly clientOf: (request: Request) => string;
  readonly send: SendUpstream;
}

const HEADERS: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store, no-transform',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  // Proxies on the way hand on what is streamed as it comes.
  'X-Accel-Buffering': 'no',
};

/** What a turn needs, and nothing that manages a server. */
const PATHS: Readonly<Record<'GET' | 'POST', RegExp>> = {
  GET: /^models(\?(limit|pageSize)=\d{1,4})?$/,
  POST: /^(chat\/completions|messages|responses|models\/[\w.:-]{1,200}:streamGenerateContent\?alt=sse)$/,
};

/** Of the request; all others, cookies among them, stay here. */
const SENT = ['content-type', 'anthropic-version'];
/** Of the answer. */
const RETURNED = ['content-type', 'retry-after'];
/** What an API answers with: no page is ever shown under this site's name. */
const TAKEN = /^(application\/(json|x-ndjson)|text\/(event-stream|plain))\b/i;

type Reason = 'forbidden' | 'not-found' | 'too-large' | 'rate-limited' | 'unreachable';
const STATUS: Readonly<Record<Reason, number>> = {
  forbidden: 403,
  'not-found': 404,
  'too-large': 413,
  'rate-limited': 429,
  unreachable: 502,
};

/** In the words of the APIs that are passed on, for whoever asked. */
function refuse(reason: Reason, seconds = 0): Response {
  const message = { message: `This site does not pass this on: ${reason}.`, type: `loupe_${reason}` };
  const headers = { ...HEADERS, ...(seconds > 0 && { 'Retry-After': String(seconds) }) };
  return Response.json({ error: message }, { status: STATUS[reason], headers });
}

export function createForwarding({ settings, limiters, clientOf, send }: ForwardingDeps): Forwarding {
  const { endpoints, maxBytes } = settings;
  return {
    list: () =>
      Response.json(
        { servers: endpoints.map(({ name, base, key }) => ({ name, wire: wireOf(base), keyed: key !== null })) },
        { headers: HEADERS },
      ),

    async pass(request, name, path) {
      const endpoint = endpoints.find((one) => one.name === name);
      const { search } = new URL(request.url);
      const asked = `${path.map(segment).join('/')}${search}`;
      const method = request.method === 'POST' ? 'POST' : 'GET';
      if (!endpoint || !PATHS[method].test(asked)) return refuse('not-found');
      // Pages of others may not spend what is the operator's: their requests carry a site, or a type that no form can send is missing.
      const site = request.headers.get('sec-fetch-site');
      if (site !== null && site !== 'same-origin') return refuse('forbidden');
      if (method === 'POST' && !/^application\/json\b/i.test(request.headers.get('content-type') ?? ''))
        return refuse('forbidden');
      const client = clientOf(request);
      const wait = limiters.calls.take(client);
      if (wait > 0) return refuse('rate-limited', wait);
      const body = method === 'POST' ? await readBody(request, maxBytes) : null;
      if (method === 'POST' && body === null) return refuse('too-large');
      const later = body ? limiters.bytes.take(client, body.length) : 0;
      if (later > 0) return refuse('rate-limited', later);
      try {
        const answer = await send(`${endpoint.base}/${asked}`, {
          method,
          headers: headersFor(request.headers, endpoint, asked),
          body,
          // Whoever stops lets the server stop, too.
          signal: request.signal,
        });
        return returned(answer);
      } catch {
        return refuse('unreachable');
      }
    },
  };
}

const segment = (text: string): string => encodeURIComponent(text).replaceAll('%3A', ':');

/** By which protocol it is asked, for who has not said. */
function wireOf(base: string): string {
  const { hostname } = new URL(base);
  if (/(^|\.)anthropic\.com$/.test(hostname)) return 'messages';
  if (/(^|\.)googleapis\.com$/.test(hostname)) return 'gemini';
  return hostname === 'api.openai.com' ? 'responses' : 'chat';
}

const OWN_KEYS = ['authorization', 'x-api-key', 'x-goog-api-key'];

function headersFor(given: Headers, { base, key }: Endpoint, path: string): Headers {
  const headers = new Headers({ accept: given.get('accept') ?? '*/*' });
  for (const name of SENT) if (given.has(name)) headers.set(name, given.get(name) ?? '');
  if (key === null) {
    for (const name of OWN_KEYS) if (given.has(name)) headers.set(name, given.get(name) ?? '');
    return headers;
  }
  // Under the name that the protocol has for it.
  if (given.has('anthropic-version') || path === 'messages') headers.set('x-api-key', key);
  else if (wireOf(base) === 'gemini' || path.includes(':streamGenerateContent')) headers.set('x-goog-api-key', key);
  else headers.set('authorization', `Bearer ${key}`);
  return headers;
}

function returned(answer: Response): Response {
  const type = answer.headers.get('content-type') ?? '';
  const redirected = answer.status >= 300 && answer.status < 400;
  if (redirected || !TAKEN.test(type)) {
    void answer.body?.cancel();
    return refuse(redirected ? 'unreachable' : 'not-found');
  }
  const headers = new Headers(HEADERS);
  for (const name of RETURNED) {
    const value = answer.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers });
}
