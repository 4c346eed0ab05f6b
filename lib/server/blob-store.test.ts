/** One list of tests for every driver: what the share store relies on. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreError, type BlobStore } from './blob-store';
import { openFileBlobStore } from './file-blob-store';
import { startS3Server, type S3Server } from './fixtures/s3-server';
import { startS3Stub } from './fixtures/s3-stub';
import { openS3BlobStore } from './s3-blob-store';

let folder: string;
let s3: S3Server;
const stores: Record<string, BlobStore> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loupe-files-'));
  s3 = await startS3Server();
  stores.files = await openFileBlobStore(folder);
  stores.S3 = openS3BlobStore(s3.settings);
});
afterAll(async () => {
  await s3.stop();
  await rm(folder, { recursive: true, force: true });
});

const newId = () => randomBytes(16).toString('hex');

async function* pieces(bytes: Uint8Array, size = 10_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function* failing(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
  await new Promise((resolve) => setTimeout(resolve, 20));
  throw new RangeError('the client went away');
}
async function read(store: BlobStore, name: `body/${string}`): Promise<Buffer | null> {
  const blob = await store.get(name);
  return blob && Buffer.from(await new Response(blob.body).arrayBuffer());
}
/** Some S3 servers keep a half: what counts is that nothing has the announced size. */
async function isWhole(store: BlobStore, id: string, size: number): Promise<boolean> {
  const blob = await store.get(`body/${id}`);
  await blob?.body.cancel();
  return blob?.size === size;
}
async function idsOf(store: BlobStore, kind: 'reserved' | 'body' | 'gone'): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of store.list(kind)) ids.push(id);
  return ids;
}

describe.each(['files', 'S3'])('objects in %s', (driver) => {
  const store = () => stores[driver]!;

  it('come back as they were put', async () => {
    for (const size of [1, 4096, 3_000_001]) {
      const [id, bytes] = [newId(), randomBytes(size)];
      expect(await store().has(`body/${id}`)).toBe(false);
      expect(await store().put(`body/${id}`, pieces(bytes), size)).toBe('stored');
      expect(await store().has(`body/${id}`)).toBe(true);
      expect((await read(store(), `body/${id}`))?.equals(bytes)).toBe(true);
    }
  });

  it('are written once: a second put leaves the first as it was', async () => {
    const [id, first] = [newId(), randomBytes(100)];
    await store().put(`body/${id}`, pieces(first), 100);
    expect(await store().put(`body/${id}`, pieces(randomBytes(100)), 100)).toBe('exists');
    expect((await read(store(), `body/${id}`))?.equals(first)).toBe(true);
  });

  it('are not there when the body breaks off', async () => {
    const id = newId();
    await expect(store().put(`body/${id}`, failing(randomBytes(70_000)), 100_000)).rejects.toThrow('went away');
    expect(await isWhole(store(), id, 100_000)).toBe(false);
    // And nothing stands in the way of the next try.
    expect(await store().put(`body/${id}`, pieces(randomBytes(10)), 10)).toBe('stored');
  });

  it.each([9, 11])('are not there when the body has 10 bytes and %i were announced', async (size) => {
    const id = newId();
    const error: unknown = await store()
      .put(`body/${id}`, pieces(randomBytes(10), 4), size)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StoreError);
    expect(error).toMatchObject({ code: 'size' });
    expect(await isWhole(store(), id, size)).toBe(false);
  });

  it('are gone after removal, and removing nothing is fine', async () => {
    const id = newId();
    await store().put(`gone/${id}`, pieces(randomBytes(10)), 10);
    await store().remove(`gone/${id}`);
    await store().remove(`gone/${id}`);
    expect(await store().get(`gone/${id}`)).toBeNull();
  });

  it('are listed by kind', async () => {
    const ids = Array.from({ length: 12 }, newId);
    for (const id of ids) await store().put(`reserved/${id}`, pieces(randomBytes(7)), 7);
    expect((await idsOf(store(), 'reserved')).sort()).toEqual([...ids].sort());
    for await (const entry of store().list('reserved')) expect(entry.size).toBe(7);
    expect(await idsOf(store(), 'body')).not.toContain(ids[0]);
  });

  it('take many at a time', async () => {
    const all = Array.from({ length: 40 }, () => ({ id: newId(), bytes: randomBytes(50_000) }));
    await Promise.all(all.map(({ id, bytes }) => store().put(`body/${id}`, pieces(bytes), bytes.length)));
    const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
    for (const { id, bytes } of all) expect(sum((await read(store(), `body/${id}`))!)).toBe(sum(bytes));
  });

  it('are named by ids only: no way out of the folder', async () => {
    for (const id of ['../../etc/passwd', '..', '', 'A'.repeat(32), 'a'.repeat(33)]) {
      await expect(Promise.resolve().then(() => store().get(`body/${id}`))).rejects.toThrow(RangeError);
    }
  });
});

it('files: what dead uploads left is tidied, what living ones write is not', async () => {
  const temporary = join(folder, 'shares', 'tmp');
  for (const name of ['old', 'young']) await writeFile(join(temporary, name), 'half');
  const yesterday = Date.now() / 1000 - 86_400;
  await utimes(join(temporary, 'old'), yesterday, yesterday);
  await stores.files!.tidy();
  expect(await readdir(temporary)).toEqual(['young']);
});

it('S3: a store that does not answer is "unavailable"', async () => {
  const nobody = openS3BlobStore({ ...s3.settings, endpoint: 'http://127.0.0.1:1' });
  await expect(nobody.has(`body/${newId()}`)).rejects.toMatchObject({ code: 'unavailable' });
  const stranger = openS3BlobStore({ ...s3.settings, secretAccessKey: 'wrong' });
  await expect(stranger.put(`body/${newId()}`, pieces(randomBytes(10)), 10)).rejects.toMatchObject({
    code: 'unavailable',
  });
});

it('S3: no request is the framework’s: the global fetch may be anybody’s', async () => {
  const real = globalThis.fetch;
  globalThis.fetch = () => Promise.reject(new Error('the framework’s'));
  try {
    const [id, bytes] = [newId(), randomBytes(1000)];
    expect(await stores.S3!.put(`body/${id}`, pieces(bytes), 1000)).toBe('stored');
    expect((await read(stores.S3!, `body/${id}`))?.equals(bytes)).toBe(true);
    expect(await idsOf(stores.S3!, 'body')).toContain(id);
    await stores.S3!.remove(`body/${id}`);
    expect(await stores.S3!.has(`body/${id}`)).toBe(false);
  } finally {
    globalThis.fetch = real;
  }
});

it('S3: a bucket that is not there is no empty one', async () => {
  const elsewhere = openS3BlobStore({ ...s3.settings, bucket: 'nobody' });
  await expect(idsOf(elsewhere, 'body')).rejects.toMatchObject({ code: 'unavailable' });
});

// s3rver knows no If-None-Match on PUT and answers in one page, so these speak to a stub.
it.each([409, 412])('S3: a PUT refused with %i is "exists" only where the whole object is there', async (status) => {
  const stub = await startS3Stub();
  try {
    const store = openS3BlobStore(stub.settings);
    const put = (id: string) => store.put(`body/${id}`, pieces(randomBytes(10)), 10);
    for (const size of [null, 7]) {
      stub.onPut = (objects, name) => {
        if (size !== null) objects.set(name, size);
        return status;
      };
      await expect(put(newId())).rejects.toMatchObject({ code: 'unavailable' });
    }
    // The other one was quicker, between our look and our PUT.
    stub.onPut = (objects, name) => {
      objects.set(name, 10);
      return status;
    };
    expect(await put(newId())).toBe('exists');
  } finally {
    await stub.stop();
  }
});

it('S3: a list of more than one page is read to its end', async () => {
  const stub = await startS3Stub({ pageSize: 3 });
  try {
    const ids = Array.from({ length: 8 }, newId).sort();
    for (const id of ids) stub.objects.set(`shares/body/${id}`, 5);
    expect((await idsOf(openS3BlobStore(stub.settings), 'body')).sort()).toEqual(ids);
    expect(stub.pages).toBe(3);
  } finally {
    await stub.stop();
  }
});
