import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cameraFlight,
  clampCamera,
  easeInOut,
  fit,
  focus,
  interpolateCamera,
  pan,
  toImage,
  toStage,
  toStagePoint,
  visibleRegion,
  zoomAt,
} from './index';
import type { Camera } from './index';

const stage = { width: 1000, height: 600 };
const image = { width: 4000, height: 3000 };
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const camera: fc.Arbitrary<Camera> = fc.record({
  scale: number(-5, 5).map((power) => 2 ** power),
  x: number(-20000, 20000),
  y: number(-20000, 20000),
});

describe('camera', () => {
  it('fits the picture with padding on every side', () => {
    const whole = fit(image, stage, 20);
    expect(whole.scale).toBeCloseTo(560 / 3000);
    const shown = toStage({ x1: 0, y1: 0, x2: 4000, y2: 3000 }, whole);
    expect(shown.y1).toBeCloseTo(20);
    expect(shown.y2).toBeCloseTo(580);
    expect(shown.x1).toBeCloseTo(stage.width - shown.x2);
  });

  it('focuses a box in the middle, no larger than allowed', () => {
    const near = focus({ x1: 100, y1: 100, x2: 110, y2: 110 }, stage, 50, 8);
    expect(near.scale).toBe(8);
    expect(toStagePoint({ x: 105, y: 105 }, near)).toEqual({ x: 500, y: 300 });
    expect(focus({ x1: 5, y1: 5, x2: 5, y2: 5 }, { width: 0, height: 0 }, 50).scale).toBeGreaterThan(0);
  });

  it('keeps what is under the pointer there while zooming', () => {
    fc.assert(
      fc.property(camera, number(0, 1000), number(0, 600), number(0.1, 10), (from, x, y, factor) => {
        const to = zoomAt(from, { x, y }, factor, { min: 1 / 64, max: 64 });
        const before = toImage({ x, y }, from);
        const after = toImage({ x, y }, to);
        expect(Math.abs(before.x - after.x) * to.scale).toBeLessThan(1e-6);
        expect(Math.abs(before.y - after.y) * to.scale).toBeLessThan(1e-6);
      }),
    );
  });

  it('stops at its limits', () => {
    const limits = { min: 0.5, max: 2 };
    expect(zoomAt({ scale: 1, x: 0, y: 0 }, { x: 0, y: 0 }, 100, limits).scale).toBe(2);
    expect(zoomAt({ scale: 1, x: 0, y: 0 }, { x: 0, y: 0 }, 0.001, limits).scale).toBe(0.5);
  });

  it('never loses the picture from the stage', () => {
    fc.assert(
      fc.property(camera, (from) => {
        const kept = clampCamera(from, image, stage, 48);
        const shown = toStage({ x1: 0, y1: 0, x2: image.width, y2: image.height }, kept);
        const least = { x: Math.min(48, image.width * kept.scale), y: Math.min(48, image.height * kept.scale) };
        expect(Math.min(shown.x2, stage.width) - Math.max(shown.x1, 0)).toBeGreaterThan(least.x - 1e-6);
        expect(Math.min(shown.y2, stage.height) - Math.max(shown.y1, 0)).toBeGreaterThan(least.y - 1e-6);
        expect(clampCamera(kept, image, stage, 48)).toEqual(kept);
      }),
    );
  });

  it('pans by stage pixels and knows what it shows', () => {
    expect(pan({ scale: 2, x: 1, y: 2 }, 10, -5)).toEqual({ scale: 2, x: 11, y: -3 });
    expect(visibleRegion({ scale: 2, x: -100, y: 0 }, stage)).toEqual({ x1: 50, y1: 0, x2: 550, y2: 300 });
  });
});

describe('the way between two cameras', () => {
  it('eases from rest to rest', () => {
    expect([easeInOut(-1), easeInOut(0), easeInOut(0.5), easeInOut(1), easeInOut(2)]).toEqual([0, 0, 0.5, 1, 1]);
  });

  it('starts and ends exactly, stays finite, and changes scale in equal ratios', () => {
    fc.assert(
      fc.property(camera, camera, number(0, 1), (a, b, t) => {
        expect(interpolateCamera(a, b, 0)).toBe(a);
        expect(interpolateCamera(a, b, 1)).toBe(b);
        const between = interpolateCamera(a, b, t);
        expect(Math.log(between.scale)).toBeCloseTo(Math.log(a.scale) * (1 - t) + Math.log(b.scale) * t, 6);
        expect(Number.isFinite(between.x) && Number.isFinite(between.y)).toBe(true);
      }),
    );
  });

  it('has no jump near either end', () => {
    fc.assert(
      fc.property(camera, camera, (a, b) => {
        const reach = 1 + Math.abs(a.x) + Math.abs(b.x) + Math.abs((b.scale / a.scale) * a.x);
        expect(Math.abs(interpolateCamera(a, b, 1e-9).x - a.x)).toBeLessThan(1e-4 * reach);
        expect(Math.abs(interpolateCamera(a, b, 1 - 1e-9).x - b.x)).toBeLessThan(1e-4 * reach);
      }),
    );
  });

  it('is a straight, even pan when the scale stays', () => {
    const a = { scale: 1.5, x: 0, y: 0 };
    const b = { scale: 1.5, x: -300, y: 90 };
    expect(interpolateCamera(a, b, 0.5)).toEqual({ scale: 1.5, x: -150, y: 45 });
  });

  it('flies back from one close-up before it nears the next', () => {
    const a = focus({ x1: 0, y1: 0, x2: 100, y2: 100 }, stage);
    const b = focus({ x1: 3900, y1: 2900, x2: 4000, y2: 3000 }, stage);
    const flight = cameraFlight(a, b, stage);
    expect(flight.length).toBeGreaterThan(0);
    expect(flight.at(0.5).scale).toBeLessThan(a.scale / 4);
    expect(flight.at(0)).toBe(a);
    expect(flight.at(1)).toBe(b);
  });

  it('flies without a jump between any two cameras', () => {
    const view = fc.tuple(number(0, 4000), number(0, 3000), number(20, 3000));
    const near = ([x, y, side]: [number, number, number]) => focus({ x1: x, y1: y, x2: x + side, y2: y + side }, stage);
    fc.assert(
      fc.property(view, view, (from, to) => {
        const flight = cameraFlight(near(from), near(to), stage);
        let last = flight.at(0);
        for (let i = 1; i <= 200; i += 1) {
          const next = flight.at(i / 200);
          // How far the middle of the stage moves in one step, in stage pixels.
          const middle = toStagePoint(toImage({ x: 500, y: 300 }, last), next);
          expect(Math.hypot(middle.x - 500, middle.y - 300)).toBeLessThan(200);
          expect(Math.abs(Math.log(next.scale / last.scale))).toBeLessThan(0.2);
          last = next;
        }
      }),
    );
  });
});
