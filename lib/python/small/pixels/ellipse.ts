/** Ellipses as Pillow draws them: a quarter of the outer and of the inner curve on a grid of half pixels, mirrored three times. */
import { row, type Brush } from './draw';

/** Points of the upper right quarter, from the widest to the highest; `a` and `b` are whole diameters. */
function* quarter(a: number, b: number): Generator<readonly [x: number, y: number]> {
  if (a < 0 || b < 0) return;
  const off = (x: number, y: number): number => Math.abs(a * a * y * y + b * b * x * x - a * a * b * b);
  let [x, y] = [a, b % 2];
  for (;;) {
    yield [x, y];
    if (x === a % 2 && y === b) return;
    let [nextX, nextY, best] = [x, y + 2, off(x, y + 2)];
    if (x > 1) {
      for (const [tryX, tryY] of [
        [x - 2, y + 2],
        [x - 2, y],
      ] as const) {
        const found = off(tryX, tryY);
        if (best > found) [nextX, nextY, best] = [tryX, tryY, found];
      }
    }
    [x, y] = [nextX, nextY];
  }
}

/** In the box from (x0, y0) to (x1, y1), ends included; a ring of that width, or filled. */
export function ellipse(
  brush: Brush,
  fills: boolean,
  width: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  const [a, b] = [x1 - x0, y1 - y0];
  const ring = fills ? a + b : width;
  if (a < 0 || b < 0 || ring < 1) return;
  const segment = (left: number, y: number, right: number): void => {
    row(brush, x0 + Math.trunc((left + a) / 2), y0 + Math.trunc((y + b) / 2), x0 + Math.trunc((right + a) / 2));
  };
  const outer = quarter(a, b);
  const inner = quarter(a - 2 * (ring - 1), b - 2 * (ring - 1));
  const middle = a % 2;
  const start = outer.next();
  if (start.done) return;
  let [right, y] = start.value;
  let left = middle;
  for (let ended = false; !ended;) {
    const [currentY, currentRight] = [y, right];
    let next = outer.next();
    while (!next.done && next.value[1] <= currentY) next = outer.next();
    if (next.done) ended = true;
    else [right, y] = next.value;
    let currentLeft = left;
    let within = inner.next();
    while (!within.done && within.value[1] <= currentY) {
      currentLeft = within.value[0];
      within = inner.next();
    }
    left = within.done ? middle : within.value[0];
    const hasRight = currentLeft > 0 || currentLeft < currentRight;
    const from = currentLeft === 0 ? 2 : currentLeft;
    segment(-currentRight, -currentY, -currentLeft);
    if (hasRight) segment(from, -currentY, currentRight);
    if (currentY === 0) continue;
    segment(-currentRight, currentY, -currentLeft);
    if (hasRight) segment(from, currentY, currentRight);
  }
}
