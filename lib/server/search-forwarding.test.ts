/** Searches passed on, over a real port on the engine's side: what is sent, what comes back, and what does not get through. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRateLimiter } from './rate-limiter';
import { createSearchForwarding, readSearchEngine } from './search-forwarding';
import { sendUpstream } from './upstream';

let server: Server;
let base: string;
let seen: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', headers: request.headers });
    const path = new URL(request.url ?? '', 'http://x').pathname;
    if (path === '/moved') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    else if (path === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello');
    else
      response
        .writeHead(200, { 'content-type': 'application/json', 'set-cookie': 'a=b' })
        .end('{"results":[{"title":"Tides","url":"https://t.example/"}]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => void (seen = []));

const made = (given: string | undefined, capacity = 1e9) =>
  createSearchForwarding({
    engine: readSearchEngine(given === undefined ? {} : { LOUPE_SEARCH: given }),
    limiter: createRateLimiter({ capacity, seconds: 1 }),
    clientOf: () => 'someone',
    send: sendUpstream,
  });

const asking = (query: unknown, headers: Record<string, string> = {}) =>
  new Request('http://loupe/api/search', {
    method: 'POST',
    body: JSON.stringify({ query }),
    headers: { 'content-type': 'application/json', ...headers },
  });

describe('a search that is passed on', () => {
  it('sends the query and the key, nothing else of the page, and hands on the answer', async () => {
    const response = await made(`${base},key-1`).pass(
      asking('tide table', { cookie: 'session=1', authorization: 'Bearer own', 'sec-fetch-site': 'same-origin' }),
    );
    expect(await response.json()).toEqual({ results: [{ title: 'Tides', url: 'https://t.example/' }] });
    expect([...response.headers.keys()]).not.toContain('set-cookie');
    expect(seen).toMatchObject([
      { url: '/search?q=tide+table&format=json', headers: { authorization: 'Bearer key-1' } },
    ]);
    expect(seen[0]?.headers).not.toHaveProperty('cookie');
  });

  it('fills an address that says where the query goes', async () => {
    await made(`${base}/find?text={query}`).pass(asking('a&b=c'));
    expect(seen[0]?.url).toBe('/find?text=a%26b%3Dc');
  });

  it('says where queries go, and no key', async () => {
    expect(await made('https://searx.example/search?language=en,key-1').tell().json()).toEqual({
      host: 'searx.example',
    });
    expect(await made(undefined).tell().json()).toEqual({ host: null });
  });

  it.each([
    ['nothing is named', undefined, asking('x'), 404],
    ['another site asks', '', asking('x', { 'sec-fetch-site': 'cross-site' }), 403],
    ['a form asks', '', asking('x', { 'content-type': 'text/plain' }), 403],
    ['there is no query', '', asking(''), 400],
    ['a redirect', '/moved?q={query}', asking('x'), 502],
    ['a page', '/page?q={query}', asking('x'), 502],
  ])('%s', async (_, path, request, status) => {
    expect((await made(path === undefined ? undefined : base + path).pass(request)).status).toBe(status);
  });

  it('no client asks more often than the operator allows', async () => {
    const few = made(base, 1);
    expect((await few.pass(asking('x'))).status).toBe(200);
    const refused = await few.pass(asking('x'));
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).not.toBeNull();
  });
});

it('says what is wrong with the setting, and tells no key', () => {
  for (const given of ['searx.example', 'ftp://a.example', 'https://u:p@a.example', 'https://a b'])
    expect(() => readSearchEngine({ LOUPE_SEARCH: given })).toThrow('LOUPE_SEARCH');
  expect(() => readSearchEngine({ LOUPE_SEARCH: 'x,key-1' })).toThrow(expect.not.stringContaining('key-1') as Error);
});
