/** Kept sets come back with their files, and how a file is read outlasts the tab. */
import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { createKeptSets } from './kept-sets';

it('keeps a set until it is removed, and readings apart from it', async () => {
  const sets = createKeptSets();
  const files = [{ path: 'a/b.jsonl', file: new Blob(['{"a":1}']) }];
  await sets.keep({ id: 'x', name: 'b.jsonl', rows: 1 }, files);
  await sets.keepReading('a/b.jsonl 7', { frame: 'fractions' });
  const again = createKeptSets();
  expect(await again.list()).toMatchObject([{ id: 'x', name: 'b.jsonl', rows: 1, bytes: 7 }]);
  expect((await again.load('x'))?.files.map(({ path }) => path)).toEqual(['a/b.jsonl']);
  await again.remove('x');
  expect([await again.list(), await again.load('x')]).toEqual([[], null]);
  expect([await again.reading('a/b.jsonl 7'), await again.reading('other')]).toEqual([{ frame: 'fractions' }, null]);
});
