/**
 * Serves the build on PORT (3000). Next does the work; this process owns the connections (scripts/listener.mjs) and says how to
 * stop: what was begun is finished, within ten seconds.
 */
import { EventEmitter } from 'node:events';
import next from 'next';
import { ROOT } from './install.mjs';
import { createListener, LIMITS } from './listener.mjs';

const STOP_MS = 10_000;
const port = Number(process.env.PORT || 3000);

// Next would wait for upgrades on our server, which end in listener.mjs; given another, it leaves ours alone.
const app = next({ dev: false, dir: ROOT, port, httpServer: new EventEmitter() });
const handle = app.getRequestHandler();
await app.prepare();

const behindProxy = Number(process.env.LOUPE_TRUSTED_PROXIES || 0) > 0;
const server = createListener(handle, behindProxy ? { connectionsPerAddress: LIMITS.connections } : {});

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
