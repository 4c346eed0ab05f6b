import { describe, expect, it } from 'vitest';
import { turnPixels } from './turn-pixels';

/** Each letter is a pixel. */
function picture(...rows: readonly string[]) {
  const [width, height] = [rows[0]?.length ?? 0, rows.length];
  const data = new Uint8ClampedArray([...rows.join('')].flatMap((letter) => [letter.charCodeAt(0), 1, 2, 255]));
  return { width, height, data };
}

const rowsOf = ({ width, height, data }: ReturnType<typeof picture>) =>
  Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (__, x) => String.fromCharCode(data[(y * width + x) * 4] ?? 0)).join(''),
  );

describe('turning pixels clockwise', () => {
  const upright = picture('abc', 'def');

  it('by each quarter', () => {
    expect(turnPixels(upright, 0)).toBe(upright);
    expect(rowsOf(turnPixels(upright, 90))).toEqual(['da', 'eb', 'fc']);
    expect(rowsOf(turnPixels(upright, 180))).toEqual(['fed', 'cba']);
    expect(rowsOf(turnPixels(upright, 270))).toEqual(['cf', 'be', 'ad']);
  });

  it('moves whole pixels, and leaves what it was given as it was', () => {
    const before = upright.data.slice();
    expect([...turnPixels(upright, 90).data.subarray(0, 4)]).toEqual(['d'.charCodeAt(0), 1, 2, 255]);
    expect(upright.data).toEqual(before);
  });

  it('four quarters are none', () => {
    let turned: ReturnType<typeof picture> = upright;
    for (let quarter = 0; quarter < 4; quarter += 1) turned = turnPixels(turned, 90);
    expect(rowsOf(turned)).toEqual(rowsOf(upright));
  });

  it('of a picture that lies in the middle of a buffer', () => {
    const data = new Uint8ClampedArray(new ArrayBuffer(4 + upright.data.length), 4);
    data.set(upright.data);
    expect(rowsOf(turnPixels({ ...upright, data }, 180))).toEqual(['fed', 'cba']);
  });
});
