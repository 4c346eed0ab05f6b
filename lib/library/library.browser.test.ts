/** The same contract on the browser's own IndexedDB. */
import { deleteDB } from 'idb';
import { afterAll, expect, test, vi } from 'vitest';
import { countWorkers } from '@/lib/port/fixtures/named-workers';
import { describeLibrary, imageOf, makeRun, picture, saveOne } from './fixtures/contract-suite';
import { createIndexedDbLibrary } from './indexed-db-library';
import { openLibrary } from './open-library';

const names: string[] = [];
const freshName = (): string => {
  const name = `test-${crypto.randomUUID()}`;
  names.push(name);
  return name;
};
afterAll(() => Promise.all(names.map((name) => deleteDB(name))));

describeLibrary('the library in IndexedDB', () => createIndexedDbLibrary({ name: freshName() }));

test('a run and its picture outlast the connection; another tab hears of changes', async () => {
  const name = freshName();
  const before = await openLibrary({ name });
  expect(before.persistent).toBe(true);
  const other = await createIndexedDbLibrary({ name });
  const told = new Promise<void>((resolve) => void other.subscribe(resolve));
  const bytes = new Blob([crypto.getRandomValues(new Uint8Array(60_000))], { type: 'image/jpeg' });
  await saveOne(before.library, makeRun('one'), bytes, picture('t'));
  await told;
  before.library.close();
  other.close();
  const after = await createIndexedDbLibrary({ name });
  const loaded = await after.load('one');
  expect(loaded?.trajectory).toEqual(makeRun('one'));
  expect(new Uint8Array((await imageOf(loaded)?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(
    new Uint8Array(await bytes.arrayBuffer()),
  );
  after.close();
});

test('documents are read by a worker: kept ones, and those that come in files', async () => {
  const made = countWorkers();
  const { library } = await openLibrary({ name: freshName() });
  const run = makeRun('one');
  const report = await library.importFiles?.(
    [new File([JSON.stringify(run)], 'one.json'), new File(['['.repeat(10_000_000)], 'deep.json')],
    () => undefined,
  );
  expect(report).toMatchObject({
    added: ['one'],
    problems: [{ file: 'deep.json', reason: { code: 'not-a-run' } }],
  });
  expect((await library.load('one'))?.trajectory).toEqual(run);
  expect(await library.load('none')).toBeNull();
  expect(made).toEqual(['reader']);
  vi.unstubAllGlobals();
  library.close();
});
