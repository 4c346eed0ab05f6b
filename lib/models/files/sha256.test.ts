/** The hash without a secure context, and of what comes in pieces, equals the browser's own. */
import { afterEach, expect, it, vi } from 'vitest';
import { createSha256, hex, sha256 } from './sha256';

const { subtle } = crypto;
const own = async (bytes: Uint8Array<ArrayBuffer>) => hex(new Uint8Array(await subtle.digest('SHA-256', bytes)));

afterEach(() => vi.unstubAllGlobals());

it('equals crypto.subtle at every padding length', async () => {
  vi.stubGlobal('crypto', {});
  for (const length of [0, 1, 3, 54, 55, 56, 63, 64, 65, 119, 120, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37 + length) % 256);
    expect(await sha256(bytes)).toBe(await own(bytes));
  }
});

it('is lower-case hex', async () => {
  const abc = new TextEncoder().encode('abc');
  expect(await sha256(abc)).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

it('grows by pieces of any length, several at a time', async () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 31) % 251);
  const steps = [1, 7, 63, 64, 65, 128, 999, 5000];
  const hashers = await Promise.all(steps.map(createSha256));
  for (let at = 0; at < bytes.length; at++) {
    steps.forEach((step, i) => {
      if (at % step === 0) hashers[i]?.update(bytes.subarray(at, at + step));
    });
  }
  const expected = await own(bytes);
  expect(hashers.map((hasher) => hasher.hex())).toEqual(steps.map(() => expected));
});
