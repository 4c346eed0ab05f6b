import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from './fixtures/crop-cases.json';
import { boxOfSize, clampBox, containsBox, cropRegion, sizeOf } from './index';

describe('N9: the executed crop', () => {
  it.each(fixture.cases)('$name', ({ asked, width, height, executed }) => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = asked;
    const crop = cropRegion({ x1, y1, x2, y2 }, { width, height }, fixture.rule);
    expect([crop.x1, crop.y1, crop.x2, crop.y2]).toEqual(executed);
  });

  it('is whole pixels inside the picture, not shrunk, and holds the asked box where the picture has room', () => {
    const side = fc.integer({ min: 1, max: 20000 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(side, side, fc.tuple(share, share, share, share), (width, height, [a, b, c, d]) => {
        const image = { width, height };
        const asked = clampBox<'image'>(
          {
            x1: Math.min(a, c) * width,
            y1: Math.min(b, d) * height,
            x2: Math.max(a, c) * width,
            y2: Math.max(b, d) * height,
          },
          image,
        );
        const crop = cropRegion(asked, image, fixture.rule);
        expect(Object.values(crop).every(Number.isInteger)).toBe(true);
        expect(containsBox(boxOfSize(image), crop)).toBe(true);
        const cut = sizeOf(crop);
        const longer = Math.max(asked.x2 - asked.x1, asked.y2 - asked.y1);
        const wanted = Math.floor(Math.max(64, 1.25 * longer) + 0.5);
        expect(cut).toEqual({ width: Math.min(wanted, width), height: Math.min(wanted, height) });
        const within = (outer: number, inner: number) => outer <= inner + 0.5 + 1e-6;
        expect(within(crop.x1, asked.x1) && within(crop.y1, asked.y1)).toBe(true);
        expect(within(asked.x2, crop.x2) && within(asked.y2, crop.y2)).toBe(true);
      }),
    );
  });
});

describe('S2: a crop that keeps proportions', () => {
  const rule = { minSide: 28, context: 1.25, shape: 'box' } as const;
  const image = { width: 1000, height: 800 };
  const cut = (x1: number, y1: number, x2: number, y2: number) => {
    const crop = cropRegion({ x1, y1, x2, y2 }, image, rule);
    return [crop.x1, crop.y1, crop.x2, crop.y2];
  };

  it('grows each side by itself, to at least the least, and stays inside', () => {
    expect(cut(400, 300, 600, 380)).toEqual([375, 290, 625, 390]);
    expect(cut(500, 400, 502, 401)).toEqual([487, 387, 515, 415]);
    expect(cut(0, 0, 200, 80)).toEqual([0, 0, 250, 100]);
    expect(cut(0, 0, 1000, 800)).toEqual([0, 0, 1000, 800]);
  });

  it('is no strip that a model cannot take', () => {
    const strip = cropRegion({ x1: 0, y1: 4000, x2: 16000, y2: 4001 }, { width: 16000, height: 8000 }, rule);
    expect(sizeOf(strip)).toEqual({ width: 16000, height: 200 });
  });
});
