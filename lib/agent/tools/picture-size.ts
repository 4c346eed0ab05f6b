/**
 * The size at which a picture that code shows goes to the model: sides of 32 pixels at least and none 200 times as long as the other, as
 * DeepEyesV2's environment brings it about (`maybe_resize_image`, with its rounding and its Lanczos).
 */
import type { Size } from '@/lib/geometry';

const LEAST_SIDE = 32;
const MOST_ASPECT = 200;
const ASPECT_AFTER = 150;

/** The same where nothing has to be changed. */
export function shownSize({ width, height }: Size): Size {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  let size = { width, height };
  if (long / short > MOST_ASPECT) {
    const scale = long / short;
    const ratio = Math.min(ASPECT_AFTER, scale / 2);
    const longer = Math.trunc(short * ratio);
    const shorter = (side: number) => Math.trunc((side * scale) / ratio);
    size = height > width ? { width: shorter(width), height: longer } : { width: longer, height: shorter(height) };
  }
  const least = Math.min(size.width, size.height);
  if (least >= LEAST_SIDE) return size;
  const ratio = LEAST_SIDE / least;
  return { width: Math.ceil(size.width * ratio), height: Math.ceil(size.height * ratio) };
}
