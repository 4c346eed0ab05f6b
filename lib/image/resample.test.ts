/** Resampling against Pillow's own results (fixtures/make-resample-goldens.py) and a few laws. */
import { describe, expect, test } from 'vitest';
import goldens from './fixtures/resample-goldens.json' with { type: 'json' };
import type { Resample } from './contract';
import { planResample } from './resample';

const FILTERS: readonly Resample[] = ['bilinear', 'bicubic', 'lanczos'];

function toRgba(base64: string): Uint8ClampedArray {
  const rgb = Buffer.from(base64, 'base64');
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let i = 0; i < rgb.length / 3; i++) rgba.set(rgb.subarray(i * 3, i * 3 + 3), i * 4);
  return rgba;
}

function rows(
  data: Uint8ClampedArray,
  pitch: number,
  source: { x: number; y: number; width: number },
  row: number,
  count: number,
) {
  const band = new Uint8ClampedArray(source.width * count * 4);
  for (let i = 0; i < count; i++) {
    const at = ((source.y + row + i) * pitch + source.x) * 4;
    band.set(data.subarray(at, at + source.width * 4), i * source.width * 4);
  }
  return band;
}

describe('N14: resampling equals Pillow', () => {
  for (const golden of goldens.cases) {
    for (const filter of FILTERS) {
      test(`${golden.name}, ${filter}`, () => {
        const [width = 0, height = 0] = golden.source;
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = golden.box;
        const [outWidth = 0, outHeight = 0] = golden.size;
        const plan = planResample(
          { width, height },
          { x1, y1, x2, y2 },
          { width: outWidth, height: outHeight },
          filter,
        );
        const data = toRgba(golden.rgb);
        // Bands of three rows: how the source is fed must not matter.
        for (let row = 0; row < plan.source.height; row += 3) {
          const count = Math.min(3, plan.source.height - row);
          plan.feed(rows(data, width, plan.source, row, count), row, count);
        }
        const result = plan.finish();
        const expected = toRgba(golden[filter as 'bilinear']);
        let worst = 0;
        let sum = 0;
        for (let i = 0; i < expected.length; i++) {
          const difference = Math.abs((expected[i] ?? 0) - (result.data[i] ?? 0));
          worst = Math.max(worst, difference);
          sum += difference;
        }
        expect({ worst, mean: sum / expected.length }).toEqual({ worst: 0, mean: 0 });
      });
    }
  }
});

test('a region beyond the edges is clamped to the picture; one outside it is refused', () => {
  const plan = planResample(
    { width: 10, height: 8 },
    { x1: -5, y1: 2.5, x2: 99, y2: 6.2 },
    { width: 4, height: 4 },
    'bilinear',
  );
  expect(plan.source).toEqual({ x: 0, y: 2, width: 10, height: 5 });
  expect(() =>
    planResample({ width: 10, height: 8 }, { x1: 10, y1: 0, x2: 12, y2: 8 }, { width: 4, height: 4 }, 'bilinear'),
  ).toThrow(RangeError);
  expect(() =>
    planResample(
      { width: 10, height: 8 },
      { x1: 0, y1: 0, x2: Number.NaN, y2: 8 },
      { width: 4, height: 4 },
      'bilinear',
    ),
  ).toThrow(RangeError);
  expect(() =>
    planResample({ width: 10, height: 8 }, { x1: 0, y1: 0, x2: 10, y2: 8 }, { width: 0, height: 4 }, 'bilinear'),
  ).toThrow(RangeError);
});

test('a flat picture stays flat', () => {
  for (const filter of FILTERS) {
    const plan = planResample(
      { width: 33, height: 21 },
      { x1: 0.3, y1: 0.7, x2: 32.1, y2: 20.9 },
      { width: 7, height: 50 },
      filter,
    );
    plan.feed(new Uint8ClampedArray(plan.source.width * plan.source.height * 4).fill(137), 0, plan.source.height);
    const { data } = plan.finish();
    expect([...data].every((value, i) => value === (i % 4 === 3 ? 255 : 137))).toBe(true);
  }
});
