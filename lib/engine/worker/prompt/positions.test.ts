/** Places of Qwen's rotary embedding against values worked out by hand from `get_rope_index`. */
import { expect, it } from 'vitest';
import { createPlacer, positionIds, positionsAfter, type Place, type Position } from './positions';

function lay(out: readonly (number | readonly [rows: number, columns: number])[]): Place[] {
  const placer = createPlacer();
  return out.flatMap((part) =>
    typeof part === 'number'
      ? Array.from({ length: part }, () => placer.text())
      : placer.image({ rows: part[0], columns: part[1] }),
  );
}
const at = (place: Place): Position => ({ id: 0, feature: null, place });

it('text, an image of 2 × 3, text, an image of 3 × 1, text', () => {
  const places = lay([2, [2, 3], 1, [3, 1], 2]);
  expect(places.map(([time]) => time)).toEqual([0, 1, 2, 2, 2, 2, 2, 2, 5, 6, 6, 6, 9, 10]);
  expect(places.map(([, row]) => row)).toEqual([0, 1, 2, 2, 2, 3, 3, 3, 5, 6, 7, 8, 9, 10]);
  expect(places.map(([, , column]) => column)).toEqual([0, 1, 2, 3, 4, 2, 3, 4, 5, 6, 6, 6, 9, 10]);
});

it('a token after the log goes on behind the largest number used', () => {
  expect(positionsAfter(undefined, [7])).toEqual([{ id: 7, feature: null, place: [0, 0, 0] }]);
  // Last feature of an image of 1 × 4 that begins at 10.
  expect(positionsAfter(at([10, 10, 13]), [7, 8]).map(({ place }) => place)).toEqual([
    [14, 14, 14],
    [15, 15, 15],
  ]);
  expect(positionsAfter(at([14, 14, 14]), [7])[0]?.place).toEqual([15, 15, 15]);
});

it('three lines one after the other, or one', () => {
  const positions = lay([1, [2, 2]]).map(at);
  expect([...positionIds(positions, 3)].map(Number)).toEqual([0, 1, 1, 1, 1, 0, 1, 1, 2, 2, 0, 1, 2, 1, 2]);
  expect([...positionIds(lay([3]).map(at), 2)].map(Number)).toEqual([0, 1, 2]);
});
