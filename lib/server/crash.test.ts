/** kill -9 during uploads: 40 of them, in the long suite 120; `npm run crash:shares` has 1,000. */
import { expect, it } from 'vitest';
import { cases } from '@/scripts/suite';
import { crashTest } from '../../e2e/bench/share-crash.mjs';

it('a server that is killed loses nothing it acknowledged and shows nothing half', async () => {
  const result = await crashTest({ uploads: cases({ short: 40, long: 120 }), clients: 6, seed: 7 });
  expect(result.faults).toEqual([]);
  expect(result.kills).toBeGreaterThan(1);
  expect(result.acknowledged).toBeGreaterThan(10);
});
