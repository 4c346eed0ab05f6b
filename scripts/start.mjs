/**
 * `npm start`: from a fresh clone to a page. Installs if packages are missing or stale, builds if there is no build of these
 * sources, serves on PORT (3000). Node built-ins only, because it runs before anything is installed.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { ensureInstalled, ROOT, runMain, SetupError } from './install.mjs';

function readPort() {
  const text = process.env.PORT || '3000';
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new SetupError(`PORT is "${text}"; it has to be a number from 1 to 65535.`);
}

/** Asked before the long work, so that a taken port is not news after a minute of building. */
function checkPort(port) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () => {
      reject(
        new SetupError(
          `Port ${port} cannot be used: another program may have it. Choose another one: PORT=${port + 1} npm start`,
        ),
      );
    });
    probe.listen(port, () => probe.close(resolve));
  });
}

function serve(port) {
  return new Promise((resolve) => {
    const server = spawn(process.execPath, [join(ROOT, 'scripts/serve.mjs')], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, PORT: String(port), NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
    server.once('exit', (code) => resolve(code ?? 0));
  });
}

await runMain(async () => {
  const port = readPort();
  await checkPort(port);
  ensureInstalled();
  if (!isBuilt()) {
    console.log('Building …');
    await build();
  }
  console.log(`Loupe is at http://localhost:${port}`);
  return serve(port);
});
