/** A share's whole life, by the page's own code against the real handlers, on files and on S3. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashesOf, questionOf } from '@/lib/trajectory';
import { deleteShare, openShare, packShare, readShareLimits, uploadShare, type OwnShare } from '@/lib/share';
import { aSource, SECRET_QUESTION } from '@/lib/share/fixtures/shared-run';
import type { BlobStore } from './blob-store';
import { openFileBlobStore } from './file-blob-store';
import { startS3Server, type S3Server } from './fixtures/s3-server';
import { startShareServer, type TestServer } from './fixtures/share-server';
import { createRateLimiter } from './rate-limiter';
import { openS3BlobStore } from './s3-blob-store';

let folder: string;
let s3: S3Server;
const blobs: Record<string, BlobStore> = {};
const servers: TestServer[] = [];
let clock = Date.parse('2026-11-21T10:00:00Z');
const now = () => clock;
const HOUR = 3_600_000;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loupe-files-'));
  s3 = await startS3Server();
  blobs.files = await openFileBlobStore(folder);
  blobs.S3 = openS3BlobStore(s3.settings);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(driver: string, options: Partial<Parameters<typeof startShareServer>[0]> = {}) {
  const server = await startShareServer({ blobs: blobs[driver]!, now, ...options });
  servers.push(server);
  return server;
}

async function share({ baseUrl }: TestServer, expiry: '1-hour' | '1-day' = '1-day'): Promise<OwnShare> {
  return uploadShare(await packShare(aSource(), { includeImage: true, upTo: null }), { baseUrl, expiry });
}

async function everyFile(root: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path, bytes: await readFile(path) };
      }),
  );
}

const code = (value: string) => ({ code: value });

describe.each(['files', 'S3'])('a share kept in %s', (driver) => {
  it('is made, opened with its link, and gone when deleted', async () => {
    const server = await start(driver);
    const own = await share(server);
    const run = await openShare(own, server);
    expect(questionOf(run.trajectory)).toBe(SECRET_QUESTION);
    expect(run.images.get(hashesOf(run.trajectory)[0]!)?.type).toBe('image/jpeg');
    expect(run.expiresAt).toBe(own.expiresAt);
    expect(run.bytes).toBe(own.bytes);
    await deleteShare(own, server);
    await expect(openShare(own, server)).rejects.toMatchObject(code('deleted'));
    // Again is as good.
    await deleteShare(own, server);
  });

  it('can be read by another instance on the same store', async () => {
    const [one, other] = [await start(driver), await start(driver)];
    const own = await share(one);
    expect(questionOf((await openShare(own, other)).trajectory)).toBe(SECRET_QUESTION);
    await deleteShare(own, other);
    await expect(openShare(own, one)).rejects.toMatchObject(code('deleted'));
  });

  it('ends when its time is over, before and after the sweep', async () => {
    const server = await start(driver);
    const own = await share(server, '1-hour');
    const longer = await share(server, '1-day');
    clock += HOUR;
    await expect(openShare(own, server)).rejects.toMatchObject(code('expired'));
    expect((await server.store.sweep()).expired).toBeGreaterThanOrEqual(1);
    await expect(openShare(own, server)).rejects.toMatchObject(code('expired'));
    expect(await blobs[driver]!.has(`body/${own.id}`)).toBe(false);
    expect((await openShare(longer, server)).id).toBe(longer.id);
    clock += 91 * 24 * HOUR;
    await server.store.sweep();
    await server.store.sweep();
    await expect(openShare(own, server)).rejects.toMatchObject(code('not-found'));
  });

  it('is deleted by nobody without its token', async () => {
    const server = await start(driver);
    const own = await share(server);
    const deleteToken = randomBytes(32).toString('base64url');
    await expect(deleteShare({ ...own, deleteToken }, server)).rejects.toMatchObject(code('wrong-key'));
    expect((await openShare(own, server)).id).toBe(own.id);
  });

  it('is not there until all of it is', async () => {
    const server = await start(driver);
    const { id, deleteToken } = await server.store.reserve(1000, '1-day');
    await expect(openShare({ id, key: 'A'.repeat(43) }, server)).rejects.toMatchObject(code('not-found'));
    const bytes = randomBytes(1000);
    for (const digest of ['wrong', '']) {
      const body = (async function* () {
        yield bytes;
      })();
      const upload = { id, token: deleteToken, bytes: 1000, digest, body };
      await expect(server.store.upload(upload)).rejects.toMatchObject(code('bad-request'));
    }
    await expect(openShare({ id, key: 'A'.repeat(43) }, server)).rejects.toMatchObject(code('not-found'));
  });

  it('given up as dead, an upload leaves nothing', async () => {
    const server = await start(driver);
    const { id } = await server.store.reserve(1000, '1-day');
    expect((await server.store.count()).uploads).toBeGreaterThanOrEqual(1);
    clock += 3 * HOUR;
    await server.store.sweep();
    expect(await blobs[driver]!.has(`reserved/${id}`)).toBe(false);
  });

  it('is purged by the operator, one or all', async () => {
    const server = await start(driver);
    const [one, two] = [await share(server), await share(server)];
    expect(await server.store.purge(one.id)).toBe(true);
    expect(await server.store.purge('f'.repeat(32))).toBe(false);
    await expect(openShare(one, server)).rejects.toMatchObject(code('deleted'));
    expect((await openShare(two, server)).id).toBe(two.id);
    expect((await server.store.purgeAll()).deleted).toBeGreaterThanOrEqual(1);
    await expect(openShare(two, server)).rejects.toMatchObject(code('deleted'));
    expect(await server.store.count()).toMatchObject({ shares: 0, bytes: 0, uploads: 0 });
  });
});

describe('what the server learns', () => {
  it.each(['files', 'S3'])(
    'neither key nor token nor a word of the run is in anything it kept or said: %s',
    async (driver) => {
      const server = await start(driver);
      const own = await share(server);
      await openShare(own, server);
      const key = Buffer.from(own.key, 'base64url');
      const token = Buffer.from(own.deleteToken, 'base64url');
      // JPEG's quantization and Huffman tables start so in the fixture: a sign of the picture in clear.
      const picture = Buffer.from([0xff, 0xd8, 0xff]);
      const secrets = [
        own.key,
        key,
        key.toString('hex'),
        key.toString('base64'),
        own.deleteToken,
        token,
        SECRET_QUESTION,
        'aardvark',
        'loupe-trajectory',
      ];
      const files = await everyFile(driver === 'files' ? folder : s3.folder);
      expect(files.some(({ bytes }) => bytes.length === own.bytes)).toBe(true);
      for (const { path, bytes } of files) {
        for (const secret of secrets) expect(bytes.includes(secret), `${path} holds ${String(secret)}`).toBe(false);
        expect(bytes.subarray(0, 3).equals(picture)).toBe(false);
      }
      const said = server.lines.join('\n');
      for (const secret of secrets) expect(said).not.toContain(secret.toString());
    },
  );

  it('the key is in no request', async () => {
    const server = await start('files');
    const seen: string[] = [];
    const spy: typeof fetch = async (input, init) => {
      // The code under test passes addresses as text.
      seen.push(
        `${input as string} ${JSON.stringify(init, (name, value: unknown) => (name === 'signal' ? null : value))}`,
      );
      return fetch(input, init);
    };
    const packed = await packShare(aSource(), { includeImage: true, upTo: null });
    const own = await uploadShare(packed, { baseUrl: server.baseUrl, fetch: spy, expiry: '1-hour' });
    await openShare(own, { baseUrl: server.baseUrl, fetch: spy });
    expect(seen).toHaveLength(3);
    expect(seen.join('\n')).not.toContain(own.key);
  });
});

describe('what the server answers', () => {
  it('is kept by no cache and runs nowhere', async () => {
    const server = await start('files');
    const own = await share(server);
    const url = `${server.baseUrl}/api/shares`;
    for (const response of await Promise.all([
      fetch(url),
      fetch(`${url}/${own.id}`),
      fetch(`${url}/nonsense`),
      fetch(`${url}/${own.id}`, { method: 'HEAD' }),
    ])) {
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      await response.arrayBuffer();
    }
  });

  it('refuses what a form on a foreign page could send', async () => {
    const server = await start('files');
    const body = JSON.stringify({ bytes: 100, expiry: '1-day' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      const response = await fetch(`${server.baseUrl}/api/shares`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
      expect(response.status).toBe(400);
    }
  });

  it.each([
    '{"bytes":0,"expiry":"1-day"}',
    '{"bytes":1e99,"expiry":"1-day"}',
    '{"bytes":1,"expiry":"never"}',
    '[]',
    '',
    'x'.repeat(5000),
  ])('refuses a reservation that is none: %s', async (body) => {
    const server = await start('files');
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${server.baseUrl}/api/shares`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: 'bad-request' });
  });
});

describe('limits', () => {
  it('are told before anything is sent', async () => {
    const server = await start('files', { maxBytes: 2000 });
    expect(await readShareLimits(server)).toEqual({
      enabled: true,
      maxBytes: 2000,
      expiries: ['1-hour', '1-day', '30-days', '1-year'],
    });
    await expect(share(server)).rejects.toMatchObject({ code: 'too-large', detail: 2000 });
  });

  it('so many shares an hour for one client', async () => {
    const creates = createRateLimiter({ capacity: 2, seconds: 3600, now });
    const server = await start('files', { creates });
    await share(server);
    await share(server);
    await expect(share(server)).rejects.toMatchObject({ code: 'rate-limited', detail: 1800 });
    clock += HOUR;
    await share(server);
  });

  it('so many requests a minute for one client, uploads too', async () => {
    const reads = createRateLimiter({ capacity: 2, seconds: 60, now });
    const server = await start('files', { reads });
    const statuses: number[] = [];
    for (let n = 0; n < 3; n++) {
      const { status } = await fetch(`${server.baseUrl}/api/shares/${'0'.repeat(32)}`, {
        method: 'PUT',
        headers: {
          authorization: `Bearer ${'A'.repeat(43)}`,
          'content-digest': `sha-256=:${createHash('sha256').update('x').digest('base64')}:`,
        },
        body: 'x',
      });
      statuses.push(status);
    }
    expect(statuses).toEqual([404, 404, 429]);
  });

  it('a full store takes no more and loses nothing', async () => {
    const before = (await (await start('files')).store.count()).bytes;
    const packed = await packShare(aSource(), { includeImage: true, upTo: null });
    const server = await start('files', { storeBytes: before + packed.bytes * 2 - 1 });
    const own = await share(server);
    await expect(share(server)).rejects.toMatchObject(code('storage-full'));
    expect((await openShare(own, server)).id).toBe(own.id);
    await deleteShare(own, server);
    await share(server);
  });

  it('sharing switched off: nothing new, the old ones stay readable', async () => {
    const on = await start('files');
    const own = await share(on);
    const off = await start('files', { enabled: false });
    expect((await readShareLimits(off)).enabled).toBe(false);
    await expect(share(off)).rejects.toMatchObject(code('sharing-off'));
    expect((await openShare(own, off)).id).toBe(own.id);
  });
});

describe('a bad line', () => {
  it('an answer that got lost: the same bytes again are no error and no second share', async () => {
    const server = await start('files');
    let lost = 0;
    const flaky: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (init?.method === 'PUT' && lost++ === 0) throw new TypeError('connection reset');
      return response;
    };
    const shares = (await server.store.count()).shares;
    const packed = await packShare(aSource(), { includeImage: false, upTo: null });
    const own = await uploadShare(packed, { baseUrl: server.baseUrl, fetch: flaky, expiry: '1-hour' });
    expect((await openShare(own, server)).id).toBe(own.id);
    expect((await server.store.count()).shares).toBe(shares + 1);
  });

  it('stopped: nothing was shared and nothing stays reserved', async () => {
    const server = await start('files');
    const before = await server.store.count();
    const stop = new AbortController();
    const slow: typeof fetch = (input, init) => {
      if (init?.method === 'PUT') stop.abort();
      return fetch(input, init);
    };
    const packed = await packShare(aSource(), { includeImage: true, upTo: null });
    const upload = uploadShare(packed, { baseUrl: server.baseUrl, fetch: slow, expiry: '1-hour', signal: stop.signal });
    await expect(upload).rejects.toMatchObject(code('aborted'));
    expect(await server.store.count()).toMatchObject({ shares: before.shares, uploads: before.uploads });
  });

  it('nobody there: offline; a page instead of an answer: server', async () => {
    await expect(readShareLimits({ baseUrl: 'http://127.0.0.1:1' })).rejects.toMatchObject(code('offline'));
    const portal: typeof fetch = () => Promise.resolve(new Response('<html>log in</html>'));
    await expect(readShareLimits({ fetch: portal })).rejects.toMatchObject(code('server'));
    const proxy: typeof fetch = () => Promise.resolve(new Response('<html>', { status: 413 }));
    await expect(readShareLimits({ fetch: proxy })).rejects.toMatchObject(code('too-large'));
  });

  it('a share cut on the way is truncated; one changed is tampered; a wrong link says so', async () => {
    const server = await start('files');
    const own = await share(server);
    const spoil =
      (change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): typeof fetch =>
      async (input, init) => {
        const response = await fetch(input, init);
        return new Response(change(new Uint8Array(await response.arrayBuffer())), { headers: response.headers });
      };
    const open = (by: typeof fetch, key = own.key) => openShare({ id: own.id, key }, { ...server, fetch: by });
    await expect(open(spoil((bytes) => bytes.slice(0, 500)))).rejects.toMatchObject(code('truncated'));
    const flip = (bytes: Uint8Array<ArrayBuffer>) => bytes.map((byte, at) => (at === 900 ? byte ^ 1 : byte));
    await expect(open(spoil(flip))).rejects.toMatchObject(code('tampered'));
    await expect(open(fetch, randomBytes(32).toString('base64url'))).rejects.toMatchObject(code('wrong-key'));
    await expect(open(fetch, own.key.slice(1))).rejects.toMatchObject(code('bad-link'));
  });
});
