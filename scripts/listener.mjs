/**
 * The HTTP server before Next: who may connect, how long anything may take, and what is refused unread. A request that passes
 * carries the address of its connection in a header of ours (lib/server/client-address.ts reads it).
 */
import { createServer } from 'node:http';
import { groupOf } from '../lib/server/client-group.mjs';
import { refusalOf, withoutKey } from './request-rules.mjs';
import { watchStalled } from './stalled.mjs';

const PEER_HEADER = 'x-loupe-peer';

export const LIMITS = {
  /** At a time, and from one address (of IPv6: one /64); behind a proxy all come from one, so the second does not count there. */
  connections: 2048,
  connectionsPerAddress: 256,
  headerBytes: 16_384,
  headerCount: 100,
  headersMs: 20_000,
  /** 25 MB over a slow line. */
  requestMs: 15 * 60_000,
  /** Longer than the proxies before it keep theirs, or they reuse a connection that was just closed. */
  keepAliveMs: 65_000,
  /** Nothing moved for so long: nobody is there. */
  idleMs: 120_000,
  /** Less than so much in so long, in either direction, is no use. */
  stallMs: 60_000,
  stallBytes: 16_384,
  /** What is left of a body that was refused is read for so long, so that the client sees the answer. */
  lingerMs: 5000,
  checkMs: 5000,
};

/** Sent where there is no response object; nothing of the request is repeated. */
function hangUp(socket, status) {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.destroySoon();
}

/** The words of lib/share/api.ts. */
const WORDS = { 405: 'method-not-allowed', 500: 'internal' };

function refuse(request, response, { status, reason, allow, location }) {
  const api = request.url?.startsWith('/api/') ?? false;
  response.writeHead(status, {
    'Content-Type': api ? 'application/json' : 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
    ...(allow ? { Allow: allow } : {}),
    ...(location ? { Location: location } : {}),
  });
  response.end(api ? JSON.stringify({ error: WORDS[status] ?? 'bad-request' }) : `${reason}\n`);
}

/**
 * @param {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<unknown>} handle
 * @param {Partial<typeof LIMITS> & { log?: (line: string) => void }} [options]
 */
export function createListener(handle, options = {}) {
  const limits = { ...LIMITS, ...options };
  const log = options.log ?? ((line) => console.error(line));
  const stalled = watchStalled({
    windowMs: limits.stallMs,
    leastBytes: limits.stallBytes,
    checkMs: limits.checkMs,
  });

  async function answer(request, response) {
    request.url = withoutKey(request.url ?? '');
    const refusal = refusalOf(request);
    if (refusal) return refuse(request, response, refusal);
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
    try {
      await handle(request, response);
    } catch (error) {
      log(`a request failed: ${String(error)}`);
      if (response.headersSent) response.destroy();
      else refuse(request, response, { status: 500, reason: 'Something went wrong.' });
    }
  }

  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkMs,
    },
    (request, response) => {
      stalled.add(request, response);
      response.once('finish', () => {
        if (request.complete) return;
        // Node would read the rest of the body, however long, to keep the connection.
        setTimeout(() => request.complete || request.socket.destroy(), limits.lingerMs).unref();
      });
      void answer(request, response);
    },
  );
  server.maxHeadersCount = limits.headerCount;
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idleMs);

  // Nothing here is upgraded, and an upgrade or a tunnel is no request: without an answer its connection would stay for ever.
  server.on('upgrade', (_request, socket) => hangUp(socket, '400 Bad Request'));
  server.on('connect', (_request, socket) => hangUp(socket, '405 Method Not Allowed'));

  const perAddress = new Map();
  server.on('connection', (socket) => {
    const address = groupOf(socket.remoteAddress ?? '');
    const count = (perAddress.get(address) ?? 0) + 1;
    perAddress.set(address, count);
    socket.once('close', () => {
      const left = perAddress.get(address) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
    if (count > limits.connectionsPerAddress) socket.destroy();
  });
  // Those that only wait for a next request make room.
  server.on('drop', () => server.closeIdleConnections());
  server.once('close', () => stalled.stop());
  return server;
}
