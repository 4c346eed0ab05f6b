/** Deleting where there is no room for a tombstone, and dying in the middle of it. */
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { mountSmallDisk, noSmallDisk } from '../../e2e/bench/attack/small-disk.mjs';
import { StoreError, storeError, type BlobStore } from './blob-store';
import { openFileBlobStore } from './file-blob-store';
import { createMemoryBlobStore } from './fixtures/memory-blob-store';
import { startS3Stub } from './fixtures/s3-stub';
import { openS3BlobStore } from './s3-blob-store';
import { createShareStore, type ShareStore } from './share-store';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const HOUR = 3_600_000;
const refused = (code: string) => ({ code });
const sum = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
async function* once(bytes: Uint8Array) {
  yield bytes;
}

interface Made {
  readonly id: string;
  readonly token: string;
  readonly bytes: Uint8Array;
}
async function make(store: ShareStore, size = 100): Promise<Made> {
  const bytes = randomBytes(size);
  const { id, deleteToken: token } = await store.reserve(size, '1-hour');
  await store.upload({ id, token, bytes: size, digest: sum(bytes), body: once(bytes) });
  return { id, token, bytes };
}
const again = (store: ShareStore, { id, token, bytes }: Made) =>
  store.upload({ id, token, bytes: bytes.length, digest: sum(bytes), body: once(bytes) });
async function stateOf(store: ShareStore, id: string): Promise<string> {
  try {
    await (await store.open(id)).body.cancel();
    return 'there';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('a process that dies while it deletes', () => {
  /** A store of which only the first so many changes happen; `full`: it has no room for a tombstone at first. */
  function mortal(blobs: BlobStore, changes: number, full: boolean): BlobStore {
    let left = changes;
    const change = async <T>(work: () => Promise<T>): Promise<T> => {
      if (left-- <= 0) throw new Error('dead');
      return work();
    };
    let freed = false;
    return {
      ...blobs,
      put: (name, body, size) => {
        if (full && !freed && name.startsWith('gone/')) return Promise.reject(new StoreError('full', 'no room'));
        return change(() => blobs.put(name, body, size));
      },
      remove: (name) => {
        freed ||= name.startsWith('body/');
        return change(() => blobs.remove(name));
      },
    };
  }

  it.each([
    ['with room', false],
    ['on a full disk', true],
  ])('leaves the share whole or gone for good, after whichever step: %s', async (_, full) => {
    const seen: string[] = [];
    for (let changes = 0; changes < 7; changes++) {
      let time = Date.parse('2026-11-21T10:00:00Z');
      const blobs = createMemoryBlobStore();
      const options = { maxBytes: 1000, storeBytes: 1e6, now: () => time, ticks: () => 0 };
      const made = await make(createShareStore({ blobs, ...options }));
      const dying = createShareStore({ blobs: mortal(blobs, changes, full), ...options });
      const acknowledged = await dying.remove(made.id, made.token).then(
        () => true,
        () => false,
      );
      const next = createShareStore({ blobs, ...options });
      const state = await stateOf(next, made.id);
      seen.push(state);
      // Nothing had happened: it was not deleted, and nobody was told so.
      if (changes === 0) expect([state, acknowledged]).toEqual(['there', false]);
      else expect(state).not.toBe('there');
      if (state === 'there') continue;
      await expect(again(next, made)).rejects.toMatchObject({ code: expect.stringMatching(/^(deleted|not-found)$/) });
      time += 3 * HOUR;
      await next.sweep();
      expect(await stateOf(next, made.id)).not.toBe('there');
      expect(await Promise.all([blobs.has(`body/${made.id}`), blobs.has(`reserved/${made.id}`)])).toEqual([
        false,
        false,
      ]);
    }
    expect(seen.at(-1)).toBe('deleted');
  });
});

const noDisk = noSmallDisk();
if (noDisk !== null) console.warn(`skipped, a full disk: ${noDisk}`);

describe.skipIf(noDisk !== null)('a disk without a free block', () => {
  let disk: ReturnType<typeof mountSmallDisk>;
  let blobs: BlobStore;
  let store: ShareStore;
  let time = Date.parse('2026-11-21T10:00:00Z');
  beforeAll(async () => {
    disk = mountSmallDisk(1_000_000);
    blobs = await openFileBlobStore(disk.folder);
    store = createShareStore({ blobs, maxBytes: 1e6, storeBytes: 1e9, now: () => time, ticks: () => 0 });
  });
  afterAll(() => disk.unmount());

  it('takes nothing new and says so', async () => {
    const reserved = await store.reserve(9000, '1-hour');
    disk.fill();
    await expect(store.reserve(10, '1-hour')).rejects.toMatchObject(refused('full'));
    await expect(
      again(store, { id: reserved.id, token: reserved.deleteToken, bytes: Buffer.alloc(9000) }),
    ).rejects.toMatchObject(refused('full'));
    await expect(store.check(true)).rejects.toMatchObject(refused('full'));
    await store.check(false);
    disk.empty();
    await store.remove(reserved.id, reserved.deleteToken);
  });

  it('is freed by the owner, who then hears "deleted"', async () => {
    const made = await make(store, 50_000);
    disk.fill();
    const before = disk.free();
    await store.remove(made.id, made.token);
    expect(disk.free()).toBeGreaterThan(before + 40_000);
    expect(await stateOf(store, made.id)).toBe('deleted');
    disk.empty();
  });

  it('is freed of an upload that never came', async () => {
    const { id, deleteToken } = await store.reserve(10, '1-hour');
    disk.fill();
    await store.remove(id, deleteToken);
    expect(await stateOf(store, id)).toBe('deleted');
    disk.empty();
  });

  it('is freed by purge, purge-all and the sweep', async () => {
    const made: Made[] = [];
    for (let n = 0; n < 5; n++) made.push(await make(store, 30_000));
    disk.fill();
    expect(await store.purge(made[0]!.id)).toBe(true);
    disk.fill();
    time += HOUR;
    expect(await stateOf(store, made[1]!.id)).toBe('expired');
    expect(await store.sweep()).toMatchObject({ expired: 4, failed: 0 });
    expect(await store.count()).toMatchObject({ shares: 0, bytes: 0 });
    expect(await Promise.all(made.map(({ id }) => stateOf(store, id)))).toEqual([
      'deleted',
      ...Array<string>(4).fill('expired'),
    ]);
    disk.empty();
    for (let n = 0; n < 3; n++) await make(store, 30_000);
    disk.fill();
    expect(await store.purgeAll()).toMatchObject({ deleted: 3, failed: 0 });
    expect(disk.free()).toBeGreaterThan(60_000);
    disk.empty();
  });

  it('is freed as well where it is files that there is no room for', async () => {
    const files = mountSmallDisk(1_000_000, 40);
    try {
      const few = createShareStore({ blobs: await openFileBlobStore(files.folder), maxBytes: 1e6, storeBytes: 1e9 });
      const made = await make(few);
      for (let n = 0; files.files() > 0; n++) await writeFile(join(files.folder, `filler-${n}`), '');
      await expect(few.reserve(10, '1-hour')).rejects.toMatchObject(refused('full'));
      await few.remove(made.id, made.token);
      expect(await stateOf(few, made.id)).toBe('deleted');
    } finally {
      files.unmount();
    }
  });

  it('a disk set read-only claims nothing and loses nothing', async () => {
    const made = await make(store, 1000);
    disk.remount('ro');
    await expect(store.reserve(10, '1-hour')).rejects.toMatchObject(refused('unavailable'));
    await expect(store.remove(made.id, made.token)).rejects.toMatchObject(refused('unavailable'));
    expect(await store.purgeAll()).toMatchObject({ deleted: 0, failed: 1 });
    expect(await stateOf(store, made.id)).toBe('there');
    disk.remount('rw');
    await store.remove(made.id, made.token);
    expect(await stateOf(store, made.id)).toBe('deleted');
  });
});

describe('an object store without room', () => {
  const XML = (code: string, message = '') => `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;

  it.each([
    ['507', 507, ''],
    ['Ceph', 403, XML('QuotaExceeded')],
    ['MinIO', 400, XML('XMinioAdminBucketQuotaExceeded')],
    ['MinIO, its disks', 507, XML('XMinioStorageFull')],
    ['Backblaze', 403, XML('AccessDenied', 'Cannot upload files, storage cap exceeded')],
  ])('is "full" in the words of %s', async (_, status, text) => {
    const stub = await startS3Stub();
    try {
      stub.onPut = () => ({ status, text });
      const store = createShareStore({ blobs: openS3BlobStore(stub.settings), maxBytes: 1000, storeBytes: 1e6 });
      await expect(store.reserve(10, '1-hour')).rejects.toMatchObject(refused('full'));
    } finally {
      await stub.stop();
    }
  });

  it('is freed all the same', async () => {
    const blobs = createMemoryBlobStore();
    let room = true;
    const store = createShareStore({
      blobs: {
        ...blobs,
        put: (...of) => (room ? blobs.put(...of) : Promise.reject(new StoreError('full', 'no room'))),
      },
      maxBytes: 1000,
      storeBytes: 1e6,
    });
    const made = await make(store);
    room = false;
    await store.remove(made.id, made.token);
    // Not even the word for why had room.
    expect(await stateOf(store, made.id)).toBe('not-found');
    await expect(again(store, made)).rejects.toMatchObject(refused('not-found'));
  });
});

it('what a disk refuses is "full" where removing would help, else "unavailable"', () => {
  const of = (code: string) => storeError(Object.assign(new Error(code), { code })).code;
  for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG', 'EMLINK']) expect(of(code)).toBe('full');
  for (const code of ['EROFS', 'EACCES', 'EIO', 'EMFILE', 'ENOENT', 'ESTALE']) expect(of(code)).toBe('unavailable');
});
