import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { area, box, clampBox, containsBox, containsPoint, intersection, iou, isEmpty, union } from './index';
import type { ImageBox } from './index';

const edge = fc.double({ min: -5000, max: 5000, noNaN: true });
const anyBox = fc
  .tuple(edge, edge, edge, edge)
  .map(([a, b, c, d]): ImageBox => box(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)));

describe('boxes', () => {
  it('measure overlap', () => {
    expect(iou(box(0, 0, 10, 10), box(0, 0, 10, 10))).toBe(1);
    expect(iou(box(0, 0, 10, 10), box(5, 0, 15, 10))).toBeCloseTo(1 / 3);
    expect(iou(box(0, 0, 10, 10), box(20, 20, 30, 30))).toBe(0);
    expect(iou(box(3, 3, 3, 3), box(3, 3, 3, 3))).toBe(0);
  });

  it('clamp to empty when outside', () => {
    expect(clampBox(box(-50, 10, -10, 20), { width: 100, height: 100 })).toEqual(box(0, 10, 0, 20));
    expect(isEmpty(clampBox(box(-50, 10, -10, 20), { width: 100, height: 100 }))).toBe(true);
  });

  it('have exclusive right and bottom edges', () => {
    expect(containsPoint(box(0, 0, 10, 10), { x: 0, y: 9.99 })).toBe(true);
    expect(containsPoint(box(0, 0, 10, 10), { x: 10, y: 5 })).toBe(false);
  });

  it('keep the laws of overlap for any two boxes', () => {
    fc.assert(
      fc.property(anyBox, anyBox, (a, b) => {
        const overlap = iou(a, b);
        expect(overlap).toBeGreaterThanOrEqual(0);
        expect(overlap).toBeLessThanOrEqual(1);
        expect(iou(b, a)).toBe(overlap);
        const joined = union(a, b);
        expect(containsBox(joined, a) && containsBox(joined, b)).toBe(true);
        const shared = intersection(a, b);
        if (!isEmpty(shared)) expect(containsBox(a, shared) && containsBox(b, shared)).toBe(true);
        expect(area(shared)).toBeLessThanOrEqual(Math.min(area(a), area(b)));
      }),
    );
  });
});
