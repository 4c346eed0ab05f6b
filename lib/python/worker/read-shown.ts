/** A picture that code shows, copied out of Python's memory. */
import { PICTURE_PIXELS, PICTURE_SIDE, type RgbaPixels } from '../contract';

/** `problem`: what Python is told; empty where there is none. */
export function readShown(
  width: number,
  height: number,
  data: Uint8Array,
): { readonly picture: RgbaPixels | null; readonly problem: string } {
  const isSide = (side: number) => Number.isInteger(side) && side > 0 && side <= PICTURE_SIDE;
  if (!isSide(width) || !isSide(height) || width * height > PICTURE_PIXELS || data.length !== width * height * 4) {
    return { picture: null, problem: `a picture of ${width} x ${height} cannot be shown` };
  }
  return { picture: { width, height, rgba: new Uint8Array(data) }, problem: '' };
}
