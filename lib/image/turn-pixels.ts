/** Pixels turned clockwise by quarters. */
import type { Turn } from '@/lib/geometry';
import type { Pixels } from './contract';

/** RGBA in, RGBA out; the same object where nothing is to be turned. */
export function turnPixels(pixels: Pixels, turn: Turn): Pixels {
  if (turn === 0) return pixels;
  const { width, height } = pixels;
  const isSideways = turn !== 180;
  const out = isSideways ? { width: height, height: width } : { width, height };
  const from = new Uint32Array(pixels.data.buffer, pixels.data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at =
        turn === 90
          ? x * out.width + (height - 1 - y)
          : turn === 270
            ? (width - 1 - x) * out.width + y
            : (height - 1 - y) * out.width + (width - 1 - x);
      to[at] = from[y * width + x]!;
    }
  }
  return { ...out, data: new Uint8ClampedArray(to.buffer) };
}
