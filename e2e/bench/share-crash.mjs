/**
 * `npm run crash:shares`: kill -9 during uploads. Clients upload without pause while the server is killed and started again;
 * afterwards every share that was acknowledged has to be there, byte for byte, and no other may show anything but its whole
 * self. It is the process that dies, not the machine: what a power cut does to a disk is not tested here.
 *
 *   node e2e/bench/share-crash.mjs [--uploads 1000] [--clients 8] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from './random.mjs';

const SERVER = join(import.meta.dirname, 'share-server.mjs');

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Uploads that begin between two kills, at most. */
const MOST_UPLOADS_A_LIFE = 20;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that is there again after each kill. */
async function startMortal(folder, port) {
  const start = async () => {
    const child = spawn(process.execPath, [SERVER, folder, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    return child;
  };
  const kill = (child) =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGKILL');
    });
  let child = await start();
  return {
    async crash() {
      await kill(child);
      child = await start();
    },
    end: () => kill(child),
  };
}

/** One upload; `id` and `acknowledged` say how far it came. A broken connection is no failure. */
async function upload(base, bytes, onBegun) {
  const body = randomBytes(bytes);
  const digest = createHash('sha256').update(body).digest('base64');
  const attempt = { id: null, digest, bytes, acknowledged: false };
  try {
    const reserve = await fetch(base, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ bytes, expiry: '1-day' }),
    });
    const { id, deleteToken } = await reserve.json();
    attempt.id = id;
    onBegun();
    const put = await fetch(`${base}/${id}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${deleteToken}`, 'content-digest': `sha-256=:${digest}:` },
      body,
    });
    attempt.acknowledged = put.status === 201 && (await put.json()).bytes === bytes;
  } catch {
    await pause(20);
  }
  return attempt;
}

/** What of an attempt can be read: `whole`, `nothing`, or a word for what must not be. */
async function look(base, { id, digest, bytes }) {
  const response = await fetch(`${base}/${id}`);
  if (response.status === 404) return 'nothing';
  if (response.status !== 200) return `status ${response.status}`;
  const body = Buffer.from(await response.arrayBuffer());
  const same = body.length === bytes && createHash('sha256').update(body).digest('base64') === digest;
  return same ? 'whole' : `half: ${body.length} of ${bytes} bytes`;
}

/** Files of bodies that are not as long as their reservation says. */
async function halfFiles(folder) {
  const halves = [];
  for (const id of await readdir(join(folder, 'shares', 'body'))) {
    const { bytes } = JSON.parse(await readFile(join(folder, 'shares', 'reserved', id), 'utf8'));
    if ((await stat(join(folder, 'shares', 'body', id))).size !== bytes) halves.push(id);
  }
  return halves;
}

/**
 * Until so many uploads had begun; then the server is killed once more.
 * @returns counts, and `faults`: what must be empty
 */
export async function crashTest({ uploads, clients, seed }) {
  const random = createRandom(seed);
  const killing = createRandom(seed + 1);
  const folder = await mkdtemp(join(tmpdir(), 'loupe-crash-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}/api/shares`;
  const server = await startMortal(folder, port);
  const attempts = [];
  let begun = 0;
  let kills = 0;
  try {
    const client = async () => {
      while (attempts.length < uploads) {
        const attempt = await upload(
          base,
          1 + random.below(random.below(10) === 0 ? 2_000_000 : 200_000),
          () => (begun += 1),
        );
        // Nobody was there to begin with: no upload.
        if (attempt.id !== null) attempts.push(attempt);
      }
    };
    const working = Promise.all(Array.from({ length: clients }, client));
    let done = false;
    void working.finally(() => (done = true));
    while (!done) {
      // After so many more uploads, not after a time: a slow machine would be killed before it had taken any.
      const enough = begun + 1 + killing.below(MOST_UPLOADS_A_LIFE);
      while (!done && begun < enough) await pause(1);
      await pause(killing.below(30));
      if (done) break;
      await server.crash();
      kills += 1;
    }
    await working;
    await server.crash();
    kills += 1;

    const faults = [];
    for (const id of await halfFiles(folder)) faults.push(`${id}: a file of the wrong length`);
    let unanswered = 0;
    for (const attempt of attempts) {
      const found = await look(base, attempt);
      if (attempt.acknowledged && found !== 'whole') faults.push(`${attempt.id}: acknowledged, and now ${found}`);
      if (!attempt.acknowledged && found === 'whole') unanswered += 1;
      if (!attempt.acknowledged && found !== 'whole' && found !== 'nothing') faults.push(`${attempt.id}: ${found}`);
    }
    const acknowledged = attempts.filter((attempt) => attempt.acknowledged).length;
    const leftOver = (await readdir(join(folder, 'shares', 'tmp'))).length;
    return { uploads: attempts.length, kills, acknowledged, unanswered, leftOver, faults };
  } finally {
    await server.end();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      uploads: { type: 'string', default: '1000' },
      clients: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
    },
  });
  const began = Date.now();
  const result = await crashTest({
    uploads: Number(values.uploads),
    clients: Number(values.clients),
    seed: Number(values.seed),
  });
  for (const fault of result.faults) console.error(fault);
  console.log(
    `${result.uploads} uploads, ${result.kills} kill -9: ${result.acknowledged} acknowledged, all there and whole but ` +
      `${result.faults.length}; ${result.unanswered} whole though the answer was lost; ${result.leftOver} temporary files ` +
      `left for the sweep; ${((Date.now() - began) / 1000).toFixed(1)} s`,
  );
  process.exitCode = result.faults.length === 0 ? 0 : 1;
}
