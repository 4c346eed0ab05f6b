/**
 * Sizes against those that transformers 5.23's own functions give (smart_resize, resize and split of Idefics3 and LFM2-VL, run
 * in Python on these inputs).
 */
import { describe, expect, it } from 'vitest';
import type { ManifestImage, Sizing } from './contract';
import { imageTokens, layOutImage, modelSize } from './sizing';

const image = (sizing?: Sizing, size = 512, tokens = 64): ManifestImage => ({
  size,
  tokens,
  resample: 'bicubic',
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
  ...(sizing && { sizing }),
});
const QWEN2 = image({ kind: 'smart', factor: 28, patch: 14, minPixels: 3136, maxPixels: 1003520 });
const QWEN3 = image({ kind: 'smart', factor: 32, patch: 16, minPixels: 65536, maxPixels: 16777216 });
const tiles = (longestEdge: number, tile: number) => image({ kind: 'tiles', tile, longestEdge, split: true }, tile);
const lfm2 = (minTiles: number, maxTiles: number, thumbnail = true) =>
  image({
    kind: 'lfm2',
    tile: 512,
    patch: 16,
    downsample: 2,
    minTokens: 64,
    maxTokens: 256,
    minTiles,
    maxTiles,
    thumbnail,
  });
const refused = expect.objectContaining({ code: 'bad-request' }) as unknown;

/** width, height → width, height */
type Sized = readonly [number, number, number, number];
/** … and rows, columns (0 where it is not cut), and for LFM2 the thumbnail's width and height. */
type Cut = readonly number[];

const QWEN2_SIZES: readonly Sized[] = [
  [1280, 960, 1148, 840],
  [640, 480, 644, 476],
  [100, 100, 112, 112],
  [30, 20, 84, 56],
  [42, 70, 56, 56],
  [70, 98, 56, 112],
  [210, 154, 224, 168],
  [1, 150, 28, 700],
  [4000, 3000, 1148, 840],
  [3000, 41, 2996, 28],
  [1448, 1448, 980, 980],
];
const QWEN3_SIZES: readonly Sized[] = [
  [1280, 960, 1280, 960],
  [640, 480, 640, 480],
  [100, 100, 256, 256],
  [30, 20, 320, 224],
  [42, 70, 224, 352],
  [70, 98, 224, 320],
  [210, 154, 320, 224],
  [1, 150, 32, 3136],
  [4000, 3000, 4000, 3008],
  [3000, 41, 3008, 32],
  [1448, 1448, 1440, 1440],
];
const TILES_2048: readonly Cut[] = [
  [1280, 960, 2048, 1536, 3, 4],
  [960, 1280, 1536, 2048, 4, 3],
  [100, 100, 2048, 2048, 4, 4],
  [42, 70, 1536, 2048, 4, 3],
  [1, 150, 512, 2048, 4, 1],
  [3000, 41, 2048, 512, 1, 4],
  [1024, 512, 2048, 1024, 2, 4],
  [2000, 1020, 2048, 1536, 3, 4],
  [333, 777, 1024, 2048, 4, 2],
];
const TILES_1500: readonly Cut[] = [
  [1280, 960, 1820, 1456, 4, 5],
  [960, 1280, 1456, 1820, 5, 4],
  [100, 100, 1820, 1820, 5, 5],
  [42, 70, 1092, 1820, 5, 3],
  [1, 150, 364, 1820, 5, 1],
  [3000, 41, 1820, 364, 1, 5],
  [1024, 512, 1820, 1092, 3, 5],
  [2000, 1020, 1820, 1092, 3, 5],
  [333, 777, 1092, 1820, 5, 3],
];
const TILES_5000: readonly Cut[] = [
  [1280, 960, 4096, 3072, 6, 8],
  [960, 1280, 3072, 4096, 8, 6],
  [100, 100, 4096, 4096, 8, 8],
  [42, 70, 2560, 4096, 8, 5],
  [1, 150, 512, 4096, 8, 1],
  [3000, 41, 4096, 512, 1, 8],
  [1024, 512, 4096, 2048, 4, 8],
  [2000, 1020, 4096, 2560, 5, 8],
  [333, 777, 2048, 4096, 8, 4],
];
const LFM2_SIZES: readonly Cut[] = [
  [1280, 960, 1536, 1024, 2, 3, 576, 416],
  [960, 1280, 1024, 1536, 3, 2, 416, 576],
  [640, 480, 576, 416, 0, 0, 0, 0],
  [30, 20, 320, 224, 0, 0, 0, 0],
  [3000, 41, 3008, 32, 0, 0, 0, 0],
  [5000, 4999, 1536, 1536, 3, 3, 512, 480],
  [1024, 512, 704, 352, 0, 0, 0, 0],
  [1448, 1448, 1536, 1536, 3, 3, 512, 512],
  [724, 724, 1024, 1024, 2, 2, 512, 512],
  [2000, 1020, 2048, 1024, 2, 4, 704, 352],
  [1920, 1080, 2048, 1024, 2, 4, 672, 384],
];

it('a square is a square', () => {
  expect(modelSize(image(), 1280, 17)).toEqual({ width: 512, height: 512 });
  expect(imageTokens(image(), 1280, 17)).toBe(64);
  expect(() => modelSize(image(), 0, 10)).toThrow(refused);
});

describe('Qwen', () => {
  it.each(QWEN2_SIZES)('Qwen2.5-VL sees %i × %i in %i × %i', (width, height, outWidth, outHeight) => {
    expect(modelSize(QWEN2, width, height)).toEqual({ width: outWidth, height: outHeight });
    expect(imageTokens(QWEN2, width, height)).toBe((outWidth * outHeight) / 784);
    // What was resized already stays as it is.
    expect(modelSize(QWEN2, outWidth, outHeight)).toEqual({ width: outWidth, height: outHeight });
  });
  it.each(QWEN3_SIZES)('Qwen3-VL sees %i × %i in %i × %i', (width, height, outWidth, outHeight) => {
    expect(modelSize(QWEN3, width, height)).toEqual({ width: outWidth, height: outHeight });
    expect(imageTokens(QWEN3, width, height)).toBe((outWidth * outHeight) / 1024);
  });
  it('refuses what is more than 200 times as long as wide', () => {
    expect(() => modelSize(QWEN2, 2010, 10)).toThrow(refused);
    expect(modelSize(QWEN2, 2000, 10).height).toBe(28);
  });
});

describe('Idefics3 and SmolVLM', () => {
  it.each([
    ...TILES_2048.map((row) => [2048, 512, ...row]),
    ...TILES_1500.map((row) => [1500, 364, ...row]),
    ...TILES_5000.map((row) => [5000, 512, ...row]),
  ])(
    'longest edge %i, tiles of %i: %i × %i becomes %i × %i, %i rows of %i',
    (edge = 0, tile = 0, width = 0, height = 0, outWidth = 0, outHeight = 0, rows = 0, columns = 0) => {
      const layout = layOutImage(tiles(edge, tile), { width, height });
      expect(layout).toMatchObject({ size: { width: outWidth, height: outHeight }, rows, columns });
      expect(layout.whole).toEqual({ width: tile, height: tile });
      expect(layout.tokens).toBe((rows * columns + 1) * 64);
    },
  );
  it('one tile alone is the whole', () => {
    const layout = layOutImage(tiles(512, 512), { width: 900, height: 700 });
    expect(layout).toEqual({ size: { width: 512, height: 512 }, rows: 0, columns: 0, whole: null, tokens: 64 });
  });
  it('without splitting, everything is squashed into one', () => {
    const whole = image({ kind: 'tiles', tile: 512, longestEdge: 2048, split: false });
    expect(modelSize(whole, 1280, 960)).toEqual({ width: 512, height: 512 });
    expect(imageTokens(whole, 1280, 960)).toBe(64);
  });
});

describe('LFM2-VL', () => {
  it.each(LFM2_SIZES)(
    '%i × %i becomes %i × %i, %i rows of %i, the whole in %i × %i',
    (width = 0, height = 0, outWidth = 0, outHeight = 0, rows = 0, columns = 0, wholeWidth = 0, wholeHeight = 0) => {
      const layout = layOutImage(lfm2(2, 10), { width, height });
      const size = { width: outWidth, height: outHeight };
      expect(layout).toMatchObject({ size, rows, columns });
      expect(layout.whole).toEqual(rows ? { width: wholeWidth, height: wholeHeight } : null);
      expect(layout.tokens).toBe((outWidth * outHeight + wholeWidth * wholeHeight) / 1024);
    },
  );
  it('does not cut where it is told not to, and sends no thumbnail where there is none', () => {
    expect(layOutImage(lfm2(1, 1), { width: 1280, height: 960 })).toMatchObject({ rows: 0, tokens: 18 * 13 });
    expect(layOutImage(lfm2(2, 10, false), { width: 1280, height: 960 })).toMatchObject({
      rows: 2,
      whole: null,
      tokens: 1536,
    });
  });
});
