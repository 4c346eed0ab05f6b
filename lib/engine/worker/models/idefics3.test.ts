/** The numbers the vision encoder is given (docs/protocol.md N14, its last step; resizing is lib/image's). */
import { describe, expect, it } from 'vitest';
import type { EngineImage, ModelManifest } from '../../contract';
import { normalise } from './idefics3';

const SIZE = 2;
const MODEL = { size: SIZE, tokens: 1, resample: 'bicubic', mean: [0.5, 0.25, 0], std: [0.5, 0.25, 2] } as const;

function image(data: readonly number[], width = SIZE): EngineImage {
  return { key: 'k', width, height: SIZE, data: Uint8ClampedArray.from(data) };
}

describe('normalise', () => {
  it('N14: (v / 255 − mean) / std for each channel, one plane after the other, alpha left out', () => {
    const given = image([0, 255, 51, 255, 255, 0, 102, 255, 51, 102, 153, 0, 204, 51, 255, 7]);
    const planes = [
      [-1, 1, -0.6, 0.6],
      [3, -1, 0.6, -0.2],
      [0.1, 0.2, 0.3, 0.5],
    ];
    const pixels = normalise(given, MODEL satisfies ModelManifest['image']);
    expect(pixels).toHaveLength(3 * SIZE * SIZE);
    planes.flat().forEach((value, i) => expect(pixels[i]).toBeCloseTo(value, 6));
  });

  it('N14: every value of a byte is exactly the rounded quotient', () => {
    const model = { ...MODEL, size: 16, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    const data = Uint8ClampedArray.from({ length: 16 * 16 * 4 }, (_, i) => i >> 2);
    const pixels = normalise({ key: 'k', width: 16, height: 16, data }, model);
    model.mean.forEach((mean, channel) => {
      const expected = Array.from({ length: 256 }, (_, v) => Math.fround((v / 255 - mean) / (model.std[channel] ?? 1)));
      expect([...pixels.subarray(channel * 256, (channel + 1) * 256)]).toEqual(expected);
    });
  });

  it('refuses another size', () => {
    expect(() => normalise(image(Array<number>(24).fill(0), 3), MODEL)).toThrow(
      expect.objectContaining({ code: 'bad-request' }),
    );
  });
});
