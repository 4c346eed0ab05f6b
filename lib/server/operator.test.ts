import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openFileBlobStore } from './file-blob-store';
import { makeHandlers } from './fixtures/share-server';
import { runOperator } from './operator';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loupe-operator-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function say(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await runOperator(args, { LOUPE_DATA: folder }, (line) => lines.push(line));
  return { code, said: lines.join('\n') };
}

it('counts, sweeps and purges, beside a running server', async () => {
  const { store } = makeHandlers({ blobs: await openFileBlobStore(folder) });
  const { id } = await store.reserve(10, '1-day');
  expect(await say('list')).toEqual({ code: 0, said: '0 shares, 0 bytes; 1 unfinished uploads; 0 tombstones' });
  expect((await say('purge', 'nonsense')).code).toBe(2);
  expect((await say('purge', 'f'.repeat(32))).code).toBe(1);
  expect(await say('purge', id)).toEqual({ code: 0, said: `${id} is deleted.` });
  await store.reserve(10, '1-day');
  expect((await say('purge-all')).code).toBe(2);
  expect(await say('purge-all', '--yes')).toEqual({ code: 0, said: '1 shares deleted.' });
  expect(await say('list')).toEqual({ code: 0, said: '0 shares, 0 bytes; 0 unfinished uploads; 2 tombstones' });
  expect((await say('sweep')).said).toContain('0 expired');
  expect((await say('nonsense')).code).toBe(2);
  expect((await say()).said).toContain('purge-all --yes');
});
