/** kill -9 during uploads and deletions, the short one; `npm run crash:shares` is the long one. */
import { expect, it } from 'vitest';
import { cases } from '@/scripts/suite';
import { crashTest } from '../../e2e/bench/share-crash.mjs';

it.each([
  ['files', { short: 24, long: 120 }],
  ['s3', { short: 20, long: 80 }],
])(
  'a server that is killed loses nothing it acknowledged, shows nothing half and brings nothing back: %s',
  async (store, uploads) => {
    const result = await crashTest({ store, uploads: cases(uploads), clients: 6, seed: 7 });
    expect(result.faults).toEqual([]);
    expect(result.kills).toBeGreaterThanOrEqual(1);
    expect(result.acknowledged).toBeGreaterThan(10);
    expect(result.deleted).toBeGreaterThan(1);
  },
);
