import { expect, test } from 'vitest';
import { library } from '@/lib/words/en/library';
import { isolated } from '@/lib/words/isolate';
import { outcomeOfExport, outcomeOfImport } from './use-files';
import { rowsInSight } from './use-window';

const { files: words } = library;

test('rows in sight are made, with a few above and below, and never beyond the list', () => {
  expect(rowsInSight(0, 900, 100, 1000)).toEqual({ first: 0, end: 15 });
  expect(rowsInSight(50_000, 900, 100, 1000)).toEqual({ first: 494, end: 515 });
  expect(rowsInSight(99_100, 900, 100, 1000)).toEqual({ first: 985, end: 1000 });
  expect(rowsInSight(-40, 900, 100, 3)).toEqual({ first: 0, end: 3 });
  expect(rowsInSight(99_100, 900, 100, 3).end).toBeLessThanOrEqual(3);
  expect(rowsInSight(0, 900, 100, 0)).toEqual({ first: 0, end: 0 });
});

test('how an import ended is said in words, with each reason', () => {
  const none = { added: [], known: 0, withoutPicture: 0, problems: [] };
  expect(outcomeOfImport(library, none)).toEqual({
    title: words.sentence([words.nothing]),
    details: [],
    failed: false,
  });
  const many = Array.from({ length: 7 }, (_, at) => ({ file: `${at}.json`, reason: { code: 'damaged' } as const }));
  const mixed = outcomeOfImport(library, { added: ['a'], known: 2, withoutPicture: 1, problems: many });
  expect(mixed.title).toBe(words.sentence([words.added(1), words.known(2), words.notTaken(7)]));
  expect(mixed.details).toHaveLength(7);
  expect(mixed.details[0]).toBe(library.files.problem(isolated('0.json'), null, library.problems.damaged));
  expect(mixed.details.slice(5)).toEqual([words.andMore(2), words.withoutPicture(1)]);
  expect(mixed.failed).toBe(true);
});

test('an export in several files says how many, and holds them to be taken again', () => {
  const files = ['a-1.zip', 'a-2.zip'].map((name) => ({ name, blob: new Blob([name]) }));
  const several = outcomeOfExport(library, { files, runs: 9, left: [] });
  expect(several).toMatchObject({ failed: false, files });
  expect(several?.title).toMatch(/^9 runs in 2 files/);
  // One file with all in it needs no words.
  expect(outcomeOfExport(library, { files: files.slice(1), runs: 9, left: [] })).toBeNull();
  expect(outcomeOfExport(library, { files: files.slice(1), runs: 8, left: ['Broken'] })).toEqual({
    title: words.left(1, 1),
    details: ['Broken'],
    failed: true,
  });
  expect(outcomeOfExport(library, { files, runs: 8, left: ['Broken'] })).toMatchObject({
    title: expect.stringMatching(new RegExp(`${words.left(1, 2).replace('.', '\\.')}$`)),
    failed: true,
  });
});
