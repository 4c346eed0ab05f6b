/** A shared run copied into the library of this browser. */
import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { openLibrary, type StorageDesk, type StorageReport } from '@/lib/library';
import { makeRun, picture } from '@/lib/library/fixtures/contract-suite';
import { hashesOf } from '@/lib/trajectory';
import { forkRun } from './fork';

const REPORT: StorageReport = { used: 1, allowed: 10, lasting: 'promised', asked: true };

test('the copy is kept under an id of its own, and the browser is asked to hold on to it', async () => {
  const trajectory = makeRun('shared');
  const images = new Map(hashesOf(trajectory).map((hash) => [hash, picture('pixels')]));
  const share = { id: 's', trajectory, images, cut: null, expiresAt: null, bytes: 1 };
  const desk = { ask: vi.fn<StorageDesk['ask']>(async () => REPORT) };
  const forked = await forkRun(share, 1, null, desk);
  expect(forked).toMatchObject({ ok: true });
  expect(desk.ask).toHaveBeenCalledExactlyOnceWith(true);
  const id = forked.ok ? forked.id : '';
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

test('where it cannot be kept, nothing is asked', async () => {
  vi.spyOn(indexedDB, 'open').mockImplementation(() => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  });
  const desk = { ask: vi.fn<StorageDesk['ask']>(async () => REPORT) };
  const share = { id: 's', trajectory: makeRun('a'), images: new Map(), cut: null, expiresAt: null, bytes: 1 };
  expect(await forkRun(share, 0, null, desk)).toMatchObject({ ok: false });
  expect(desk.ask).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
