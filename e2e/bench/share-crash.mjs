/**
 * `npm run crash:shares`: kill -9 during uploads and deletions. Clients upload, and delete some of it, without pause while the
 * server is killed and started again; afterwards every share that was acknowledged has to be there, byte for byte, none whose
 * deletion was acknowledged may be, and no other may show anything but its whole self. It is the process that dies, not the
 * machine: what a power cut does to a disk is not tested here.
 *
 *   node e2e/bench/share-crash.mjs [--store files|s3|ceph] [--uploads 1000] [--clients 8] [--seed 1]
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRandom } from './random.mjs';
import { startStore } from './share-store.mjs';
import { freePort } from './start-app.mjs';

const SERVER = join(import.meta.dirname, 'share-server.mjs');

/** About so many uploads begin between two kills. */
const UPLOADS_A_KILL = 10;

/** Uploads that begin between two kills, at most. */
const MOST_UPLOADS_A_LIFE = 20;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that is there again after each kill. */
async function startMortal(env, port) {
  const start = async () => {
    const child = spawn(process.execPath, [SERVER, String(port)], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
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
async function upload(base, bytes) {
  const body = randomBytes(bytes);
  const digest = createHash('sha256').update(body).digest('base64');
  const attempt = { id: null, token: null, digest, bytes, acknowledged: false, deletion: 'none' };
  try {
    const reserve = await fetch(base, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ bytes, expiry: '1-day' }),
    });
    const { id, deleteToken } = await reserve.json();
    attempt.id = id;
    attempt.token = deleteToken;
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

/** The owner deletes it; `asked` where the answer was lost. */
async function remove(base, attempt) {
  attempt.deletion = 'asked';
  try {
    const headers = { authorization: `Bearer ${attempt.token}` };
    const { status } = await fetch(`${base}/${attempt.id}`, { method: 'DELETE', headers });
    if (status === 204 || status === 410 || status === 404) attempt.deletion = 'acknowledged';
  } catch {
    await pause(20);
  }
}

/** What of an attempt can be read: `whole`, `nothing`, or a word for what must not be. */
async function look(base, { id, digest, bytes }) {
  const response = await fetch(`${base}/${id}`);
  if (response.status === 404 || response.status === 410) return 'nothing';
  if (response.status !== 200) return `status ${response.status}`;
  const body = Buffer.from(await response.arrayBuffer());
  const same = body.length === bytes && createHash('sha256').update(body).digest('base64') === digest;
  return same ? 'whole' : `half: ${body.length} of ${bytes} bytes`;
}

/** Bodies that are not as long as their reservation says. A folder has none; of S3's servers, some keep them, and nobody sees them. */
async function halves(store) {
  const found = [];
  for await (const { id, size } of store.list('body')) {
    const record = await store.get(`reserved/${id}`);
    if (record && (await new Response(record.body).json()).bytes !== size) found.push(id);
  }
  return found;
}

/** What must not be after all of it. */
function faultOf({ id, acknowledged, deletion }, found) {
  if (found !== 'whole' && found !== 'nothing') return `${id}: ${found}`;
  if (deletion === 'acknowledged' && found === 'whole') return `${id}: deleted, and there again`;
  if (acknowledged && deletion === 'none' && found === 'nothing') return `${id}: acknowledged, and now nothing`;
  return null;
}

/**
 * Until so many uploads had begun; then the server is killed once more.
 * @returns counts, and `faults`: what must be empty
 */
export async function crashTest({ store: kind = 'files', uploads, clients, seed }) {
  const random = createRandom(seed);
  const store = await startStore(kind);
  const port = await freePort();
  const base = `http://127.0.0.1:${port}/api/shares`;
  const server = await startMortal(store.env, port);
  const attempts = [];
  let kills = 0;
  try {
    const client = async () => {
      while (attempts.length < uploads) {
        const attempt = await upload(base, 1 + random.below(random.below(10) === 0 ? 2_000_000 : 200_000));
        // Nobody was there to begin with: no upload.
        if (attempt.id !== null) attempts.push(attempt);
        if (attempt.id !== null && random.below(3) === 0) await remove(base, attempt);
      }
    };
    const working = Promise.all(Array.from({ length: clients }, client));
    let done = false;
    void working.finally(() => (done = true));
    while (!done) {
      // By what was done, not by the clock: a slow machine or store would see nothing but kills.
      const next = attempts.length + 1 + random.below(2 * UPLOADS_A_KILL);
      while (!done && attempts.length < next) await pause(2);
      await pause(random.below(60));
      if (done) break;
      await server.crash();
      kills += 1;
    }
    await working;
    await server.crash();
    kills += 1;

    const faults = [];
    const leftHalf = await halves(await store.open());
    if (kind === 'files') for (const id of leftHalf) faults.push(`${id}: a file of the wrong length`);
    let unanswered = 0;
    for (const attempt of attempts) {
      const found = await look(base, attempt);
      const fault = faultOf(attempt, found);
      if (fault !== null) faults.push(fault);
      if (!attempt.acknowledged && found === 'whole') unanswered += 1;
    }
    const acknowledged = attempts.filter((attempt) => attempt.acknowledged).length;
    const deleted = attempts.filter((attempt) => attempt.deletion === 'acknowledged').length;
    return { uploads: attempts.length, kills, acknowledged, deleted, unanswered, faults };
  } finally {
    await server.end();
    await store.stop();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      store: { type: 'string', default: 'files' },
      uploads: { type: 'string', default: '1000' },
      clients: { type: 'string', default: '8' },
      seed: { type: 'string', default: '1' },
    },
  });
  const began = Date.now();
  const result = await crashTest({
    store: values.store,
    uploads: Number(values.uploads),
    clients: Number(values.clients),
    seed: Number(values.seed),
  });
  for (const fault of result.faults) console.error(fault);
  console.log(
    `${values.store}: ${result.uploads} uploads, ${result.kills} kill -9: ${result.acknowledged} acknowledged, ${result.deleted} ` +
      `deletions acknowledged, ${result.unanswered} whole though the answer was lost; ${result.faults.length} faults; ` +
      `${((Date.now() - began) / 1000).toFixed(1)} s`,
  );
  process.exitCode = result.faults.length === 0 ? 0 : 1;
}
