/**
 * Sizes that models resize pictures to: both sides a multiple of a factor, the area between two bounds, the proportions nearly kept. To the
 * letter of `smart_resize` of the Qwen-VL image processors, which evaluations and training code have copied everywhere.
 */
import type { Size } from './box';

export interface AreaRule {
  readonly factor: number;
  readonly minPixels: number;
  readonly maxPixels: number;
}

/** Both sides to the nearest multiple of the factor, at least `least`, and the area between the bounds. */
export function fitArea({ width, height }: Size, { factor, minPixels, maxPixels }: AreaRule, least = 0): Size {
  const nearest = (side: number) => Math.max(least, roundHalfEven(side / factor) * factor);
  const area = nearest(width) * nearest(height);
  if (area > maxPixels) {
    const shrink = Math.sqrt((height * width) / maxPixels);
    const down = (side: number) => Math.max(factor, Math.floor(side / shrink / factor) * factor);
    return { width: down(width), height: down(height) };
  }
  if (area < minPixels) {
    const grow = Math.sqrt(minPixels / (height * width));
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
