import { expect, it } from 'vitest';
import { StoreError } from './blob-store';
import { createMemoryBlobStore } from './fixtures/memory-blob-store';
import { createShareClock } from './share-clock';
import { createShareStore } from './share-store';

const HOUR = 3_600_000;
const START = Date.parse('2026-11-21T10:00:00Z');

async function namesIn(blobs: ReturnType<typeof createMemoryBlobStore>): Promise<number> {
  let count = 0;
  for await (const _ of blobs.list('seen')) count += 1;
  return count;
}

it('never goes back, and goes on with the time that really passes', async () => {
  let [wall, tick] = [START, 0];
  const clock = createShareClock({ blobs: createMemoryBlobStore(), wall: () => wall, ticks: () => tick });
  expect(await clock.now()).toBe(START);
  wall += HOUR;
  tick += 5;
  expect(await clock.now()).toBe(START + HOUR);
  wall -= 48 * HOUR;
  tick += HOUR;
  expect(await clock.now()).toBe(START + 2 * HOUR);
  expect(await clock.behind()).toBe(49 * HOUR);
});

it('is known to the next process, and to others on the same store; one object is enough', async () => {
  const blobs = createMemoryBlobStore();
  const at = (time: number) => createShareClock({ blobs, wall: () => time, ticks: () => 0 });
  await at(START + 5 * HOUR).keep();
  await at(START).keep();
  expect(await at(START).now()).toBe(START + 5 * HOUR);
  await Promise.all([at(START + 6 * HOUR).keep(), at(START + 7 * HOUR).keep()]);
  expect(await at(START).now()).toBe(START + 7 * HOUR);
  await at(START).keep();
  expect(await namesIn(blobs)).toBe(1);
});

it('a share that was once said to have ended stays so, whatever the clock and whoever starts again', async () => {
  let time = START;
  const blobs = createMemoryBlobStore();
  const open = () => createShareStore({ blobs, maxBytes: 1000, storeBytes: 1e6, now: () => time, ticks: () => 0 });
  const store = open();
  const { id } = await store.reserve(10, '1-hour');
  const ended = { code: 'expired' };
  time += HOUR;
  await expect(store.open(id)).rejects.toMatchObject(ended);
  time -= 24 * HOUR;
  await expect(store.open(id)).rejects.toMatchObject(ended);
  await expect(open().open(id)).rejects.toMatchObject(ended);
  expect(await open().clockBehind()).toBe(24 * HOUR);
  // And what is made now lives for its hour.
  const fresh = await store.reserve(10, '1-hour');
  await expect(store.open(fresh.id)).rejects.toMatchObject({ code: 'not-found' });
  await store.forgetTime();
  expect(await open().clockBehind()).toBe(0);
});

it('a store that takes nothing keeps no share alive; one that cannot be read is not guessed about', async () => {
  let time = START;
  const blobs = createMemoryBlobStore();
  let broken: 'no' | 'write' | 'read' = 'no';
  const fail = () => new StoreError(broken === 'write' ? 'full' : 'unavailable', broken);
  const open = () =>
    createShareStore({
      blobs: {
        ...blobs,
        put: (...of) => (broken === 'no' ? blobs.put(...of) : Promise.reject(fail())),
        list(kind) {
          if (broken === 'read') throw fail();
          return blobs.list(kind);
        },
      },
      maxBytes: 1000,
      storeBytes: 1e6,
      now: () => time,
      ticks: () => 0,
    });
  const { id } = await open().reserve(10, '1-hour');
  broken = 'write';
  const store = open();
  time += HOUR;
  await expect(store.open(id)).rejects.toMatchObject({ code: 'expired' });
  time -= HOUR;
  await expect(store.open(id)).rejects.toMatchObject({ code: 'expired' });
  broken = 'read';
  const next = open();
  await expect(next.open(id)).rejects.toMatchObject({ code: 'unavailable' });
  broken = 'no';
  await expect(next.open(id)).rejects.toMatchObject({ code: 'not-found' });
});
