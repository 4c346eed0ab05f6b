import { describe, expect, it } from 'vitest';
import { planZoom } from './zoom';

const around = {
  frame: 'thousandths',
  image: { width: 1600, height: 1200 },
  seen: { width: 256, height: 256 },
  rule: { minSide: 64, context: 1.25 },
} as const;

describe('planning a zoom', () => {
  it('N7, N9: thousandths become pixels and the crop has some context', () => {
    expect(planZoom({ x1: 100, y1: 200, x2: 140, y2: 260 }, around)).toEqual({
      ok: true,
      askedInImage: { x1: 160, y1: 240, x2: 224, y2: 312 },
      executed: { x1: 147, y1: 231, x2: 237, y2: 321 },
    });
  });

  it('N11: clamps what reaches out of the picture', () => {
    const plan = planZoom({ x1: -50, y1: 900, x2: 100, y2: 1200 }, around);
    expect(plan).toMatchObject({ ok: true, askedInImage: { x1: 0, y1: 1080, x2: 160, y2: 1200 } });
  });

  it('N11: refuses an empty box and one outside the picture', () => {
    expect(planZoom({ x1: 100, y1: 200, x2: 100, y2: 260 }, around)).toEqual({ ok: false, problem: 'box-empty' });
    expect(planZoom({ x1: 300, y1: 200, x2: 100, y2: 260 }, around)).toEqual({ ok: false, problem: 'box-empty' });
    expect(planZoom({ x1: 1001, y1: 0, x2: 1100, y2: 50 }, around)).toEqual({ ok: false, problem: 'box-out-of-frame' });
    expect(planZoom({ x1: -80, y1: 0, x2: 0, y2: 50 }, around)).toEqual({ ok: false, problem: 'box-out-of-frame' });
  });

  it('N11: below a pixel is empty, and fractions where whole units are meant are no corner of the picture', () => {
    const empty = { ok: false, problem: 'box-empty' };
    const large = { ...around, image: { width: 9000, height: 5000 } };
    for (const frame of ['thousandths', 'original-pixels', 'resized-pixels'] as const) {
      for (const box of [
        { x1: 0.1, y1: 0.2, x2: 0.4, y2: 0.5 },
        { x1: 0, y1: 0, x2: 1, y2: 1 },
      ]) {
        expect(planZoom(box, { ...around, frame })).toEqual(empty);
        expect(planZoom(box, { ...large, frame })).toEqual(empty);
      }
    }
    // A pixel is one, a part of one is none, in whichever direction.
    expect(planZoom({ x1: 5, y1: 5, x2: 6, y2: 6 }, { ...around, frame: 'original-pixels' })).toMatchObject({
      ok: true,
    });
    expect(planZoom({ x1: 5, y1: 5, x2: 500, y2: 5.9 }, { ...around, frame: 'original-pixels' })).toEqual(empty);
    expect(planZoom({ x1: 0.5, y1: 0.5, x2: 0.5004, y2: 0.9 }, { ...around, frame: 'fractions' })).toEqual(empty);
    expect(planZoom({ x1: 0, y1: 0, x2: 1, y2: 1 }, { ...around, frame: 'fractions' })).toMatchObject({ ok: true });
  });

  it('reads the other frames in the same place', () => {
    const executed = { x1: 147, y1: 231, x2: 237, y2: 321 };
    const original = planZoom({ x1: 160, y1: 240, x2: 224, y2: 312 }, { ...around, frame: 'original-pixels' });
    const seen = { width: 800, height: 600 };
    const resized = planZoom({ x1: 80, y1: 120, x2: 112, y2: 156 }, { ...around, seen, frame: 'resized-pixels' });
    const share = planZoom({ x1: 0.1, y1: 0.2, x2: 0.14, y2: 0.26 }, { ...around, frame: 'fractions' });
    for (const plan of [original, resized, share]) expect(plan).toMatchObject({ ok: true, executed });
  });
});
