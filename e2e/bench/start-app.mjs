/** Starts the production app on a free port (scripts/start.mjs builds when needed) and stops it again. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const START = join(import.meta.dirname, '..', '..', 'scripts', 'start.mjs');

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * @param {Record<string, string>} env settings on top of this process's own
 * @param {{ quiet?: boolean }} options quiet: what the app says of its troubles is not shown
 * @returns the app's address once it answers, and what ends it
 */
export async function startApp(env = {}, { quiet = false } = {}) {
  const port = await freePort();
  const server = spawn(process.execPath, [START], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', quiet ? 'ignore' : 'inherit'],
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  const url = `http://localhost:${port}`;
  while (server.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return { url, port, stop };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`The app ended with ${server.exitCode} before it answered.`);
}
