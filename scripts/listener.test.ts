/** The listener before Next, with short limits and a handler of a few lines; with Next behind it: e2e/attack.e2e.ts. */
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createListener } from './listener.mjs';
import { refusalOf } from './request-rules.mjs';

vi.setConfig({ testTimeout: 60_000 });

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

const QUICK = { headersMs: 500, requestMs: 5000, keepAliveMs: 500, stallMs: 500, stallBytes: 1000, checkMs: 100 };
const read: Handle = async (request, response) => {
  for await (const _ of request);
  response.end('done');
};

async function listen(handle: Handle = read, options: Parameters<typeof createListener>[1] = {}): Promise<number> {
  const server = createListener(handle, { ...QUICK, log: () => undefined, ...options });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

interface Line {
  readonly socket: Socket;
  readonly text: () => string;
  readonly ended: Promise<string>;
}
function dial(port: number, bytes: string): Line {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (piece) => (text += piece.toString('latin1')));
  socket.on('error', () => undefined);
  socket.write(bytes, 'latin1');
  return { socket, text: () => text, ended: new Promise((resolve) => socket.once('close', () => resolve(text))) };
}
/** Writes `piece` until the other end has had enough. */
function trickle({ socket }: Line, piece: string, ms = 50): void {
  const timer = setInterval(() => socket.writable && socket.write(piece), ms);
  socket.once('close', () => clearInterval(timer));
}
const statusOf = (text: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1]);

it.each([
  ['websocket', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n', 400],
  ['h2c', 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n', 400],
  ['a tunnel', 'CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: a\r\n\r\n', 405],
])('an upgrade (%s) is answered and ended', async (_, bytes, status) => {
  const text = await dial(await listen(), bytes).ended;
  expect(statusOf(text)).toBe(status);
});

it.each([
  ['a head', 'GET / HTTP/1.1\r\n', 'A: b\r\n'],
  ['a body', 'POST /api/shares HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n', 'x'],
  ['a body in chunks', 'POST /api/shares HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\nx\r\n'],
])('%s that trickles in is not waited for', async (_, head, piece) => {
  const line = dial(await listen(), head);
  trickle(line, piece);
  expect(await line.ended).not.toContain('200 OK');
});

it('a body that is slow but moves arrives', async () => {
  const line = dial(
    await listen(),
    'POST /api/shares HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 12000\r\n\r\n',
  );
  // Twice the least, for twice the window.
  for (let n = 0; n < 10; n++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    line.socket.write('x'.repeat(1200));
  }
  expect(await line.ended).toContain('200 OK');
});

it('a wait that is the handler’s cuts nobody off', async () => {
  const slow: Handle = async (request, response) => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return read(request, response);
  };
  const port = await listen(slow);
  for (const body of ['', 'x'.repeat(500_000)]) {
    const method = body === '' ? 'GET /' : 'POST /api/shares';
    const line = dial(
      port,
      `${method} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(await line.ended).toContain('200 OK');
  }
});

it('an answer that is not read is given up; one that is read whole is not', async () => {
  let closed = false;
  const size = 40_000_000;
  const large: Handle = async (_, response) => {
    response.once('close', () => (closed = true));
    response.end(Buffer.alloc(size));
  };
  const port = await listen(large);
  const line = dial(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  line.socket.pause();
  await vi.waitFor(() => expect(closed).toBe(true), 20_000);
  line.socket.resume();
  expect((await line.ended).length).toBeLessThan(size);
  const text = await dial(port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n').ended;
  expect(text.length).toBeGreaterThan(size);
});

it.each(['/t/0f%23KEY', '/t/0f?step=3%23KEY', '/e/0f%23KEY.', '/t/0f#KEY', '/t/0f%2523KEY'])(
  'the key in %s reaches neither the page nor the log',
  async (path) => {
    const lines: string[] = [];
    const seen: string[] = [];
    const fail: Handle = (request) => {
      seen.push(request.url ?? '');
      return Promise.reject(new Error(`cannot render ${request.url}`));
    };
    const port = await listen(fail, { log: (line) => void lines.push(line) });
    await dial(port, `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`).ended;
    expect([...seen, ...lines]).toHaveLength(2);
    expect([...seen, ...lines].join()).not.toMatch(/KEY|23/);
  },
);

it('a connection that only waits is ended', async () => {
  const line = dial(await listen(), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n');
  expect(await line.ended).toContain('200 OK');
});

it('what is left of a body that was refused is not read for ever', async () => {
  const line = dial(
    await listen(read, { lingerMs: 300, stallMs: 60_000 }),
    ['POST /learn HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n'].join(''),
  );
  trickle(line, 'x'.repeat(1000));
  expect(statusOf(await line.ended)).toBe(405);
});

it('a picture that is shared with the page is sent home unread', async () => {
  let handled = 0;
  const port = await listen(() => Promise.resolve(void (handled += 1)), { lingerMs: 50 });
  const head =
    'POST /receive HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000\r\n\r\n';
  // The picture has not even been sent when the answer is there.
  const text = await dial(port, head).ended;
  expect(statusOf(text)).toBe(303);
  expect(text).toMatch(/\r\nLocation: \/\r\n/);
  expect(handled).toBe(0);
});

it('one address has so many connections, and again when they end', async () => {
  const port = await listen(read, { connectionsPerAddress: 3, headersMs: 5000 });
  const get = 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
  const idle = [0, 1, 2].map(() => dial(port, 'G'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await dial(port, get).ended).toBe('');
  for (const { socket } of idle) socket.destroy();
  await vi.waitFor(async () => expect(await dial(port, get).ended).toContain('200 OK'));
});

it('more connections than there may be: those that only wait make room', async () => {
  const port = await listen(read, { connections: 2, keepAliveMs: 60_000 });
  const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
  const idle = [dial(port, get), dial(port, get)];
  await vi.waitFor(() => expect(idle.map(({ text }) => statusOf(text()))).toEqual([200, 200]));
  await dial(port, get).ended;
  const next = dial(port, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
  expect(await next.ended).toContain('200 OK');
});

it('many requests on one connection leave nothing behind', async () => {
  const warned = vi.fn();
  process.on('warning', warned);
  const line = dial(await listen(), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(50));
  expect((await line.ended).match(/200 OK/g)).toHaveLength(50);
  process.off('warning', warned);
  expect(warned).not.toHaveBeenCalled();
});

it('a handler that throws is a 500 and not the end', async () => {
  const port = await listen(() => Promise.reject(new Error('no')));
  const get = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
  for (const _ of [1, 2]) expect(statusOf(await dial(port, get).ended)).toBe(500);
});

it('the address is that of the connection, whatever the client says', async () => {
  const peer: Handle = async (request, response) => response.end(String(request.headers['x-loupe-peer']));
  const text = await dial(await listen(peer), 'GET / HTTP/1.1\r\nHost: a\r\nX-Loupe-Peer: 1.2.3.4\r\n\r\n').ended;
  expect(text).toContain('127.0.0.1');
  expect(text).not.toContain('1.2.3.4');
});

describe('what is refused unread', () => {
  const ask = (method: string, url: string, headers: Record<string, string> = {}) =>
    refusalOf({ method, url, headers: { host: 'localhost:3000', ...headers } })?.status ?? null;
  const id = '0'.repeat(32);

  it.each([
    ['GET', '/'],
    ['GET', '/?run=a%20b&step=50%'],
    ['GET', `/t/${id}?step=2`],
    ['HEAD', '/robots.txt'],
    ['OPTIONS', '/api/shares'],
    ['POST', '/api/shares'],
    ['PUT', `/api/shares/${id}`],
    ['POST', `/api/shares/${id}/open`],
    ['DELETE', `/api/shares/${id}/open`],
    ['DELETE', `/api/shares/${id}`],
    ['GET', '/_next/static/chunks/%5Broot%5D.js'],
    ['GET', '/no/such/page/%F0%9F%98%80'],
  ])('not %s %s', (method, url) => expect(ask(method, url)).toBeNull());

  it.each([
    [400, 'GET', '/api/shares/%E0%A4%A'],
    [400, 'GET', '/%'],
    [400, 'GET', '/%00'],
    [400, 'GET', '/?a=%ff'],
    [400, 'GET', '/\\evil.example'],
    [400, 'GET', '//evil.example'],
    [400, 'GET', 'http://evil.example/'],
    [400, 'OPTIONS', '*'],
    [405, 'TRACE', '/api/shares'],
    [405, 'PROPFIND', '/'],
    [405, 'POST', '/'],
    [405, 'PUT', '/api/shares'],
    [405, 'DELETE', '/api/health'],
    [405, 'PATCH', `/api/shares/${id}`],
  ])('%i: %s %s', (status, method, url) => expect(ask(method, url)).toBe(status));

  it('an address longer than any of ours', () => expect(ask('GET', `/${'a'.repeat(5000)}`)).toBe(414));

  it('hosts that are none, bodies that nobody takes, and a router header that Next cannot read', () => {
    for (const host of ['', 'a b', '[', 'localhost:x', 'a/b', 'a@b', '%']) expect(ask('GET', '/', { host })).toBe(400);
    expect(ask('GET', '/', { host: '[::1]:3000' })).toBeNull();
    expect(ask('GET', '/', { 'content-length': '5' })).toBe(400);
    expect(ask('DELETE', `/api/shares/${id}`, { 'transfer-encoding': 'chunked' })).toBe(400);
    expect(ask('GET', '/', { 'content-length': '0' })).toBeNull();
    for (const tree of ['x', '%', '{}', '%5B%22%22%5D'])
      expect(ask('GET', '/', { 'next-router-state-tree': tree })).toBe(400);
    expect(ask('GET', '/', { 'next-router-state-tree': encodeURIComponent('["",{}]') })).toBeNull();
  });
});
