/**
 * What leaves still shows the same picture: every place of hiding-places.ts, opened before and after by the app's own image
 * service, pixel for pixel; and the kinds that only a browser can clean, by drawing them anew. One worker cleans all that bytes were
 * hidden in: to start one takes ten times as long as to clean a picture. What nothing is hidden in has one each, as in the page.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { createImageService, type Pixels } from '../index';
import { cleanPicture } from './clean-picture';
import type { CleanPicture, CleanReply } from './contract';
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

const files = import.meta.glob(
  ['../fixtures/*.{jpg,png,webp,gif,bmp,avif,heic}', './fixtures/*.{jpg,png,gif,avif,heic}'],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
);
const service = createImageService();
afterAll(() => service.dispose());

async function read(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const url = files[`../fixtures/${name}`] ?? files[`./fixtures/${name}`];
  return new Uint8Array(await (await fetch(String(url))).arrayBuffer());
}

/** Upright, at its own size. */
async function pixelsOf(bytes: Blob): Promise<Pixels> {
  const source = await service.open(bytes, 'x');
  const { width, height } = source.ref;
  return service.cut(source, { x1: 0, y1: 0, x2: width, y2: height }, { width, height }, 'bilinear');
}

function worstDifference(one: Pixels, other: Pixels): number {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  return one.data.reduce((worst, value, at) => Math.max(worst, Math.abs(value - (other.data[at] ?? -999))), 0);
}

const holds = (bytes: Uint8Array, secret: Uint8Array): boolean =>
  Array.from(bytes.keys()).some((at) => secret.every((byte, offset) => bytes[at + offset] === byte));

const SECRET = crypto.getRandomValues(new Uint8Array(20)).map((byte) => (byte % 254) + 1);

/** What is drawn anew may differ by the rounding of half-clear pixels. */
async function expectSamePicture(
  file: Uint8Array<ArrayBuffer>,
  cleaning: (file: Blob) => Promise<CleanPicture>,
): Promise<void> {
  const clean = await cleaning(new Blob([file]));
  expect(holds(clean.bytes, SECRET)).toBe(false);
  const before = await pixelsOf(new Blob([file]));
  const after = await pixelsOf(new Blob([clean.bytes]));
  expect(worstDifference(before, after)).toBeLessThanOrEqual(clean.redrawn ? 1 : 0);
}

const worker = new Worker(new URL('./worker/clean-worker.ts', import.meta.url), { type: 'module' });
afterAll(() => worker.terminate());

const inOneWorker = (file: Blob): Promise<CleanPicture> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<CleanReply>) =>
      data.ok ? resolve(data.picture) : reject(new Error(data.message));
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(file);
  });

const lists: readonly (readonly [string, readonly HidingPlace[]])[] = [
  ['orientation-1.jpg', JPEG_PLACES],
  ['restarts.jpg', JPEG_RESTART_PLACES],
  ['plain.png', PNG_PLACES],
  ['palette.png', PALETTE_PLACES],
  ['plain.gif', GIF_PLACES],
  ['plain.bmp', BMP_PLACES],
  ['plain.webp', WEBP_PLACES],
  ['plain.avif', ISO_PLACES],
  ['plain.heic', ISO_PLACES],
];

describe('with bytes hidden in it, the same picture leaves without them', () => {
  for (const [name, places] of lists) {
    for (const place of places) {
      test(`${name}, ${place.name}`, async () => expectSamePicture(place.hide(await read(name), SECRET), inOneWorker));
    }
  }
});

describe('the same picture leaves', () => {
  const names = [
    ...[1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => [`orientation-${n}.jpg`, `orientation-${n}.webp`]),
    ...['orientation-6.png', 'half-clear.png', 'plain.bmp', 'display-p3.heic', 'portrait.heic', 'moving.avif'],
    ...['progressive.jpg', 'restarts.jpg', 'palette.png', 'moving.gif'],
  ];
  for (const name of names) test(name, async () => expectSamePicture(await read(name), cleanPicture));
});

test('what cannot be followed is drawn anew, upright, as PNG', async () => {
  const clean = await cleanPicture(new Blob([await read('orientation-6.webp')]));
  expect(clean).toMatchObject({ format: 'png', redrawn: true });
  expect((await service.open(new Blob([clean.bytes]), 'x')).ref).toMatchObject({ width: 48, height: 32 });
});

test('what is no picture is refused, and an aborted cleaning ends', async () => {
  await expect(cleanPicture(new Blob(['hello']))).rejects.toThrow('not a picture');
  await expect(cleanPicture(new Blob([await read('plain.png')]), AbortSignal.abort())).rejects.toThrow();
  const stop = new AbortController();
  const cleaning = cleanPicture(new Blob([await read('plain.webp')]), stop.signal);
  stop.abort();
  await expect(cleaning).rejects.toThrow();
});
