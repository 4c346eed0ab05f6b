import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intersection, isEmpty, type StageBox } from '@/lib/geometry';
import { insetPlace } from './draw-focus';

const stage = { width: 900, height: 700 };

it('the inset lies on the stage, beside its place and never over it, in its proportions', () => {
  const number = (max: number) => fc.double({ min: 0, max, noNaN: true });
  fc.assert(
    fc.property(number(880), number(680), number(400), number(400), (x1, y1, width, height) => {
      const region: StageBox = { x1, y1, x2: x1 + width + 1, y2: y1 + height + 1 };
      const place = insetPlace(region, stage);
      if (!place) return;
      expect(isEmpty(intersection(place, region))).toBe(true);
      expect(place.x1).toBeGreaterThanOrEqual(0);
      expect(place.y1).toBeGreaterThanOrEqual(0);
      expect(place.x2).toBeLessThanOrEqual(stage.width);
      expect(place.y2).toBeLessThanOrEqual(stage.height);
      const ratio = (box: StageBox) => (box.x2 - box.x1) / (box.y2 - box.y1);
      expect(ratio(place) / ratio(region)).toBeCloseTo(1, 3);
    }),
    { numRuns: 2000 },
  );
});

it('there is one for a small place, none for one that is as large already or a stage too small', () => {
  const small: StageBox = { x1: 700, y1: 300, x2: 740, y2: 340 };
  const place = insetPlace(small, stage);
  expect(place?.x2).toBeLessThan(small.x1); // more room on its left
  expect(insetPlace({ x1: 100, y1: 100, x2: 600, y2: 600 }, stage)).toBeNull();
  expect(insetPlace(small, { width: 160, height: 120 })).toBeNull();
});
