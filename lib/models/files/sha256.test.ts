/** The hash without a secure context equals the browser's own. */
import { expect, it } from 'vitest';
import { createSha256, digest, sha256 } from './sha256';

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

it('grows by pieces of any length', async () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) % 251);
  for (const step of [1, 7, 63, 64, 65, 128, 999, 5000]) {
    const hasher = createSha256();
    for (let at = 0; at < bytes.length; at += step) hasher.update(bytes.subarray(at, at + step));
    expect(hasher.hex()).toBe(await sha256(bytes));
  }
});
