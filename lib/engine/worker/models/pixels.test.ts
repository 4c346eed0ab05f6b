/** The numbers the vision encoder is given (docs/protocol.md N14, its last step; resizing is lib/image's). */
import { describe, expect, it } from 'vitest';
import type { EngineImage, ManifestImage } from '../../contract';
import { channelTables, layoutOf, piecesOf, toPatches, toPlanes } from './pixels';

const SIZE = 2;
const MODEL: ManifestImage = {
  size: SIZE,
  tokens: 1,
  resample: 'bicubic',
  mean: [0.5, 0.25, 0],
  std: [0.5, 0.25, 2],
};

function image(data: readonly number[], width = SIZE): EngineImage {
  return { key: 'k', width, height: data.length / 4 / width, data: Uint8ClampedArray.from(data) };
}

describe('planes', () => {
  it('N14: (v / 255 − mean) / std for each channel, one plane after the other, alpha left out', () => {
    const given = image([0, 255, 51, 255, 255, 0, 102, 255, 51, 102, 153, 0, 204, 51, 255, 7]);
    const planes = [
      [-1, 1, -0.6, 0.6],
      [3, -1, 0.6, -0.2],
      [0.1, 0.2, 0.3, 0.5],
    ];
    const pixels = toPlanes(given, channelTables(MODEL));
    expect(pixels).toHaveLength(3 * SIZE * SIZE);
    planes.flat().forEach((value, i) => expect(pixels[i]).toBeCloseTo(value, 6));
  });

  it('N14: every value of a byte is exactly the rounded quotient', () => {
    const model = { ...MODEL, size: 16, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    const data = Uint8ClampedArray.from({ length: 16 * 16 * 4 }, (_, i) => i >> 2);
    const pixels = toPlanes({ width: 16, height: 16, data }, channelTables(model));
    model.mean.forEach((mean, channel) => {
      const expected = Array.from({ length: 256 }, (_, v) => Math.fround((v / 255 - mean) / (model.std[channel] ?? 1)));
      expect([...pixels.subarray(channel * 256, (channel + 1) * 256)]).toEqual(expected);
    });
  });
});

it('refuses another size than the model sees', () => {
  expect(() => layoutOf(MODEL, image(Array<number>(24).fill(0), 3))).toThrow(
    expect.objectContaining({ code: 'bad-request' }),
  );
});

/** Red counts pixels, green is 100 more, blue 200 less red. */
const counted = (width: number, height: number) =>
  image(Array.from({ length: width * height }, (_, i) => [i, i + 100, 200 - i, 255]).flat(), width);
/** Numbers stay the bytes they were. */
const BYTES = channelTables({ ...MODEL, mean: [0, 0, 0], std: [1 / 255, 1 / 255, 1 / 255] });
const rounded = (values: Float32Array) => [...values].map(Math.round);

describe('patches', () => {
  it('in blocks of 2 × 2, channel by channel, each twice', () => {
    const out = rounded(toPatches(counted(8, 4), BYTES, { patch: 2, merge: 2, frames: 2, channelsLast: false }));
    expect(out).toHaveLength(8 * 24);
    // First numbers (red of the upper left pixel) of the patches: the left block's four, then the right block's.
    expect(Array.from({ length: 8 }, (_, i) => out[i * 24])).toEqual([0, 2, 16, 18, 4, 6, 20, 22]);
    expect(out.slice(0, 24)).toEqual(
      [
        [0, 1, 8, 9],
        [0, 1, 8, 9],
        [100, 101, 108, 109],
        [100, 101, 108, 109],
        [200, 199, 192, 191],
        [200, 199, 192, 191],
      ].flat(),
    );
  });

  it('row by row, pixel by pixel', () => {
    const out = rounded(toPatches(counted(4, 2), BYTES, { patch: 2, merge: 1, frames: 1, channelsLast: true }));
    expect(out.slice(0, 12)).toEqual([0, 100, 200, 1, 101, 199, 4, 104, 196, 5, 105, 195]);
    expect(out.slice(12, 15)).toEqual([2, 102, 198]);
  });
});

it('tiles come row by row, then the whole', () => {
  const spec: ManifestImage = {
    ...MODEL,
    size: 2,
    sizing: { kind: 'tiles', tile: 2, longestEdge: 6, split: true },
  };
  const picture = counted(6, 4);
  const pieces = piecesOf(picture, layoutOf(spec, picture), 'bilinear');
  expect(pieces.map(({ data }) => data[0]).slice(0, 6)).toEqual([0, 2, 4, 12, 14, 16]);
  expect([...pieces[1]!.data].filter((_, i) => i % 4 === 0)).toEqual([2, 3, 8, 9]);
  expect(pieces).toHaveLength(7);
  expect(pieces[6]).toMatchObject({ width: 2, height: 2 });
});
