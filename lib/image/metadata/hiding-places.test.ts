/**
 * Bytes hidden wherever a format has room for them: what leaves does not depend on them, let alone hold them. That it still shows
 * the same picture is hiding-places.browser.test.ts's business.
 */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { cases } from '@/scripts/suite';
import { readOrientation, sniff } from '../index';
import { readFixture } from './fixtures/read-fixture';
import type { Bytes } from './bytes';
import {
  BMP_PLACES,
  GIF_PLACES,
  ISO_PLACES,
  JPEG_PLACES,
  JPEG_RESTART_PLACES,
  PALETTE_PLACES,
  PNG_PLACES,
  WEBP_PLACES,
  type HidingPlace,
} from './fixtures/hiding-places';
import { stripMetadata } from './strip-metadata';

// Machines may be busy.
vi.setConfig({ testTimeout: 120_000 });

/** Twenty bytes without order, and without 0xff and 0x00, which some formats would read as marks of their own. */
const anySecret = fc.noShrink(fc.integer({ min: 1 })).map((seed) => {
  let state = seed;
  return Uint8Array.from({ length: 20 }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return 1 + ((state >>> 16) % 254);
  });
});

async function clean(bytes: Bytes): Promise<Bytes | null> {
  const sniffed = sniff(bytes);
  if (sniffed.kind !== 'image') throw new Error('not an image');
  return (await stripMetadata(bytes, sniffed.format, readOrientation(bytes, sniffed.format)))?.bytes ?? null;
}

/** Four bytes of it, one after the other. */
function holdsAnyOf(bytes: Bytes, secret: Bytes): boolean {
  const all = Buffer.from(bytes);
  return Array.from({ length: 17 }, (_, at) => secret.subarray(at, at + 4)).some((part) =>
    all.includes(Buffer.from(part)),
  );
}

/** Which places leave a file that nobody can follow: it is drawn anew then (clean-worker.ts). */
const CANNOT_FOLLOW = new Set([
  'something that is called a color profile',
  'an oversized gAMA',
  'an oversized sRGB',
  'primaries',
  'an oversized tRNS',
]);

const picture = (file: string) => readFixture(`image/${file}`);
const files: readonly (readonly [string, readonly HidingPlace[]])[] = [
  ['fixtures/orientation-1.jpg', JPEG_PLACES],
  ['metadata/fixtures/restarts.jpg', JPEG_RESTART_PLACES],
  ['fixtures/plain.png', PNG_PLACES],
  ['metadata/fixtures/palette.png', PALETTE_PLACES],
  ['fixtures/plain.gif', GIF_PLACES],
  ['fixtures/plain.bmp', BMP_PLACES],
  ['fixtures/plain.avif', ISO_PLACES],
  ['fixtures/plain.heic', ISO_PLACES],
  ['metadata/fixtures/portrait.heic', ISO_PLACES],
];

describe.each(files)('%s', (file, places) => {
  it.each(places.map((place) => [place.name, place] as const))('%s', async (name, { hide }) => {
    const plain = picture(file);
    await fc.assert(
      fc.asyncProperty(anySecret, anySecret, async (one, other) => {
        const [first, second] = [await clean(hide(plain, one)), await clean(hide(plain, other))];
        expect(first === null).toBe(CANNOT_FOLLOW.has(name));
        expect(second).toEqual(first);
        if (!first) return;
        expect(holdsAnyOf(first, one)).toBe(false);
        // Clean once is clean for good.
        expect(await clean(first)).toEqual(first);
      }),
      { numRuns: cases({ short: 6, long: 20 }) },
    );
  });
});

it.each(WEBP_PLACES.map((place) => [place.name, place] as const))(
  'WebP, %s: nothing of the file is handed on, its picture is drawn anew',
  async (_, { hide }) => {
    const plain = picture('fixtures/plain.webp');
    expect(await clean(hide(plain, new Uint8Array(20).fill(7)))).toBeNull();
  },
);
