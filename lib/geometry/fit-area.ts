/** Sizes that image processors bring pictures to: both sides multiples of something, the area between bounds. */
import type { Size } from './box';

/** Both sides to the nearest multiple of `factor`, at least `least`, and the area between the bounds. */
export function fitArea(
  { width, height }: Size,
  factor: number,
  minArea: number,
  maxArea: number,
  least: number,
): Size {
  const nearest = (side: number) => Math.max(least, roundHalfEven(side / factor) * factor);
  const area = nearest(width) * nearest(height);
  if (area > maxArea) {
    const shrink = Math.sqrt((height * width) / maxArea);
    const down = (side: number) => Math.max(factor, Math.floor(side / shrink / factor) * factor);
    return { width: down(width), height: down(height) };
  }
  if (area < minArea) {
    const grow = Math.sqrt(minArea / (height * width));
    const up = (side: number) => Math.ceil((side * grow) / factor) * factor;
    return { width: up(width), height: up(height) };
  }
  return { width: nearest(width), height: nearest(height) };
}

/** Python's `round`: a half goes to the even neighbour. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const part = value - below;
  return part === 0.5 ? below + (below % 2) : part < 0.5 ? below : below + 1;
}
