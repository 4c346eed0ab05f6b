/** The image service in a real browser: its worker, the browser's decoders, libheif. */
import { afterAll, describe, expect, test } from 'vitest';
import { TRAJECTORY_LIMITS } from '@/lib/trajectory';
import { ImageError, type BitmapOptions, type SourceImage } from './contract';
import { createImageService } from './image-service';
import { makeThumbnail, THUMBNAIL_SIDE } from './thumbnail';

const files = import.meta.glob('./fixtures/*.{jpg,png,webp,gif,bmp,avif,heic}', {
  query: '?url',
  import: 'default',
  eager: true,
});
const service = createImageService();
afterAll(() => service.dispose());

const RED = [220, 30, 30];
const GREEN = [30, 180, 40];
const BLUE = [40, 60, 220];
const YELLOW = [230, 210, 40];

async function fixture(name: string): Promise<Blob> {
  const url = files[`./fixtures/${name}`];
  return (await fetch(String(url))).blob();
}

async function open(name: string): Promise<SourceImage> {
  return service.open(await fixture(name), name);
}

/** Colours in the middle of the four quarters. */
async function quarters(source: SourceImage): Promise<number[][]> {
  const { width, height } = source.ref;
  const pixels = await service.cut(
    source,
    { x1: 0, y1: 0, x2: width, y2: height },
    { width: 8, height: 8 },
    'bilinear',
  );
  return [2 + 2 * 8, 5 + 2 * 8, 2 + 5 * 8, 5 + 5 * 8].map((at) => [...pixels.data.slice(at * 4, at * 4 + 3)]);
}

function expectNear(actual: number[][], expected: number[][], tolerance: number): void {
  const worst = Math.max(
    ...actual.flatMap((color, i) => color.map((value, c) => Math.abs(value - (expected[i]?.[c] ?? 0)))),
  );
  expect(worst, JSON.stringify(actual)).toBeLessThanOrEqual(tolerance);
}

const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'opened',
    (error: unknown) => (error instanceof ImageError ? error.code : String(error)),
  );

describe('a rotated phone photo stands upright', () => {
  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    test(`JPEG with EXIF orientation ${orientation}`, async () => {
      const source = await open(`orientation-${orientation}.jpg`);
      expect(source).toMatchObject({ orientation, ref: { width: 48, height: 32, mimeType: 'image/jpeg' } });
      expectNear(await quarters(source), [RED, GREEN, BLUE, YELLOW], 6);
      const bitmap = await service.bitmap(source, 24);
      expect([bitmap.width, bitmap.height]).toEqual([24, 16]);
      bitmap.close();
    });
  }
  for (const name of ['orientation-6.png', ...[1, 2, 3, 4, 5, 6, 7, 8].map((o) => `orientation-${o}.webp`)]) {
    test(name, async () => {
      const source = await open(name);
      expect(source).toMatchObject({ orientation: Number(name.charAt(12)), ref: { width: 48, height: 32 } });
      expectNear(await quarters(source), [RED, GREEN, BLUE, YELLOW], 2);
    });
  }
});

describe('formats', () => {
  for (const [name, tolerance] of [
    ['plain.png', 0],
    ['plain.webp', 0],
    ['plain.gif', 0],
    ['plain.bmp', 0],
    ['plain.avif', 12],
    ['plain.heic', 12],
  ] as const) {
    test(name, async () => {
      const source = await open(name);
      const size = name === 'plain.heic' ? { width: 192, height: 128 } : { width: 48, height: 32 };
      expect(source.ref).toMatchObject({ ...size, name, mimeType: `image/${name.split('.')[1] ?? ''}` });
      expect(source.ref.hash).toMatch(/^[0-9a-f]{64}$/);
      expectNear(await quarters(source), [RED, GREEN, BLUE, YELLOW], tolerance);
    });
  }

  test('a HEIC in Display P3 is shown in sRGB: its reds are stronger than the numbers stored', async () => {
    const [red = []] = await quarters(await open('display-p3.heic'));
    expect(red[0]).toBeGreaterThan(232);
    expect(red[1]).toBeLessThan(30);
  });

  test('alpha is composed over white', async () => {
    const source = await open('half-clear.png');
    const over = ([r = 0, g = 0, b = 0]: number[]) => [r, g, b].map((value) => (value * 128 + 255 * 127) / 255);
    expectNear(await quarters(source), [over(RED), GREEN, over(BLUE), YELLOW], 1.5);
    const pixels = await service.cut(source, { x1: 0, y1: 0, x2: 48, y2: 32 }, { width: 48, height: 32 }, 'bilinear');
    expect(pixels.data.every((value, i) => i % 4 !== 3 || value === 255)).toBe(true);
  });
});

describe('a file that ends early', () => {
  test.each(['no-eoi.jpg', 'no-iend.png'])('%s shows what is there, and it is known', async (name) => {
    const source = await open(name);
    expect(source).toMatchObject({ endsEarly: true, ref: { width: 640, height: 480 } });
    // Again from the file alone, as when a kept run is opened.
    const bitmap = await createImageService().bitmap(source, 64);
    expect([bitmap.width, bitmap.height]).toEqual([64, 48]);
    expect((await open('plain.png')).endsEarly).toBeUndefined();
  });

  test('wherever a JPEG breaks off after its first rows', async () => {
    const jpeg = await fixture('no-eoi.jpg');
    for (const part of [0.5, 0.9]) {
      expect((await service.open(jpeg.slice(0, jpeg.size * part), 'half.jpg')).endsEarly).toBe(true);
    }
  });
});

test('a bitmap is bounded by its side and its area, and of a region it has every pixel', async () => {
  const source = await open('no-iend.png');
  const sizeOf = async (...given: [number, BitmapOptions?]) => {
    const { width, height } = await service.bitmap(source, ...given);
    return [width, height];
  };
  expect(await sizeOf(320, { maxPixels: 640 * 480 })).toEqual([320, 240]);
  expect(await sizeOf(9999, { maxPixels: 320 * 240 })).toEqual([320, 240]);
  expect(await sizeOf(9999, { maxPixels: 1e9 })).toEqual([640, 480]);
  expect(await sizeOf(9999, { region: { x1: 600.5, y1: -3, x2: 700, y2: 20 } })).toEqual([40, 20]);
});

describe('what cannot be opened', () => {
  test('says why', async () => {
    const jpeg = new Uint8Array(await (await fixture('orientation-1.jpg')).arrayBuffer());
    expect(await codeOf(service.open(new Blob([]), 'a'))).toBe('empty');
    expect(await codeOf(service.open(new Blob(['hello, this is text']), 'a.png'))).toBe('not-an-image');
    expect(await codeOf(service.open(new Blob(['<svg xmlns="http://www.w3.org/2000/svg"/>']), 'a.svg'))).toBe(
      'not-an-image',
    );
    expect(await codeOf(service.open(new Blob(['II*\0........']), 'a.tif'))).toBe('unsupported-format');
    expect(await codeOf(service.open(new Blob([jpeg.slice(0, 300)]), 'a.jpg'))).toBe('corrupt');
    expect(await codeOf(service.open(new Blob(['\u0089PNG\r\n\u001a\n'.replace('\u0089', '')]), 'a.png'))).toBe(
      'not-an-image',
    );
    expect(
      await codeOf(service.open(new Blob([jpeg.slice(0, 4), crypto.getRandomValues(new Uint8Array(4000))]), 'a.jpg')),
    ).toBe('corrupt');
    const png = new Uint8Array(await (await fixture('plain.png')).arrayBuffer());
    expect(await codeOf(service.open(new Blob([png.slice(0, 90)]), 'a.png'))).toBe('corrupt');
    const heic = new Uint8Array(await (await fixture('plain.heic')).arrayBuffer());
    expect(await codeOf(service.open(new Blob([heic.slice(0, 500)]), 'a.heic'))).toBe('heic-failed');
  });

  test('a picture of more than 50 megapixels is refused by its header, with the number', async () => {
    const png = new Uint8Array(await (await fixture('plain.png')).arrayBuffer());
    new DataView(png.buffer).setUint32(16, 10_000);
    new DataView(png.buffer).setUint32(20, 6_050);
    await expect(service.open(new Blob([png]), 'a.png')).rejects.toMatchObject({
      code: 'too-large',
      problem: { code: 'too-many-pixels', params: { width: 10_000, height: 6_050, most: 50_000_000 } },
    });
  });

  test('a side longer than runs may hold is refused by the header, with the number', async () => {
    const png = new Uint8Array(await (await fixture('plain.png')).arrayBuffer());
    new DataView(png.buffer).setUint32(16, 1);
    new DataView(png.buffer).setUint32(20, TRAJECTORY_LIMITS.imageSide + 1);
    await expect(service.open(new Blob([png]), 'a.png')).rejects.toMatchObject({
      code: 'too-large',
      problem: { code: 'side-too-long', params: { width: 1, height: 100_001, most: 100_000 } },
    });
  });

  test('the service still works after all of these', async () => {
    expect((await open('plain.png')).ref.width).toBe(48);
  });
});

describe('cancelling and crashing', () => {
  test('an aborted call rejects with the reason of the abort, before and after it began', async () => {
    const bytes = await fixture('plain.png');
    await expect(service.open(bytes, 'a', AbortSignal.abort(new Error('no more')))).rejects.toThrow('no more');
    const controller = new AbortController();
    const opening = service.open(bytes, 'a', controller.signal);
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
    expect((await service.open(bytes, 'a')).ref.height).toBe(32);
  });

  test('a worker that dies fails what waited and is replaced', async () => {
    const made: Worker[] = [];
    const fragile = createImageService(() => {
      const worker =
        made.length === 0
          ? new Worker(URL.createObjectURL(new Blob(['onmessage = () => { throw new Error("crash"); }'])))
          : new Worker(new URL('./worker/image-worker.ts', import.meta.url), { type: 'module' });
      made.push(worker);
      return worker;
    });
    const bytes = await fixture('plain.png');
    expect(await codeOf(fragile.open(bytes, 'a'))).toBe('worker-failed');
    const source = await fragile.open(bytes, 'a');
    expect(source.ref.width).toBe(48);
    expect(made).toHaveLength(2);
    fragile.dispose();
    await expect(fragile.bitmap(source, 10)).rejects.toThrow('disposed');
  });

  test('a worker that is stuck in a picture nobody wants any more is replaced, and what else was asked is done', async () => {
    const made: Worker[] = [];
    const service = createImageService(() => {
      const worker =
        made.length === 0
          ? new Worker(URL.createObjectURL(new Blob(['onmessage = ({ data }) => { while (data.kind === "call"); }'])))
          : new Worker(new URL('./worker/image-worker.ts', import.meta.url), { type: 'module' });
      made.push(worker);
      return worker;
    }, 1);
    const bytes = await fixture('plain.png');
    const unwanted = new AbortController();
    const first = service.open(bytes, 'a', unwanted.signal);
    const second = service.open(bytes, 'b');
    unwanted.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect((await second).ref.name).toBe('b');
    expect(made).toHaveLength(2);
    service.dispose();
  });

  test('a fresh worker goes on with a picture that an earlier one opened', async () => {
    const source = await open('orientation-6.jpg');
    const other = createImageService();
    const pixels = await other.cut(source, { x1: 0, y1: 0, x2: 24, y2: 16 }, { width: 2, height: 2 }, 'bilinear');
    expectNear([[...pixels.data.slice(0, 3)]], [RED], 6);
    other.dispose();
  });
});

test('a region outside the picture is refused, not answered with nothing', async () => {
  const source = await open('plain.png');
  await expect(
    service.cut(source, { x1: 60, y1: 0, x2: 70, y2: 10 }, { width: 8, height: 8 }, 'bilinear'),
  ).rejects.toThrow('no area');
});

test('a thumbnail is small and keeps the shape', async () => {
  const bitmap = await service.bitmap(await open('plain.heic'), 4096);
  const thumbnail = await makeThumbnail(bitmap);
  bitmap.close();
  const small = await createImageBitmap(thumbnail ?? new Blob());
  expect([small.width, small.height]).toEqual([THUMBNAIL_SIDE, Math.round((THUMBNAIL_SIDE * 2) / 3)]);
});
