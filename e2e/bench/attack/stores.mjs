/** What happens to shares when their store or the clock goes wrong: a full disk, a disk set read-only, time set back, a bad S3. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { shareClient } from '../share-client.mjs';
import { startApp } from '../start-app.mjs';
import { MOOD_NAMES, startBadStore } from './bad-store.mjs';
import { mountSmallDisk, noSmallDisk } from './small-disk.mjs';

const HOUR = 3_600_000;
const OPERATOR = join(import.meta.dirname, '..', '..', '..', 'scripts', 'shares.mjs');
export const NO_LIMITS = {
  LOUPE_SHARE_CREATES_PER_HOUR: '1000000',
  LOUPE_SHARE_UPLOAD_BYTES_PER_HOUR: '1000000000000',
  LOUPE_SHARE_READS_PER_MINUTE: '1000000',
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Collects what was expected and what came. */
function ledger() {
  const rows = [];
  return {
    rows,
    expect(what, got, ...wanted) {
      rows.push({ what, got, ok: wanted.includes(got) });
    },
  };
}

function operator(env, ...args) {
  const { status, stdout } = spawnSync(process.execPath, [OPERATOR, ...args], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  return { status, said: stdout.trim() };
}

/** The clock is set forth past a share's end, and back again; then the server starts anew. */
export async function attackClock() {
  const { rows, expect } = ledger();
  const folder = mkdtempSync(join(tmpdir(), 'loupe-clock-'));
  const file = join(folder, 'offset');
  const setClock = async (ms) => {
    writeFileSync(file, String(ms));
    await pause(1200);
  };
  const env = {
    ...NO_LIMITS,
    LOUPE_DATA: folder,
    CLOCK_FILE: file,
    NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, 'moved-clock.mjs')).href}`,
  };
  let app = await startApp(env);
  try {
    let client = shareClient(app.url);
    const [short, long] = [await client.make(1000, '1-hour'), await client.make(1000, '1-day')];
    expect('a share of an hour is read', (await client.read(short.id)).status, 200);
    await setClock(2 * HOUR);
    expect('two hours later it is over', (await client.read(short.id)).status, 410);
    await setClock(0);
    expect('the clock is set back: it stays over', (await client.read(short.id)).status, 410);
    expect('one that is not over is read', (await client.read(long.id)).status, 200);
    await setClock(-72 * HOUR);
    expect('three days back: still over', (await client.read(short.id)).status, 410);
    await app.stop();
    app = await startApp(env, { quiet: true });
    client = shareClient(app.url);
    expect('and after the server starts anew', (await client.read(short.id)).status, 410);
    const fresh = await client.make(1000, '1-hour');
    expect('a new share is read', (await client.read(fresh.id)).status, 200);
  } finally {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

/** A disk without a free block: nothing new, everything old, and every deletion makes room. */
export async function attackDisk() {
  const why = noSmallDisk();
  if (why !== null) return { skipped: why, rows: [] };
  const { rows, expect } = ledger();
  const disk = mountSmallDisk(2_000_000);
  const env = { ...NO_LIMITS, LOUPE_DATA: disk.folder };
  const app = await startApp(env, { quiet: true });
  try {
    const client = shareClient(app.url);
    const shares = [];
    for (let n = 0; n < 6; n++) shares.push(await client.make(50_000));
    const [first, second, third] = shares;
    const reserved = await (await client.reserve(50_000)).json();
    disk.fill();
    expect('full: a reservation', (await client.reserve(100)).status, 507);
    expect('full: an upload', (await client.put(reserved.id, reserved.deleteToken, Buffer.alloc(50_000))).status, 507);
    expect('full: a share is read', (await client.read(first.id)).status, 200);
    await pause(5500);
    expect('full: alive', (await client.health()).status, 200);
    const ready = await client.health('?ready');
    expect('full: not ready', `${ready.status} ${await ready.text()}`, '503 {"ok":false,"read":true,"write":false}');
    expect('full: not deleted by a stranger', (await client.remove(first.id, 'x'.repeat(43))).status, 403);
    expect('full: deleted by its owner', (await client.remove(first.id, first.token)).status, 204);
    expect('and gone', (await client.read(first.id)).status, 410);
    disk.fill();
    expect('full: purged by the operator', operator(env, 'purge', second.id).status, 0);
    expect('and gone', (await client.read(second.id)).status, 410);
    disk.fill();
    expect('full: the sweep', operator(env, 'sweep').status, 0);
    disk.remount('ro');
    expect('read-only: a share is read', (await client.read(third.id)).status, 200);
    expect('read-only: a reservation', (await client.reserve(100)).status, 503);
    expect('read-only: a deletion is not claimed', (await client.remove(third.id, third.token)).status, 503);
    expect('read-only: so it is there', (await client.read(third.id)).status, 200);
    disk.remount('rw');
    expect('full: all purged', operator(env, 'purge-all', '--yes').status, 0);
    expect('and gone', (await client.read(third.id)).status, 410);
    disk.empty();
    const fresh = await client.make(50_000);
    expect('room again: a share', (await client.read(fresh.id)).status, 200);
    await pause(5500);
    expect('room again: ready', (await client.health('?ready')).status, 200);
  } finally {
    await app.stop();
    disk.unmount();
  }
  return { skipped: null, rows };
}

/** An object store in every bad mood: each request ends, in time, with the server's word for it. */
export async function attackS3({ atOnce = 5, seconds = 90 } = {}) {
  const { rows, expect } = ledger();
  const store = await startBadStore();
  const app = await startApp(
    {
      ...NO_LIMITS,
      LOUPE_S3_ENDPOINT: store.endpoint,
      LOUPE_S3_BUCKET: 'loupe',
      LOUPE_S3_ACCESS_KEY_ID: 'any',
      LOUPE_S3_SECRET_ACCESS_KEY: 'any',
    },
    { quiet: true },
  );
  const id = '0123456789abcdef0123456789abcdef';
  const token = 'x'.repeat(43);
  try {
    const client = shareClient(app.url);
    for (const mood of MOOD_NAMES) {
      store.mood = mood;
      const began = performance.now();
      const statuses = await Promise.all(
        Array.from({ length: atOnce }, () => [
          client.reserve(1000),
          client.read(id),
          client.put(id, token, Buffer.alloc(1000)),
          client.remove(id, token),
        ])
          .flat()
          .map(async (asked) => {
            try {
              const { status } = await asked;
              return status;
            } catch (error) {
              return `no answer (${error.name})`;
            }
          }),
      );
      const took = (performance.now() - began) / 1000;
      const found = [...new Set(statuses)].sort();
      const wrong = found.filter((status) => ![404, 503, 507].includes(status));
      const room = mood !== 'has no room' || statuses[0] === 507;
      rows.push({
        what: `a store that ${mood}`,
        got: `${found.join(', ')} in ${took.toFixed(1)} s`,
        ok: wrong.length === 0 && room && took < seconds,
      });
      expect(`  and pages are served`, (await client.health()).status, 200);
    }
    store.mood = 'never answers';
    await pause(5500);
    const began = performance.now();
    expect('a store that never answers: not ready', (await client.health('?ready')).status, 503);
    expect('  said without waiting for it', performance.now() - began < 15_000, true);
  } finally {
    await app.stop();
    await store.stop();
  }
  return rows;
}
