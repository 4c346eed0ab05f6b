/** Shares that open once: through the page's own code and a real port, on files, with several visitors and broken deliveries. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { questionOf } from '@/lib/trajectory';
import { findShare, packShare, uploadShare, type OwnShare, type UploadOptions } from '@/lib/share';
import { aSource, SECRET_QUESTION } from '@/lib/share/fixtures/shared-run';
import type { BlobStore } from './blob-store';
import { openFileBlobStore } from './file-blob-store';
import { createMemoryBlobStore } from './fixtures/memory-blob-store';
import { startS3Server, type S3Server } from './fixtures/s3-server';
import { startShareServer, type TestServer } from './fixtures/share-server';
import { DELIVERY_MS } from './open-once';
import { openS3BlobStore } from './s3-blob-store';

// Real files, sockets and Argon2, on machines that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

const stops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(stops.map((stop) => stop())));

interface SetUp extends TestServer {
  readonly blobs: BlobStore;
  /** Lets time pass. */
  later(ms: number): void;
}

type Driver = 'files' | 'S3';

let s3: S3Server | null = null;

async function openBlobs(driver: Driver): Promise<BlobStore> {
  if (driver === 'files') return openFileBlobStore(mkdtempSync(join(tmpdir(), 'loupe-once-')));
  if (!s3) {
    s3 = await startS3Server();
    stops.push(s3.stop);
  }
  return openS3BlobStore(s3.settings);
}

async function setUp(driver: Driver): Promise<SetUp> {
  const blobs = await openBlobs(driver);
  let time = Date.parse('2027-01-01T00:00:00Z');
  const server = await startShareServer({ blobs, now: () => time });
  stops.push(server.stop);
  return { ...server, blobs, later: (ms) => (time += ms) };
}

async function share(baseUrl: string, options: Partial<UploadOptions> = {}): Promise<OwnShare> {
  const locked = typeof options.password === 'string';
  const packed = await packShare(aSource(null), { includeImage: false, upTo: null, locked });
  return uploadShare(packed, { baseUrl, expiry: '1-day', once: true, ...options });
}

const urlOf = ({ baseUrl }: TestServer, { id }: OwnShare, end = ''): string => `${baseUrl}/api/shares/${id}${end}`;

async function claim(server: TestServer, own: OwnShare, body: object): Promise<Response> {
  return fetch(urlOf(server, own, '/open'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Answers may be spoilt on their way. */
function spoiling(change: (response: Response, method: string) => Response) {
  const send: typeof fetch = async (url, init) => change(await fetch(url, init), init?.method ?? 'GET');
  return { fetch: send };
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => (error as { code?: unknown }).code,
  );

describe.each(['files', 'S3'] as const)('looking at it, in %s', (driver) => {
  it('takes nothing, however often, and tells no byte of the run', async () => {
    const server = await setUp(driver);
    const own = await share(server.baseUrl);
    for (let times = 0; times < 5; times++) {
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await fetch(urlOf(server, own), { method });
        expect(answer.status).toBe(428);
        if (method === 'GET')
          expect(Object.keys((await answer.json()) as object)).toEqual(['error', 'bytes', 'expiresAt', 'head']);
      }
    }
    const found = await findShare(own, server);
    expect(found).toMatchObject({ once: true, locked: false, bytes: own.bytes });
    expect(questionOf((await found.open(null)).trajectory)).toBe(SECRET_QUESTION);
  });

  it('says a wrong link before anything is taken', async () => {
    const server = await setUp(driver);
    const [own, other] = [await share(server.baseUrl), await share(server.baseUrl)];
    expect(await codeOf(findShare({ id: own.id, key: other.key }, server))).toBe('wrong-key');
    await (await findShare(own, server)).open(null);
  });
});

describe.each(['files', 'S3'] as const)('opening it, in %s', (driver) => {
  it('deletes it, and tells whoever comes later', async () => {
    const server = await setUp(driver);
    const own = await share(server.baseUrl);
    await (await findShare(own, server)).open(null);
    expect(await codeOf(findShare(own, server))).toBe('opened');
    expect(await (await fetch(urlOf(server, own))).json()).toEqual({ error: 'opened' });
    expect(await server.blobs.has(`body/${own.id}`)).toBe(false);
    expect(await server.blobs.has(`reserved/${own.id}`)).toBe(false);
  });

  // Of S3 servers only those that know If-None-Match (docs/decisions/0015): the one that tests have does not.
  it.runIf(driver === 'files')('of twenty who claim in the same moment one wins', async () => {
    const server = await setUp(driver);
    const own = await share(server.baseUrl);
    // The proof, from a page whose claim does not get through.
    const bodies: string[] = [];
    const silent: typeof fetch = async (url, init) => {
      if (init?.method !== 'POST') return fetch(url, init);
      if (typeof init.body === 'string') bodies.push(init.body);
      throw new TypeError('no connection');
    };
    expect(await codeOf((await findShare(own, { ...server, fetch: silent })).open(null))).toBe('offline');
    const { proof } = JSON.parse(bodies[0]!) as { proof: string };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => claim(server, own, { proof, claim: `${'x'.repeat(41)}${10 + n}` })),
    );
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, ...Array<number>(19).fill(410)]);
    for (const { body } of answers) await body?.cancel();
  });

  it('without the link, by whoever saw only the address, is not possible', async () => {
    const server = await setUp(driver);
    const own = await share(server.baseUrl);
    const forged = { proof: 'A'.repeat(43), claim: 'B'.repeat(43) };
    expect((await claim(server, own, forged)).status).toBe(403);
    for (const body of [{}, { proof: 1 }, { ...forged, proof: 'short' }, { ...forged, more: 1 }]) {
      expect((await claim(server, own, body)).status).toBe(400);
    }
    expect((await fetch(urlOf(server, own, '/open'), { method: 'POST', body: JSON.stringify(forged) })).status).toBe(
      400,
    );
    const gone = { method: 'DELETE', headers: { authorization: `Bearer ${'B'.repeat(43)}` } };
    expect((await fetch(urlOf(server, own, '/open'), gone)).status).toBe(403);
    await (await findShare(own, server)).open(null);
  });

  it('a share that does not open once cannot be claimed', async () => {
    const server = await setUp(driver);
    const own = await share(server.baseUrl, { once: false });
    expect((await claim(server, own, { proof: 'A'.repeat(43), claim: 'B'.repeat(43) })).status).toBe(404);
    expect((await fetch(urlOf(server, own))).status).toBe(200);
  });
});

describe.each(['files', 'S3'] as const)('a delivery that fails, in %s', (driver) => {
  const breaking = () => {
    let left = 1;
    return spoiling((response, method) => {
      if (method !== 'POST' || left === 0) return response;
      left -= 1;
      // Some of it comes, then the line breaks.
      const reader = response.body!.getReader();
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value } = await reader.read();
          controller.enqueue(value!.subarray(0, 100));
          controller.error(new TypeError('broken'));
          await reader.cancel();
        },
      });
      return new Response(body, { headers: response.headers });
    });
  };

  it('may be asked for again by the same tab, and by nobody else', async () => {
    const server = await setUp(driver);
    const own = await share(server.baseUrl);
    const { fetch: send } = breaking();
    const found = await findShare(own, { ...server, fetch: send });
    expect(await codeOf(found.open(null))).toBe('offline');
    expect((await fetch(urlOf(server, own))).status).toBe(410);
    // The same page asks again; so would one that was reloaded in the same tab.
    expect(await (await findShare(own, server)).open(null)).toMatchObject({ id: own.id });
    expect(await codeOf(findShare(own, server))).toBe('opened');
  });

  it('is over after ten minutes: then it is deleted, by the sweep at the latest', async () => {
    const server = await setUp(driver);
    const own = await share(server.baseUrl);
    const { fetch: send } = breaking();
    const found = await findShare(own, { ...server, fetch: send });
    expect(await codeOf(found.open(null))).toBe('offline');
    expect(await server.once.sweep()).toBe(0);
    expect(await server.blobs.has(`body/${own.id}`)).toBe(true);
    server.later(DELIVERY_MS);
    expect(await codeOf(found.open(null))).toBe('opened');
    // What is over stays so where the machine's clock is set back.
    server.later(-DELIVERY_MS);
    expect(await codeOf(found.open(null))).toBe('opened');
    expect(await server.once.sweep()).toBe(0);
    expect(await server.blobs.has(`body/${own.id}`)).toBe(false);
    server.later(DELIVERY_MS);
    // And after as long as a tombstone, forgotten.
    server.later(91 * 86_400_000);
    await server.once.sweep();
    await server.store.sweep();
    for (const kind of ['once', 'claim', 'gone', 'body', 'reserved'] as const) {
      expect(await server.blobs.has(`${kind}/${own.id}`), kind).toBe(false);
    }
  });
});

it.each(['files', 'S3'] as const)('with a password: a wrong one takes nothing, in %s', async (driver) => {
  const server = await setUp(driver);
  const own = await share(server.baseUrl, { password: 'correct horse' });
  expect(own).toMatchObject({ locked: true, once: true });
  const found = await findShare(own, server);
  expect(found).toMatchObject({ locked: true, once: true });
  expect(await codeOf(found.open('wrong horse'))).toBe('wrong-password');
  expect(await codeOf(found.open(null))).toBe('password-needed');
  expect((await fetch(urlOf(server, own))).status).toBe(428);
  expect(questionOf((await found.open('correct horse')).trajectory)).toBe(SECRET_QUESTION);
  expect(await codeOf(findShare(own, server))).toBe('opened');
});

it('deleted by its owner, or expired: it says so, and its marks are swept', async () => {
  const blobs = createMemoryBlobStore();
  let time = Date.parse('2027-01-01T00:00:00Z');
  const server = await startShareServer({ blobs, now: () => time });
  stops.push(server.stop);
  const [deleted, expired] = [await share(server.baseUrl), await share(server.baseUrl, { expiry: '1-hour' })];
  await server.store.remove(deleted.id, deleted.deleteToken);
  expect(await codeOf(findShare(deleted, server))).toBe('deleted');
  time += 2 * 3_600_000;
  expect(await codeOf(findShare(expired, server))).toBe('expired');
  await server.store.sweep();
  await server.once.sweep();
  for (const { id } of [deleted, expired]) expect(await blobs.has(`once/${id}`)).toBe(false);
  expect(await codeOf(findShare(expired, server))).toBe('expired');
});
