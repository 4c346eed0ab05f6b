/** What dragging, stretching and arrow keys make of a box. Pure; pixels of the picture, and never outside it. */
import { clamp, type ImageBox, type Point, type Size } from '@/lib/geometry';

/** No side is shorter. */
const LEAST = 2;

/** The box between two corners, whichever they are, within the picture; null where there is none to speak of. */
export function boxBetween(a: Point, b: Point, { width, height }: Size): ImageBox | null {
  const x = [a.x, b.x].map((value) => clamp(value, 0, width)).toSorted((one, other) => one - other);
  const y = [a.y, b.y].map((value) => clamp(value, 0, height)).toSorted((one, other) => one - other);
  const box = { x1: x[0]!, y1: y[0]!, x2: x[1]!, y2: y[1]! };
  return box.x2 - box.x1 < LEAST || box.y2 - box.y1 < LEAST ? null : box;
}

/** As large as it was, as far as the picture goes. */
export function nudged({ x1, y1, x2, y2 }: ImageBox, dx: number, dy: number, { width, height }: Size): ImageBox {
  const x = clamp(dx, -x1, Math.max(-x1, width - x2));
  const y = clamp(dy, -y1, Math.max(-y1, height - y2));
  return { x1: x1 + x, y1: y1 + y, x2: x2 + x, y2: y2 + y };
}
