/**
 * `npm run bench:shares`: shares made and read back by many clients at once, against the production app on this machine, with
 * files as its store. Every byte is compared. Clients and server have the same cores.
 *
 *   node e2e/bench/share-load.mjs [--shares 200] [--bytes 2000000] [--clients 50] [--url http://localhost:3000]
 *
 * Without --url it starts the app itself, with an empty folder for shares and the rate limits out of the way.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startApp } from './start-app.mjs';

const { values } = parseArgs({
  options: {
    shares: { type: 'string', default: '200' },
    bytes: { type: 'string', default: '2000000' },
    clients: { type: 'string', default: '50' },
    url: { type: 'string' },
  },
});
const [shares, bytes, clients] = [Number(values.shares), Number(values.bytes), Number(values.clients)];

const sha256 = (body) => createHash('sha256').update(body).digest('base64');

async function expectStatus(response, status) {
  if (response.status !== status) throw new Error(`status ${response.status}: ${await response.text()}`);
  return response;
}

async function create(base) {
  const body = randomBytes(bytes);
  const digest = sha256(body);
  const reserve = await fetch(base, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ bytes, expiry: '1-hour' }),
  });
  const { id, deleteToken } = await (await expectStatus(reserve, 201)).json();
  const headers = { authorization: `Bearer ${deleteToken}`, 'content-digest': `sha-256=:${digest}:` };
  await expectStatus(await fetch(`${base}/${id}`, { method: 'PUT', headers, body }), 201);
  return { id, digest };
}

async function readBack(base, { id, digest }) {
  const response = await expectStatus(await fetch(`${base}/${id}`), 200);
  if (sha256(Buffer.from(await response.arrayBuffer())) !== digest) throw new Error('other bytes came back');
}

/** `work(n)` for each n below `count`, by `clients` at a time; the milliseconds of each and what failed. */
async function together(count, work) {
  const times = [];
  const failures = [];
  const results = [];
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let n = next++; n < count; n = next++) {
        const start = performance.now();
        try {
          results[n] = await work(n);
          times.push(performance.now() - start);
        } catch (error) {
          failures.push(error);
        }
      }
    }),
  );
  return { times: times.sort((a, b) => a - b), failures, results, seconds: (performance.now() - began) / 1000 };
}

function say(what, { times, failures, seconds }) {
  const at = (part) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? Number.NaN);
  const rate = ((times.length * bytes) / 1e6 / seconds).toFixed(1);
  console.log(
    `${what}: ${times.length} of ${times.length + failures.length} in ${seconds.toFixed(1)} s, ${rate} MB/s; ` +
      `median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, slowest ${at(1)} ms; ${failures.length} failures`,
  );
  for (const failure of failures.slice(0, 5)) console.error(failure);
}

const folder = await mkdtemp(join(tmpdir(), 'loupe-load-'));
const app = values.url
  ? { url: values.url, stop: () => undefined }
  : await startApp({
      LOUPE_DATA: folder,
      LOUPE_SHARE_CREATES_PER_HOUR: '1000000',
      LOUPE_SHARE_UPLOAD_BYTES_PER_HOUR: '1000000000000',
      LOUPE_SHARE_READS_PER_MINUTE: '1000000',
    });
try {
  const base = `${app.url}/api/shares`;
  console.log(
    `${shares} shares of ${bytes} bytes, ${clients} clients at a time; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)} before`,
  );
  const created = await together(shares, () => create(base));
  say('created  ', created);
  const read = await together(shares, (n) => readBack(base, created.results[n]));
  say('read back', read);
  process.exitCode = created.failures.length + read.failures.length === 0 ? 0 : 1;
} finally {
  await app.stop();
  await rm(folder, { recursive: true, force: true });
}
