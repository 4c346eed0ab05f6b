/** Calls passed on, over a real port on both sides: what gets through, what does not, and where keys go. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readConnect, readEndpoints } from './endpoint-settings';
import { createForwarding, type Forwarding } from './forwarding';
import { createRateLimiter } from './rate-limiter';
import { sendUpstream } from './upstream';

const KEY = 'sk-operator-0001';
const OWN = 'sk-own-0002';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

let server: Server;
let base: string;
let seen: Seen[] = [];
let closed: Promise<void> = Promise.resolve();

function answer(request: IncomingMessage, response: ServerResponse): void {
  seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
  request.resume();
  if (request.url === '/v1/responses') {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
  } else if (request.url === '/v1/messages') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<script>alert(1)</script>');
  } else if (request.method === 'POST') {
    closed = new Promise((resolve) => response.once('close', resolve));
    // The first piece of a stream that does not end by itself.
    response.writeHead(200, { 'content-type': 'text/event-stream', 'set-cookie': 'a=b' }).write('data: one\n\n');
  } else {
    response
      .writeHead(429, { 'content-type': 'application/json', 'retry-after': '9' })
      .end('{"error":{"message":"busy"}}');
  }
}

beforeAll(async () => {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => void (seen = []));

const many = () => createRateLimiter({ capacity: 1e9, seconds: 1 });

function made(env: Record<string, string>, limiters = { calls: many(), bytes: many() }): Forwarding {
  return createForwarding({ settings: readEndpoints(env), limiters, clientOf: () => 'someone', send: sendUpstream });
}

const post = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
  new Request(`http://loupe/api/servers/lab/${path}`, {
    method: 'POST',
    body: '{"model":"x"}',
    headers: { 'content-type': 'application/json', ...headers },
    ...init,
  });
const lab = (key = '') => made({ LOUPE_ENDPOINTS: `lab=${base}${key}` });
const chat = ['chat', 'completions'];

describe('a call that is passed on', () => {
  it('goes to the named server with what a turn needs and no more, and is streamed as it comes', async () => {
    const stop = new AbortController();
    const own = { authorization: `Bearer ${OWN}`, cookie: 'session=1', 'x-api-key': OWN, 'x-forwarded-for': '1.2.3.4' };
    const response = await lab().pass(post('chat/completions', own, { signal: stop.signal }), 'lab', chat);
    expect(response.status).toBe(200);
    expect([...response.headers.keys()]).not.toContain('set-cookie');
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('data: one\n\n');
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/chat/completions' });
    expect(seen[0]?.headers).toMatchObject({ authorization: `Bearer ${OWN}`, 'content-type': 'application/json' });
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain('cookie');
    expect(Object.keys(seen[0]?.headers ?? {})).not.toContain('x-forwarded-for');
    stop.abort();
    await closed;
  });

  it('has the operator’s key in place of anybody’s own, under the name of its protocol', async () => {
    const forwarding = lab(`,${KEY}`);
    const stop = new AbortController();
    await forwarding.pass(
      post('chat/completions', { authorization: `Bearer ${OWN}` }, { signal: stop.signal }),
      'lab',
      chat,
    );
    await forwarding.pass(post('messages', { 'anthropic-version': '2023-06-01', 'x-api-key': OWN }), 'lab', [
      'messages',
    ]);
    const gemini = post(
      'models/gemini-3:streamGenerateContent?alt=sse',
      { 'x-goog-api-key': OWN },
      { signal: stop.signal },
    );
    await forwarding.pass(gemini, 'lab', ['models', 'gemini-3:streamGenerateContent']);
    expect(
      seen.map(({ headers: { authorization, 'x-api-key': anthropic, 'x-goog-api-key': google } }) => [
        authorization,
        anthropic,
        google,
      ]),
    ).toEqual([
      [`Bearer ${KEY}`, undefined, undefined],
      [undefined, KEY, undefined],
      [undefined, undefined, KEY],
    ]);
    expect(JSON.stringify(seen)).not.toContain(OWN);
    expect(await forwarding.list().text()).not.toContain(KEY);
    stop.abort();
  });

  it('brings back a refusal with its words and how long to wait', async () => {
    const response = await lab().pass(new Request('http://loupe/api/servers/lab/models'), 'lab', ['models']);
    expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([
      429,
      '9',
      '{"error":{"message":"busy"}}',
    ]);
  });
});

describe('what is not passed on', () => {
  it.each([
    ['an unknown name', 'other', chat, 'chat/completions'],
    ['another path', 'lab', ['files'], 'files'],
    ['a way up', 'lab', ['..', 'admin'], 'x'],
    ['a query of one’s own', 'lab', chat, 'chat/completions?x=1'],
    ['a slash in a name', 'lab', ['models', 'a/b:streamGenerateContent'], 'models/x?alt=sse'],
  ])('%s', async (_, name, path, asked) => {
    expect((await lab().pass(post(asked), name, path)).status).toBe(404);
    expect(seen).toEqual([]);
  });

  it.each([
    ['another site’s page', { 'sec-fetch-site': 'cross-site' }],
    ['what a form may send', { 'content-type': 'text/plain' }],
  ])('%s', async (_, headers) => {
    expect((await lab(`,${KEY}`).pass(post('chat/completions', headers), 'lab', chat)).status).toBe(403);
    expect(seen).toEqual([]);
  });

  it('too much, and too often', async () => {
    const small = made({ LOUPE_ENDPOINTS: `lab=${base}`, LOUPE_ENDPOINT_MAX_BYTES: '5' });
    expect((await small.pass(post('chat/completions'), 'lab', chat)).status).toBe(413);
    const once = made(
      { LOUPE_ENDPOINTS: `lab=${base}` },
      { calls: createRateLimiter({ capacity: 1, seconds: 60 }), bytes: many() },
    );
    await once.pass(new Request('http://loupe/api/servers/lab/models'), 'lab', ['models']);
    const second = await once.pass(post('chat/completions'), 'lab', chat);
    expect([second.status, Number(second.headers.get('retry-after')) > 0]).toEqual([429, true]);
  });

  it('a redirect, and a page in place of an answer', async () => {
    expect((await lab().pass(post('responses'), 'lab', ['responses'])).status).toBe(502);
    const page = await lab().pass(post('messages'), 'lab', ['messages']);
    expect([page.status, (await page.text()).includes('script')]).toEqual([404, false]);
  });

  it('anything to a server that is away, which is said so', async () => {
    const gone = made({ LOUPE_ENDPOINTS: 'lab=http://127.0.0.1:9/v1' });
    const response = await gone.pass(post('chat/completions'), 'lab', chat);
    expect([response.status, await response.text()]).toEqual([502, expect.stringContaining('loupe_unreachable')]);
  });
});

describe('the settings', () => {
  it('are nothing by default, and read by name, address and key', () => {
    expect(readEndpoints({}).endpoints).toEqual([]);
    expect(readConnect({})).toEqual([]);
    expect(
      readEndpoints({ LOUPE_ENDPOINTS: ' lab=http://10.0.0.5:8000/v1/  claude=https://api.anthropic.com/v1,k,ey ' })
        .endpoints,
    ).toEqual([
      { name: 'lab', base: 'http://10.0.0.5:8000/v1', key: null },
      { name: 'claude', base: 'https://api.anthropic.com/v1', key: 'k,ey' },
    ]);
    expect(readConnect({ LOUPE_CONNECT: 'http://192.168.1.7:8000, http://*.lan:*' })).toEqual([
      'http://192.168.1.7:8000',
      'http://*.lan:*',
    ]);
  });

  it.each(['lab', 'la b=x', 'lab=ftp://x', 'lab=http://a:b@x', '../x=http://x', 'a=http://x a=http://y'])(
    'refuse %s',
    (given) => {
      expect(() => readEndpoints({ LOUPE_ENDPOINTS: given })).toThrow('LOUPE_ENDPOINTS');
    },
  );

  it('keep a key out of what they say', () => {
    expect(() => readEndpoints({ LOUPE_ENDPOINTS: `x=y,${KEY}` })).toThrow(expect.not.stringContaining(KEY) as Error);
    expect(() => readConnect({ LOUPE_CONNECT: "http://x; script-src 'unsafe-eval'" })).toThrow('LOUPE_CONNECT');
  });
});
