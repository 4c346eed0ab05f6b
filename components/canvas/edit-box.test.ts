import fc from 'fast-check';
import { expect, it } from 'vitest';
import { boxBetween, nudged } from './edit-box';

const image = { width: 400, height: 300 };
const number = fc.double({ min: -1000, max: 1000, noNaN: true });
const point = fc.record({ x: number, y: number });

it('a drawn box lies in the picture, whichever corners it was drawn between', () => {
  expect(boxBetween({ x: 90, y: 80 }, { x: 10, y: 20 }, image)).toEqual({ x1: 10, y1: 20, x2: 90, y2: 80 });
  expect(boxBetween({ x: 10, y: 10 }, { x: 11, y: 200 }, image)).toBeNull();
  fc.assert(
    fc.property(point, point, (a, b) => {
      const box = boxBetween(a, b, image);
      if (!box) return;
      expect(box.x1 >= 0 && box.y1 >= 0 && box.x2 <= 400 && box.y2 <= 300).toBe(true);
      expect(box.x1 < box.x2 && box.y1 < box.y2).toBe(true);
    }),
  );
});

it('a moved box keeps its size, and stops at the edge', () => {
  const box = { x1: 10, y1: 20, x2: 90, y2: 80 };
  expect(nudged(box, 5, -5, image)).toEqual({ x1: 15, y1: 15, x2: 95, y2: 75 });
  expect(nudged(box, 1000, 1000, image)).toEqual({ x1: 320, y1: 240, x2: 400, y2: 300 });
  expect(nudged(box, -1000, -1000, image)).toEqual({ x1: 0, y1: 0, x2: 80, y2: 60 });
});
