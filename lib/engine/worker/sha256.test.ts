/** The hash without a secure context equals the browser's own. */
import { expect, it } from 'vitest';
import { digest, sha256 } from './sha256';

it('equals crypto.subtle at every padding length', async () => {
  for (const length of [0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
    const expected = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    expect([...digest(bytes)]).toEqual([...expected]);
  }
});

it('is lower-case hex', async () => {
  const abc = new TextEncoder().encode('abc');
  expect(await sha256(abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});
