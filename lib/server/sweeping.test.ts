import { randomBytes } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import type { BlobName } from './blob-store';
import { createMemoryBlobStore } from './fixtures/memory-blob-store';
import { createShareStore, type SweepResult } from './share-store';
import { keepSweeping } from './sweeping';

const NOTHING: SweepResult = { expired: 0, abandoned: 0, forgotten: 0, failed: 0 };
const MINUTE = 60_000;

afterEach(() => vi.useRealTimers());

it('the next sweep begins so long after the last one ended, also after one that failed', async () => {
  vi.useFakeTimers();
  const lines: string[] = [];
  const ends: ((result: SweepResult | Error) => void)[] = [];
  const sweep = () =>
    new Promise<SweepResult>((resolve, reject) => {
      ends.push((result) => (result instanceof Error ? reject(result) : resolve(result)));
    });
  keepSweeping({ sweep }, 10, (line) => lines.push(line));
  await vi.advanceTimersByTimeAsync(60 * MINUTE);
  expect(ends).toHaveLength(1);
  ends[0]!(NOTHING);
  await vi.advanceTimersByTimeAsync(9 * MINUTE);
  expect(ends).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(ends).toHaveLength(2);
  ends[1]!(new Error('no list'));
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  expect(ends).toHaveLength(3);
  ends[2]!({ ...NOTHING, failed: 2 });
  await vi.advanceTimersByTimeAsync(0);
  expect(lines).toEqual([expect.stringContaining('no list'), expect.stringContaining('2 objects')]);
});

it('an object that cannot be removed does not keep the others', async () => {
  let clock = 0;
  const blobs = createMemoryBlobStore();
  const stuck = new Set<BlobName>();
  const store = createShareStore({
    blobs: {
      ...blobs,
      remove: (name) => (stuck.has(name) ? Promise.reject(new Error('refused')) : blobs.remove(name)),
    },
    maxBytes: 100,
    storeBytes: 1000,
    now: () => clock,
    ticks: () => 0,
  });
  const ids: string[] = [];
  for (let n = 0; n < 3; n++) ids.push((await store.reserve(10, '1-hour')).id);
  stuck.add(`reserved/${ids[0]!}`);
  clock = 90 * MINUTE;
  expect(await store.sweep()).toEqual({ expired: 2, abandoned: 0, forgotten: 0, failed: 1 });
  expect(await Promise.all(ids.map((id) => blobs.has(`reserved/${id}`)))).toEqual([true, false, false]);
  stuck.clear();
  expect((await store.sweep()).failed).toBe(0);
  expect(await blobs.has(`reserved/${ids[0]!}`)).toBe(false);
});

it('uploads that begin together after a sweep do not pass the limit of all shares together', async () => {
  const blobs = createMemoryBlobStore();
  const store = createShareStore({ blobs, maxBytes: 100, storeBytes: 250 });
  const bytes = randomBytes(100);
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64');
  const reserved = await Promise.all([1, 2, 3, 4, 5].map(() => store.reserve(100, '1-hour')));
  await store.sweep();
  const outcomes = await Promise.allSettled(
    reserved.map(({ id, deleteToken }) =>
      store.upload({
        id,
        token: deleteToken,
        bytes: 100,
        digest,
        body: (async function* () {
          yield bytes;
        })(),
      }),
    ),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect((await store.count()).bytes).toBe(200);
});
