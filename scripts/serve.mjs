/**
 * Serves the build on PORT (3000). Next does the work; this process owns the connections, so that it alone says which address
 * a request came from (lib/server/client-address.ts reads it), how long one may take, and how to stop: what was begun is
 * finished, within ten seconds.
 */
import { createServer } from 'node:http';
import next from 'next';
import { ROOT } from './install.mjs';

const PEER_HEADER = 'x-loupe-peer';
const STOP_MS = 10_000;
const port = Number(process.env.PORT || 3000);

const app = next({ dev: false, dir: ROOT, port });
const handle = app.getRequestHandler();
await app.prepare();

const server = createServer((request, response) => {
  request.headers[PEER_HEADER] = request.socket.remoteAddress ?? '';
  void handle(request, response);
});
server.headersTimeout = 20_000;
// 25 MB over a slow line.
server.requestTimeout = 15 * 60_000;
// Longer than the proxies before it keep theirs, or they reuse a connection that was just closed.
server.keepAliveTimeout = 65_000;
// Nothing moved for so long: nobody is there.
server.setTimeout(120_000);

function stop() {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), STOP_MS).unref();
}
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

server.once('error', (error) => {
  console.error(`Port ${port} cannot be used: ${error.message}`);
  process.exit(1);
});
server.listen(port);
