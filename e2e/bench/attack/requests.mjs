/**
 * Requests with something wrong in them, on every route: paths, queries, methods, headers, lengths. Each has to be answered, and
 * no client's fault may look like the server's: no 5xx but what a route means to say (503 for switched off, 507 for full).
 */
import { createRandom } from '../random.mjs';
import { ask } from './raw.mjs';

const ID = '0123456789abcdef0123456789abcdef';
const ROUTES = [
  '/',
  '/library',
  '/learn',
  '/make',
  '/bench',
  `/t/${ID}`,
  `/e/${ID}`,
  '/api/health',
  '/api/health?ready',
  '/api/shares',
  `/api/shares/${ID}`,
  '/robots.txt',
  '/icon.svg',
  '/_next/static/chunks/none.js',
  '/_next/image?url=%2Ficon.svg&w=64&q=75',
  '/_next/data/x/index.json',
  '/ort/1.0/none.wasm',
  '/models/none/manifest.json',
  '/gallery/none.jpg',
  '/no/such/page',
];
const BAD_TAILS = [
  '%E0%A4%A',
  '%',
  '%zz',
  '%00',
  '%0a',
  '%ff',
  '%c0%ae%c0%ae/',
  '..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/',
  '../../../../etc/passwd',
  '..\\..\\',
  '%5c..%5c',
  '%2F%2Fevil.example',
  '[id]',
  ':id',
  '(.)',
  '%F0%9F%98%80',
  '\u00e9',
  '~'.repeat(3000),
  '/'.repeat(500),
  'a/'.repeat(500),
];
const WHOLE = [
  '//evil.example/',
  '///',
  '/\\evil.example',
  'http://evil.example/',
  'http://127.0.0.1/api/shares',
  '*',
  'api/shares',
  '',
  '?',
  '#',
  '/?%E0%A4%A',
  '/?step=%',
  '/?a=%00',
  `/t/${ID}?step=%E0%A4%A`,
  `/t/${ID}?step=99999999999999999999&step=-1&step=`,
  '/?' + 'a=1&'.repeat(900),
  '/?__proto__=1&constructor[prototype]=1',
  '/_next/image?url=http://127.0.0.1:1/&w=64&q=75',
  '/_next/image',
  '/_next/../api/health',
  '/.env',
  '/.git/config',
  '/_next/static/%2e%2e/server/app/page.js',
];
const METHODS = [
  ...['TRACE', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'REPORT', 'SEARCH', 'PURGE', 'LINK'],
  ...['PATCH', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'QUERY', 'M-SEARCH', 'SOURCE', 'CONNECT', 'MERGE', 'ACL'],
  ...['get', 'Get', 'post', 'FOO', 'G E T', 'GET\t', '', 'PRI'],
];
const HEADERS = [
  'RSC: 1',
  'RSC: 1\r\nNext-Router-State-Tree: garbage',
  'RSC: 1\r\nNext-Router-State-Tree: %',
  'RSC: 1\r\nNext-Router-State-Tree: %5B%22%22%5D',
  'RSC: 1\r\nNext-Router-State-Tree: {}',
  'RSC: 1\r\nNext-Router-State-Tree: ' + '%5B'.repeat(2000),
  'RSC: 1\r\nNext-Router-Prefetch: 1\r\nNext-Router-Segment-Prefetch: /../../x',
  'RSC: 1\r\nNext-Router-Segment-Prefetch: %E0%A4%A',
  'RSC: 1\r\nNext-Router-Segment-Prefetch: /_tree',
  'RSC: 1\r\nNext-Hmr-Refresh: 1\r\nNext-Url: %E0%A4%A',
  'Next-Url: \\\\',
  'Next-Action: x',
  'Next-Action: 40deadbeefdeadbeefdeadbeefdeadbeefdeadbeef',
  'Next-Resume: 1',
  'X-Nextjs-Data: 1',
  'X-Matched-Path: /api/health',
  'X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy',
  'X-Middleware-Rewrite: http://127.0.0.1:1/',
  'X-Middleware-Override-Headers: x-nonce',
  'X-Invoke-Path: /api/health',
  'X-Invoke-Status: 500',
  'X-Invoke-Error: {"message":"x"}',
  'X-Now-Route-Matches: 1=%E0%A4%A',
  'X-Prerender-Revalidate: x',
  'X-Nonce: x',
  'X-Forwarded-Host: evil.example',
  'X-Forwarded-Host: a b, [',
  'X-Forwarded-Proto: gopher',
  'X-Forwarded-Port: -1',
  'X-Forwarded-For: ' + '1.1.1.1,'.repeat(1000),
  'X-Loupe-Peer: 1.2.3.4',
  'Forwarded: for="[',
  'Accept-Encoding: ' + 'br;q=0,'.repeat(1000),
  'Accept-Language: %00',
  'Accept: \x01',
  'Cookie: a=%E0%A4%A; __proto__=1; =; ;;',
  'Cookie: __prerender_bypass=x; __next_preview_data=x',
  'Cookie: ' + 'a=b;'.repeat(3000),
  'Range: bytes=-1',
  'Range: bytes=9-1,0-0,' + '0-1,'.repeat(500),
  'If-None-Match: "',
  'If-Modified-Since: yesterday',
  'Origin: null',
  'Origin: [',
  'Referer: %',
  'Expect: 200-ok',
  'Expect: 100-continue',
  'TE: trailers, x',
  'Trailer: Host',
  'Upgrade: websocket\r\nConnection: Upgrade',
  'Connection: close, host',
  'Content-Type: multipart/form-data',
  'Content-Type: multipart/form-data; boundary=' + 'x'.repeat(300),
  'Content-Type: \xff',
  'Content-Encoding: x',
  'Content-Length: 99999999999999999999',
  'Content-Length: -1',
  'Content-Length: 1e3',
  'Content-Length: 5\r\nContent-Length: 6',
  'Content-Length: 5\r\nTransfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: x',
  'Authorization: Bearer ' + '\xe9'.repeat(50),
  'Authorization: Basic %',
  'Content-Digest: sha-256=:x:',
  'X'.repeat(15_000) + ': 1',
  Array.from({ length: 150 }, (_, n) => `A${n}: 1`).join('\r\n'),
  'No colon',
  ': no name',
  'Bad Name: 1',
  'Folded: a\r\n b',
  'Null: a\x00b',
];
const HOSTS = [
  '',
  'a b',
  '[',
  '[::1',
  'evil.example',
  'localhost:99999',
  'localhost:x',
  '%',
  'a/b',
  'a@b',
  '\xe9',
  '..',
];

/** `first line and headers`; the end of the head is added. */
const head = (method, path, header = '', host = 'localhost') =>
  `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${header === '' ? '' : `${header}\r\n`}Connection: close\r\n\r\n`;

function* wrongOn(route) {
  const [path] = route.split('?');
  for (const tail of BAD_TAILS) {
    yield { what: 'path', bytes: head('GET', `${path}${path.endsWith('/') ? '' : '/'}${tail}`) };
    yield { what: 'query', bytes: head('GET', `${path}?a=${tail}`) };
  }
  for (const method of METHODS) yield { what: 'method', bytes: head(method, route) };
  for (const header of HEADERS) yield { what: 'header', bytes: head('GET', route, header) };
  for (const host of HOSTS) yield { what: 'host', bytes: head('GET', route, '', host) };
  yield { what: 'host', bytes: `GET ${route} HTTP/1.1\r\n\r\n` };
  yield { what: 'version', bytes: `GET ${route} HTTP/1.0\r\n\r\n` };
  yield { what: 'version', bytes: `GET ${route} HTTP/9.9\r\nHost: a\r\n\r\n` };
  yield { what: 'version', bytes: `GET ${route}\r\n\r\n` };
}

/** @param every each thing that can be wrong is tried on every so manieth route, beginning with another route than the thing before */
export function* badRequests(every = 1) {
  for (const [at, route] of ROUTES.entries()) {
    let thing = 0;
    for (const request of wrongOn(route)) if ((at + thing++) % every === 0) yield request;
  }
  for (const path of WHOLE) yield { what: 'path', bytes: head('GET', path) };
  for (const method of ['POST', 'PUT', 'DELETE']) {
    for (const header of HEADERS) {
      yield { what: 'header', bytes: `${head(method, '/api/shares' + (method === 'POST' ? '' : `/${ID}`), header)}{}` };
    }
  }
  yield { what: 'bytes', bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' + '\x00'.repeat(100) };
  yield { what: 'bytes', bytes: 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n' };
  yield { what: 'bytes', bytes: '\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\n\r\n' };
  yield { what: 'bytes', bytes: '\x00'.repeat(1000) };
}

/** A good request in which some bytes were changed. */
export function* spoiltRequests(count, seed) {
  const random = createRandom(seed);
  const good = [...ROUTES.map((route) => head('GET', route)), ...HEADERS.slice(0, 40).map((h) => head('GET', '/', h))];
  for (let n = 0; n < count; n++) {
    const letters = [...random.pick(good)];
    for (let left = 1 + random.below(4); left > 0; left--) {
      const at = random.below(letters.length);
      const letter = String.fromCharCode(random.below(256));
      letters.splice(at, random.below(2), ...(random.below(3) === 0 ? [] : [letter]));
    }
    yield { what: 'spoilt', bytes: letters.join('') };
  }
}

/** What no answer to a client's fault may be. */
const isFault = (status) => status === null || (typeof status === 'number' && status >= 500 && status !== 505);

/** @returns how many were sent and which were answered wrongly; `until` (performance.now()) bounds the time */
export async function attackRequests(port, { count, seed, until, every = 1, clients = 8 }) {
  const requests = (function* () {
    yield* badRequests(every);
    yield* spoiltRequests(count, seed);
  })();
  const faults = [];
  const answers = {};
  let sent = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (const { what, bytes } of requests) {
        if (performance.now() > until) return;
        // A request whose head never ends is another attack: connections.mjs.
        const whole = bytes.includes('\r\n\r\n') ? bytes : `${bytes}\r\n\r\n`;
        let { status, location } = await ask(port, whole, 30_000);
        sent += 1;
        if (status === 307 && location?.startsWith('/')) {
          // Next sends a page's data to an address of its own: what is spoilt is looked at there.
          ({ status } = await ask(port, whole.replace(/^(\S+) \S+/, `$1 ${location}`), 30_000));
          sent += 1;
        }
        answers[status] = (answers[status] ?? 0) + 1;
        if (isFault(status))
          faults.push(`${what}: ${status ?? 'no answer'} for ${JSON.stringify(bytes.slice(0, 160))}`);
      }
    }),
  );
  return { sent, answers, faults };
}
