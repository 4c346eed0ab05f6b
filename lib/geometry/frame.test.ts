import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fit, toImageBox, toModelBox, toStage, zoomAt } from './index';
import type { Frame, ModelBox } from './index';

const frames: readonly Frame[] = ['thousandths', 'original-pixels', 'resized-pixels', 'fractions'];
const image = { width: 8000, height: 6000 };
const seen = { width: 1148, height: 840 };

describe('frames', () => {
  it('say the same place in each of the four', () => {
    const place = { x1: 2000, y1: 1500, x2: 4000, y2: 3000 };
    expect(toImageBox({ x1: 250, y1: 250, x2: 500, y2: 500 }, 'thousandths', image, seen)).toEqual(place);
    expect(toImageBox(place as ModelBox, 'original-pixels', image, seen)).toEqual(place);
    expect(toImageBox({ x1: 287, y1: 210, x2: 574, y2: 420 }, 'resized-pixels', image, seen)).toEqual(place);
    expect(toImageBox({ x1: 0.25, y1: 0.25, x2: 0.5, y2: 0.5 }, 'fractions', image, seen)).toEqual(place);
  });

  it('neither round nor clamp', () => {
    const outside = toImageBox({ x1: -5, y1: 0.5, x2: 1200, y2: 1 }, 'thousandths', { width: 100, height: 100 }, seen);
    expect(outside).toEqual({ x1: -0.5, y1: 0.05, x2: 120, y2: 0.1 });
  });

  it('come back to where they started', () => {
    const side = fc.integer({ min: 1, max: 20000 });
    const number = fc.double({ min: -2000, max: 20000, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...frames),
        side,
        side,
        side,
        side,
        fc.tuple(number, number, number, number),
        (frame, width, height, seenWidth, seenHeight, [x1, y1, x2, y2]) => {
          const size = { width, height };
          const saw = { width: seenWidth, height: seenHeight };
          const back = toModelBox(toImageBox({ x1, y1, x2, y2 }, frame, size, saw), frame, size, saw);
          expect(back.x1).toBeCloseTo(x1, 6);
          expect(back.y1).toBeCloseTo(y1, 6);
          expect(back.x2).toBeCloseTo(x2, 6);
          expect(back.y2).toBeCloseTo(y2, 6);
        },
      ),
    );
  });

  it('lie on the stage within one pixel of where they should, at any zoom, for any shape and size of picture', () => {
    const side = fc.integer({ min: 1, max: 16384 });
    const stage = { width: 1280, height: 800 };
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const zooms = fc.array(fc.tuple(fc.double({ min: 0.2, max: 5, noNaN: true }), share, share), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...frames), side, side, share, share, zooms, (frame, width, height, u, v, steps) => {
        const size = { width, height };
        // The model saw at most 1280 × 28² pixels, as Qwen2.5-VL with a browser-size budget.
        const shrink = Math.min(1, Math.sqrt(1003520 / (width * height)));
        const saw = {
          width: Math.max(1, Math.round(width * shrink)),
          height: Math.max(1, Math.round(height * shrink)),
        };
        let camera = fit(size, stage, 24);
        const limits = { min: camera.scale / 4, max: Math.max(camera.scale, 16) };
        for (const [factor, px, py] of steps) {
          camera = zoomAt(camera, { x: px * stage.width, y: py * stage.height }, factor, limits);
        }
        const exact = { x1: u * width, y1: v * height, x2: width, y2: height };
        const drawn = toStage(toImageBox(toModelBox(exact, frame, size, saw), frame, size, saw), camera);
        expect(Math.abs(drawn.x1 - (u * width * camera.scale + camera.x))).toBeLessThanOrEqual(1);
        expect(Math.abs(drawn.y1 - (v * height * camera.scale + camera.y))).toBeLessThanOrEqual(1);
        expect(Math.abs(drawn.x2 - (width * camera.scale + camera.x))).toBeLessThanOrEqual(1);
        expect(Math.abs(drawn.y2 - (height * camera.scale + camera.y))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });
});
