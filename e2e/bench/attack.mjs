/**
 * `npm run attack`: attacks the share server as a stranger would, and prints what survived. It starts the production app itself,
 * on this machine's loopback, with stores and disks of its own, and attacks nothing else: there is no option for an address.
 * Bounded in connections, requests and time (about four minutes), and ends with 1 where something did not hold.
 *
 *   node e2e/bench/attack.mjs [--requests 2000] [--connections 10] [--seed 1] [--only requests,connections,clock,disk,s3]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { attackConnections, attackMany } from './attack/connections.mjs';
import { attackRequests } from './attack/requests.mjs';
import { attackClock, attackDisk, attackS3, NO_LIMITS } from './attack/stores.mjs';
import { sha256, shareClient } from './share-client.mjs';
import { startApp } from './start-app.mjs';

const MOST = { requests: 20_000, connections: 40 };
const REQUEST_SECONDS = 120;
/** Longer than the longest limit of scripts/listener.mjs that is met here (keep-alive, a stalled body), and its checks. */
const CONNECTION_SECONDS = 95;
const LARGE_BYTES = 24_000_000;
/** Over the limit for one address. */
const MANY = 400;

async function withApp(work) {
  const folder = await mkdtemp(join(tmpdir(), 'loupe-attack-'));
  const app = await startApp({ ...NO_LIMITS, LOUPE_DATA: folder }, { quiet: true });
  try {
    return await work(app, shareClient(app.url));
  } finally {
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const count = (many, what) => `${many} ${what}${many === 1 ? '' : 's'}`;

/**
 * Each gives what was tried, or why it was skipped.
 *
 * @type {Record<string, (bounds: { requests: number, connections: number, seed: number, every?: number }) =>
 *   Promise<{ what: string, got: unknown, ok: boolean }[] | string>>}
 */
export const ATTACKS = {
  requests: ({ requests, seed, every }) =>
    withApp(async ({ port }, client) => {
      const until = performance.now() + REQUEST_SECONDS * 1000;
      const { sent, answers, faults } = await attackRequests(port, { count: requests, seed, until, every });
      const said = Object.entries(answers)
        .map(([status, times]) => `${status}: ${times}`)
        .join(', ');
      const { status } = await client.health();
      return [
        {
          what: count(sent, 'request') + ' with something wrong',
          got: said,
          ok: faults.length === 0 && sent > requests,
        },
        ...faults.slice(0, 20).map((fault) => ({ what: '  answered wrongly', got: fault, ok: false })),
        { what: 'and then', got: status, ok: status === 200 },
      ];
    }),

  connections: ({ connections }) =>
    withApp(async ({ port }, client) => {
      const { id } = await client.make(LARGE_BYTES);
      const reserved = [];
      for (let n = 0; n < connections; n++) reserved.push(await (await client.reserve(100_000)).json());
      const upload = () => {
        const next = reserved.pop();
        return (
          `PUT /api/shares/${next.id} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${next.deleteToken}\r\n` +
          `Content-Digest: sha-256=:${sha256(Buffer.alloc(1))}:\r\nContent-Length: 100000\r\n\r\n`
        );
      };
      const large = `/api/shares/${id}`;
      const { rows, answered } = await attackConnections({
        port,
        each: connections,
        seconds: CONNECTION_SECONDS,
        upload,
        large,
      });
      const many = await attackMany({ port, count: MANY });
      return [
        ...rows.map(({ what, opened, open, last }) => ({
          what: `${count(opened, 'connection')}: ${what}`,
          got:
            open === 0
              ? `all ended${last === null ? '' : `, the last after ${last.toFixed(1)} s`}`
              : `${open} still open`,
          ok: open === 0,
        })),
        { what: 'others were answered meanwhile', got: answered, ok: answered },
        {
          what: `${many.count} connections from one address`,
          got: `${many.open} let in`,
          ok: many.open <= 256 && many.open > 0,
        },
        { what: 'and then', got: many.answered, ok: many.answered },
      ];
    }),

  clock: () => attackClock(),
  disk: async () => {
    const { skipped, rows } = await attackDisk();
    return skipped ?? rows;
  },
  s3: () => attackS3(),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string', default: '2000' },
      connections: { type: 'string', default: '10' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: Object.keys(ATTACKS).join(',') },
    },
  });
  const options = {
    requests: Math.min(Number(values.requests), MOST.requests),
    connections: Math.min(Number(values.connections), MOST.connections),
    seed: Number(values.seed),
  };
  let [held, broke] = [0, 0];
  for (const name of values.only.split(',')) {
    const attack = ATTACKS[name];
    if (!attack) throw new Error(`There is no attack "${name}"; there are ${Object.keys(ATTACKS).join(', ')}.`);
    const began = performance.now();
    const rows = await attack(options);
    console.log(`\n── ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)`);
    if (typeof rows === 'string') {
      console.log(`skipped: ${rows}`);
      continue;
    }
    for (const { what, got, ok } of rows) {
      console.log(`${ok ? 'held ' : 'BROKE'}  ${what}: ${got}`);
      if (ok) held += 1;
      else broke += 1;
    }
  }
  console.log(`\n${held} held, ${broke} broke`);
  process.exitCode = broke === 0 ? 0 : 1;
}
