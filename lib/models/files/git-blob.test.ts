/** Git's id of a file, with and without a secure context. */
import { expect, it } from 'vitest';
import { gitBlobId, sha1 } from './git-blob';

it('is what git itself says of a known file', async () => {
  expect(await gitBlobId(new TextEncoder().encode('hello\n'))).toBe('ce013625030ba8dba906f756967f9e9ca394464a');
});

it('equals crypto.subtle at every padding length', async () => {
  for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
    const expected = new Uint8Array(await crypto.subtle.digest('SHA-1', bytes));
    expect([...sha1(bytes)]).toEqual([...expected]);
  }
});
