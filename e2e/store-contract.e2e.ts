/**
 * What the share store promises (lib/server/blob-store.test.ts), once more through the built app, for every driver: Next wraps
 * requests, streams and the global fetch, and a driver that works in plain Node may never answer behind it. Over Ceph a person
 * shares and opens a run, too.
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type { BlobName } from '../lib/server/blob-store';
import { sha256, shareClient } from './bench/share-client.mjs';
import { Playground } from './pages/playground';
import { makeLink, SharedRun } from './pages/shared-run';
import { goldenRun } from './shares/golden-run';
import { keepRun } from './shares/library';
import { DRIVERS, missing, startStoredApp, type StoredApp } from './shares/stores';
import { share as words } from '../lib/words/en/share';

const run = promisify(execFile);
const OPERATOR = join(import.meta.dirname, '..', 'scripts', 'shares.mjs');

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}
const errorOf = async (response: Response) => [response.status, ((await response.json()) as { error: string }).error];

for (const driver of DRIVERS) {
  const reason = missing(driver);
  if (reason !== null) console.warn(`skipped, shares kept in ${driver}: ${reason}`);
  test.describe(`shares kept in ${driver}`, { tag: driver === 'S3 (Ceph)' ? '@long' : [] }, () => {
    test.describe.configure({ mode: 'serial' });
    test.skip(reason !== null, reason ?? '');
    let app: StoredApp;
    let client: ReturnType<typeof shareClient>;

    test.beforeAll(async () => {
      if (reason !== null) return;
      app = await startStoredApp(driver);
      client = shareClient(app.url);
    });
    test.afterAll(async () => {
      if (reason === null) await app.stop();
    });

    async function reserve(bytes: number) {
      const response = await client.reserve(bytes);
      expect(response.status).toBe(201);
      return (await response.json()) as { id: string; deleteToken: string };
    }
    async function operator(...args: string[]): Promise<string> {
      return (await run(process.execPath, [OPERATOR, ...args], { env: { ...process.env, ...app.env } })).stdout;
    }
    async function rewrite(name: BlobName, change: (record: object) => object): Promise<void> {
      const blob = await app.blobs.get(name);
      const text = JSON.stringify(change((await new Response(blob!.body).json()) as object));
      await app.blobs.remove(name);
      const bytes = Buffer.from(text);
      await app.blobs.put(
        name,
        (async function* () {
          yield bytes;
        })(),
        bytes.length,
      );
    }

    test('come back as they were put, at once and to another instance', async () => {
      const made = [];
      for (const size of [1, 4096, 3_000_001]) made.push(await client.make(size));
      const other = await app.another();
      try {
        for (const { id, body } of made) {
          for (const reader of [client, shareClient(other.url)]) {
            const response = await reader.read(id);
            expect(response.status).toBe(200);
            expect(response.headers.get('loupe-bytes')).toBe(String(body.length));
            expect((await bytesOf(response)).equals(body)).toBe(true);
            expect((await reader.read(id, { method: 'HEAD' })).status).toBe(200);
          }
        }
      } finally {
        await other.stop();
      }
    });

    test('are written once: the same again is the same answer, other bytes are refused', async () => {
      const { id, token, body } = await client.make(1000);
      expect((await client.put(id, token, body)).status).toBe(201);
      expect(await errorOf(await client.put(id, token, randomBytes(1000)))).toEqual([409, 'conflict']);
      expect((await bytesOf(await client.read(id))).equals(body)).toBe(true);
    });

    test('are not there when the body breaks off, and the next try is as good', async () => {
      const body = randomBytes(100_000);
      const { id, deleteToken } = await reserve(body.length);
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(
        `PUT /api/shares/${id} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${deleteToken}\r\n` +
          `Content-Digest: sha-256=:${sha256(body)}:\r\nContent-Length: ${body.length}\r\n\r\n`,
      );
      socket.write(body.subarray(0, 70_000));
      await new Promise((resolve) => setTimeout(resolve, 300));
      socket.destroy();
      expect(await errorOf(await client.read(id))).toEqual([404, 'not-found']);
      await expect(async () => {
        expect((await client.put(id, deleteToken, body)).status).toBe(201);
      }).toPass({ timeout: 20_000 });
      expect((await bytesOf(await client.read(id))).equals(body)).toBe(true);
    });

    test('are not there when the length or the digest is another', async () => {
      const { id, deleteToken } = await reserve(10);
      for (const size of [9, 11]) {
        expect(await errorOf(await client.put(id, deleteToken, randomBytes(size)))).toEqual([400, 'bad-request']);
      }
      const other = { 'content-digest': `sha-256=:${sha256(randomBytes(10))}:` };
      expect(await errorOf(await client.put(id, deleteToken, randomBytes(10), other))).toEqual([400, 'bad-request']);
      expect((await client.read(id)).status).toBe(404);
      expect((await client.put(id, deleteToken, randomBytes(10))).status).toBe(201);
    });

    test('are gone when deleted, for their owner only', async () => {
      const { id, token } = await client.make(1000);
      expect((await client.remove(id, 'x'.repeat(43))).status).toBe(403);
      expect((await client.remove(id, token)).status).toBe(204);
      expect(await errorOf(await client.read(id))).toEqual([410, 'deleted']);
      expect(await errorOf(await client.remove(id, token))).toEqual([410, 'deleted']);
      for (const kind of ['body', 'reserved'] as const) expect(await app.blobs.has(`${kind}/${id}`)).toBe(false);
    });

    test('end with their time, and what ended leaves with the sweep', async () => {
      const [{ id }, kept] = [await client.make(1000), await client.make(1000)];
      const over = new Date(Date.now() - 1000).toISOString();
      await rewrite(`reserved/${id}`, (record) => ({ ...record, expiresAt: over }));
      expect(await errorOf(await client.read(id))).toEqual([410, 'expired']);
      expect(await operator('sweep')).toContain('1 expired');
      expect(await app.blobs.has(`body/${id}`)).toBe(false);
      expect(await errorOf(await client.read(id))).toEqual([410, 'expired']);
      expect((await client.read(kept.id)).status).toBe(200);
    });

    test('take many at a time', async () => {
      const all = await Promise.all(Array.from({ length: 40 }, () => client.make(50_000)));
      const read = await Promise.all(all.map(async ({ id }) => bytesOf(await client.read(id))));
      expect(read.map((bytes, at) => bytes.equals(all[at]!.body))).toEqual(all.map(() => true));
    });

    test('are named by ids only', async () => {
      for (const id of ['nonsense', '..%2f..%2fetc', 'A'.repeat(32), 'a'.repeat(33), '%F0%9F%98%80', '[id]']) {
        expect((await client.read(id)).status, id).toBe(404);
      }
    });

    test('are counted and purged by the operator, beside the server', async () => {
      const { id } = await client.make(1000);
      const count = async () => Number(/^(\d+) shares/.exec(await operator('list'))?.[1]);
      const before = await count();
      expect(before).toBeGreaterThan(40);
      expect(await operator('purge', id)).toContain('is deleted');
      expect(await errorOf(await client.read(id))).toEqual([410, 'deleted']);
      expect(await count()).toBe(before - 1);
      await operator('purge-all', '--yes');
      expect(await operator('list')).toContain('0 shares, 0 bytes');
    });

    test('a person shares a run, another opens it, and it is deleted', async ({ browser }) => {
      const kept = goldenRun();
      const [mine, theirs] = [await browser.newContext({ baseURL: app.url }), await browser.newContext()];
      const page = await mine.newPage();
      await keepRun(page, kept);
      const sharer = new Playground(page);
      await sharer.open(`/?run=${kept.trajectory.id}`);
      const { link, dialog } = await makeLink(sharer);
      const visitor = await theirs.newPage();
      await visitor.goto(link);
      const shared = new SharedRun(visitor);
      await expect(shared.run.getByRole('heading')).toHaveText(kept.original.question);
      await expect(visitor.locator('[data-canvas]')).toBeVisible();
      await dialog.getByRole('button', { name: words.dialog.delete }).click();
      await dialog.getByRole('button', { name: words.dialog.deleteForAll }).click();
      await expect(page.getByRole('dialog', { name: words.dialog.gone })).toBeVisible();
      await visitor.reload();
      await expect(shared.failure).toHaveAttribute('data-code', 'deleted');
      await mine.close();
      await theirs.close();
    });

    if (driver === 'S3 (Ceph)') {
      test('whose quota is used up are refused as "no room", and deleted all the same', async () => {
        const [one, other] = [await client.make(100_000), await client.make(100_000)];
        await app.setQuota!(1000);
        try {
          await expect(async () => {
            expect(await errorOf(await client.reserve(10))).toEqual([507, 'storage-full']);
          }).toPass({ timeout: 30_000 });
          expect((await client.read(one.id)).status).toBe(200);
          expect((await client.remove(one.id, one.token)).status).toBe(204);
          // The quota is below what is left, so that not even the word for it could be kept.
          expect([404, 410]).toContain((await client.read(one.id)).status);
          expect((await client.read(other.id)).status).toBe(200);
        } finally {
          await app.setQuota!(null);
        }
        await expect(async () => {
          expect((await client.reserve(10)).status).toBe(201);
        }).toPass({ timeout: 30_000 });
      });
    }

    // A folder does not go away.
    if (driver === 'files') return;

    // Last: there is no store after it.
    test('whose store goes away are refused in time, and the server says that it is not ready', async () => {
      const { id, token } = await client.make(1000);
      expect((await client.health('?ready')).status).toBe(200);
      await app.stopStore();
      expect(await errorOf(await client.read(id))).toEqual([503, 'unavailable']);
      expect(await errorOf(await client.remove(id, token))).toEqual([503, 'unavailable']);
      expect(await errorOf(await client.reserve(10))).toEqual([503, 'unavailable']);
      await expect(async () => {
        const ready = await client.health('?ready');
        expect([ready.status, await ready.json()]).toEqual([503, { ok: false, read: false, write: false }]);
      }).toPass({ timeout: 30_000 });
      expect((await client.health()).status).toBe(200);
    });
  });
}
