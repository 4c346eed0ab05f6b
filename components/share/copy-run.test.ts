/** A shared run copied into the library of this browser. */
import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { openLibrary, type Persistence, type StorageReport } from '@/lib/library';
import { makeRun, picture } from '@/lib/library/fixtures/contract-suite';
import { hashesOf } from '@/lib/trajectory';
import { copyRun } from './copy-run';

const REPORT: StorageReport = { used: 1, allowed: 10, lasting: 'promised', asked: true };

test('the copy is kept under an id of its own, and the browser is asked to hold on to it', async () => {
  const trajectory = makeRun('shared');
  const images = new Map(hashesOf(trajectory).map((hash) => [hash, picture('pixels')]));
  const share = { id: 's', trajectory, images, more: [], beside: [], cut: null, expiresAt: null, bytes: 1 };
  const persistence = { ask: vi.fn<Persistence['ask']>(async () => REPORT) };
  const copied = await copyRun(share, 1, null, persistence);
  expect(copied).toMatchObject({ ok: true });
  expect(persistence.ask).toHaveBeenCalledExactlyOnceWith(true);
  const id = copied.ok ? copied.id : '';
  expect(id).not.toBe('shared');
  const { library } = await openLibrary();
  const kept = await library.load(id);
  library.close();
  expect(kept?.trajectory).toMatchObject({
    parent: { runId: 'shared', steps: 1, change: null },
    steps: trajectory.steps,
  });
  expect(await Promise.all([...kept!.files.values()].map((file) => file.text()))).toEqual(['pixels']);
});

test('a whole tree is copied as one: branches name their copies', async () => {
  const first = makeRun('root');
  const branch = (id: string, of: string) => ({
    ...makeRun(id),
    parent: { runId: of, steps: 1, change: { kind: 'words', json: {} } },
  });
  const [shown, other] = [branch('shown', 'root'), branch('other', 'shown')];
  const images = new Map(hashesOf(first).map((hash) => [hash, picture('pixels')]));
  const share = {
    ...{ id: 's', trajectory: shown, images, more: [], beside: [other, first] },
    ...{ cut: null, expiresAt: null, bytes: 1 },
  };
  const { library } = await openLibrary();
  const before = new Set((await library.list()).map(({ id }) => id));
  const copied = await copyRun(share, 1, null, { ask: async () => REPORT });
  const made = (await library.list()).filter(({ id }) => !before.has(id));
  library.close();
  expect(made).toHaveLength(3);
  const [root] = made.filter(({ parentId }) => !made.some(({ id }) => id === parentId));
  const [child] = made.filter(({ parentId }) => parentId === root?.id);
  expect(child?.id).toBe(copied.ok ? copied.id : '');
  expect(made.filter(({ parentId }) => parentId === child?.id)).toHaveLength(1);
  expect(['root', 'shown', 'other']).not.toEqual(expect.arrayContaining([root?.id]));
});

test('where it cannot be kept, nothing is asked', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  const persistence = { ask: vi.fn<Persistence['ask']>(async () => REPORT) };
  const share = {
    id: 's',
    trajectory: makeRun('a'),
    images: new Map(),
    more: [],
    beside: [],
    cut: null,
    expiresAt: null,
    bytes: 1,
  };
  expect(await copyRun(share, 0, null, persistence)).toMatchObject({ ok: false });
  expect(persistence.ask).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
