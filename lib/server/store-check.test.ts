import { expect, it } from 'vitest';
import { StoreError } from './blob-store';
import { createStoreCheck } from './store-check';

const QUICK = { waitMs: 50, freshMs: 200 };
const never = () => new Promise<void>(() => undefined);
const full = () => Promise.reject(new StoreError('full', 'no room'));

it('tells reading from writing, and waits for neither', async () => {
  const check = (read: () => Promise<void>, write: () => Promise<void>, needed = true) =>
    createStoreCheck({ check: (writing) => (writing ? write() : read()) }, { write: needed, ...QUICK })();
  const fine = () => Promise.resolve();
  expect(await check(fine, fine)).toEqual({ read: true, write: true });
  expect(await check(fine, full)).toEqual({ read: true, write: false });
  expect(await check(never, never)).toEqual({ read: false, write: false });
  // Nothing new is taken: nothing has to be written.
  expect(await check(fine, full, false)).toEqual({ read: true, write: true });
});

it('many who ask at once are one question', async () => {
  let asked = 0;
  const check = createStoreCheck(
    {
      check: async () => {
        asked += 1;
      },
    },
    { write: false, ...QUICK },
  );
  await Promise.all(Array.from({ length: 100 }, check));
  expect(asked).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 250));
  await check();
  expect(asked).toBe(2);
});
