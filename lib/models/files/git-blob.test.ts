/** Git's id of a file, with and without a secure context. */
import { afterEach, expect, it, vi } from 'vitest';
import { gitBlobId } from './git-blob';

afterEach(() => vi.unstubAllGlobals());

it('is what git itself says of a known file', async () => {
  const bytes = new TextEncoder().encode('hello\n');
  expect(await gitBlobId(bytes)).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
  vi.stubGlobal('crypto', {});
  expect(await gitBlobId(bytes)).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
});

it('is the same without a secure context at every padding length', async () => {
  for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
    const expected = await gitBlobId(bytes);
    vi.stubGlobal('crypto', {});
    expect(await gitBlobId(bytes)).toBe(expected);
    vi.unstubAllGlobals();
  }
});
