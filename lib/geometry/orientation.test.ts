import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asOrientation, toRawBox, toRawPoint, toUprightBox, toUprightPoint, uprightSize } from './index';
import type { Orientation } from './index';

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * The letter F as a camera stores it under each orientation (the usual picture of the Exif tag), and upright.
 * Rows of pixels; 1 is ink.
 */
const upright = ['11', '10', '11', '10', '10'];
const stored: Record<Orientation, readonly string[]> = {
  1: ['11', '10', '11', '10', '10'],
  2: ['11', '01', '11', '01', '01'],
  3: ['01', '01', '11', '01', '11'],
  4: ['10', '10', '11', '10', '11'],
  5: ['11111', '10100'],
  6: ['10100', '11111'],
  7: ['00101', '11111'],
  8: ['11111', '00101'],
};

describe('EXIF orientation', () => {
  it.each(orientations)('%i puts every stored pixel where it is shown', (orientation) => {
    const rows = stored[orientation];
    const raw = { width: rows[0]?.length ?? 0, height: rows.length };
    const size = uprightSize(raw, orientation);
    expect(size).toEqual({ width: 2, height: 5 });
    const shown = upright.map((row) => Array.from(row, () => '?'));
    rows.forEach((row, y) =>
      Array.from(row).forEach((ink, x) => {
        const at = toUprightPoint({ x: x + 0.5, y: y + 0.5 }, raw, orientation);
        const line = shown[Math.floor(at.y)];
        if (line) line[Math.floor(at.x)] = ink;
      }),
    );
    expect(shown.map((row) => row.join(''))).toEqual(upright);
  });

  it('goes there and back for points and boxes', () => {
    const side = fc.integer({ min: 1, max: 9000 });
    fc.assert(
      fc.property(
        fc.constantFrom(...orientations),
        side,
        side,
        fc.nat(9000),
        fc.nat(9000),
        (o, width, height, x, y) => {
          const raw = { width, height };
          expect(toRawPoint(toUprightPoint({ x, y }, raw, o), raw, o)).toEqual({ x, y });
          const region = { x1: 0, y1: 0, x2: width, y2: height };
          const size = uprightSize(raw, o);
          expect(toUprightBox(region, raw, o)).toEqual({ x1: 0, y1: 0, x2: size.width, y2: size.height });
          const part = { x1: x, y1: y, x2: x + 3, y2: y + 7 };
          expect(toRawBox(toUprightBox(part, raw, o), raw, o)).toEqual(part);
        },
      ),
    );
  });

  it('reads anything else as 1', () => {
    expect([0, 9, -3, 6.5, Number.NaN].map(asOrientation)).toEqual([1, 1, 1, 1, 1]);
    expect(orientations.map(asOrientation)).toEqual(orientations);
  });
});
