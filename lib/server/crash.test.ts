/** kill -9 during uploads, the short one; `npm run crash:shares` is the long one. */
import { expect, it } from 'vitest';
import { crashTest } from '../../e2e/bench/share-crash.mjs';

it('a server that is killed loses nothing it acknowledged and shows nothing half', { timeout: 300_000 }, async () => {
  const result = await crashTest({ uploads: 120, clients: 6, seed: 7 });
  expect(result.faults).toEqual([]);
  expect(result.kills).toBeGreaterThan(1);
  expect(result.acknowledged).toBeGreaterThan(10);
});
