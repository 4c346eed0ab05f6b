/** Views of views lead back to where they came from, whatever way round they were turned. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boxFromView,
  boxToView,
  composeViews,
  pointFromView,
  pointToView,
  viewSize,
  type Turn,
  type ViewOf,
} from './view';

const turn = fc.constantFrom<Turn>(0, 90, 180, 270);
const region = fc
  .tuple(fc.nat(3000), fc.nat(3000), fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 1, max: 2000 }))
  .map(([x, y, width, height]) => ({ x1: x, y1: y, x2: x + width, y2: y + height }));
const view: fc.Arbitrary<ViewOf> = fc.record({ region, turn });

describe('a view', () => {
  it('turned by 90° clockwise has the left edge of its region at the top', () => {
    const turned: ViewOf = { region: { x1: 100, y1: 200, x2: 400, y2: 300 }, turn: 90 };
    expect(viewSize(turned)).toEqual({ width: 100, height: 300 });
    // The region's lower left corner is the view's upper left one.
    expect(pointFromView({ x: 0, y: 0 }, turned)).toEqual({ x: 100, y: 300 });
    expect(pointFromView({ x: 100, y: 0 }, turned)).toEqual({ x: 100, y: 200 });
    expect(boxFromView({ x1: 0, y1: 0, x2: 10, y2: 20 }, turned)).toEqual({ x1: 100, y1: 290, x2: 120, y2: 300 });
  });

  it('leads back and forth', () => {
    fc.assert(
      fc.property(view, fc.nat(4000), fc.nat(4000), (one, x, y) => {
        const back = pointToView(pointFromView({ x, y }, one), one);
        expect(back.x).toBeCloseTo(x, 6);
        expect(back.y).toBeCloseTo(y, 6);
      }),
    );
  });

  it('holds the whole of its region', () => {
    fc.assert(
      fc.property(view, (one) => {
        const { width, height } = viewSize(one);
        expect(boxFromView({ x1: 0, y1: 0, x2: width, y2: height }, one)).toEqual(one.region);
        expect(boxToView(one.region, one)).toEqual({ x1: 0, y1: 0, x2: width, y2: height });
      }),
    );
  });

  it('of a view is a view', () => {
    fc.assert(
      fc.property(view, view, region, (outer, inner, box) => {
        expect(boxFromView(box, composeViews(outer, inner))).toEqual(boxFromView(boxFromView(box, inner), outer));
        expect(viewSize(composeViews(outer, inner))).toEqual(viewSize(inner));
      }),
    );
  });

  it('turned four times by a quarter is as it was', () => {
    const quarter = (size: { width: number; height: number }): ViewOf => ({
      region: { x1: 0, y1: 0, x2: size.width, y2: size.height },
      turn: 90,
    });
    let whole: ViewOf = { region: { x1: 5, y1: 6, x2: 105, y2: 46 }, turn: 0 };
    for (let n = 0; n < 4; n += 1) whole = composeViews(whole, quarter(viewSize(whole)));
    expect(whole).toEqual({ region: { x1: 5, y1: 6, x2: 105, y2: 46 }, turn: 0 });
  });
});
