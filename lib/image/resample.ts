/**
 * Separable antialiased resampling, byte for byte as Pillow's `Image.resize` does it (its `Resample.c` is the
 * specification): the filter is widened by the reduction factor, pixel centres lie at +0.5, coefficients are 22-bit
 * fixed point, and the horizontal pass is rounded to 8 bits before the vertical one. RGBA in, opaque RGBA out.
 *
 * The source is fed in bands of rows, so that a 50-megapixel picture needs neither a second copy nor one long task.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import type { Pixels, Resample } from './contract';

const PRECISION = 22;
const HALF = 1 << (PRECISION - 1);

interface Filter {
  readonly support: number;
  weight(x: number): number;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}

const FILTERS: Readonly<Record<Resample, Filter>> = {
  bilinear: {
    support: 1,
    weight: (x) => Math.max(0, 1 - Math.abs(x)),
  },
  bicubic: {
    support: 2,
    // Keys' cubic with a = -0.5, Pillow's choice (OpenCV and PyTorch take -0.75).
    weight(signed) {
      const a = -0.5;
      const x = Math.abs(signed);
      if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    },
  },
  lanczos: {
    support: 3,
    weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0),
  },
};

/** For every output position: where its source run begins, how long it is, and its fixed-point weights (`stride` apart). */
interface Taps {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly weights: Int32Array;
  readonly stride: number;
}

/** `from..to` is the source interval (floats, within `0..length`) that is mapped to `outLength` positions. */
function computeTaps(length: number, from: number, to: number, outLength: number, filter: Filter): Taps {
  const scale = (to - from) / outLength;
  const widen = Math.max(1, scale);
  const support = filter.support * widen;
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(outLength);
  const count = new Int32Array(outLength);
  const weights = new Int32Array(outLength * stride);
  const run = new Float64Array(stride);
  for (let out = 0; out < outLength; out++) {
    const centre = from + (out + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(length, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let i = 0; i < end - start; i++) {
      const weight = filter.weight((i + start - centre + 0.5) / widen);
      run[i] = weight;
      sum += weight;
    }
    for (let i = 0; i < end - start; i++) {
      const weight = ((run[i] ?? 0) / (sum === 0 ? 1 : sum)) * (1 << PRECISION);
      weights[out * stride + i] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5);
    }
    first[out] = start;
    count[out] = end - start;
  }
  return { first, count, weights, stride };
}

export interface ResamplePlan {
  /** The whole-pixel rectangle of the source that is needed: `box` grown to whole pixels, inside the image. */
  readonly source: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Feeds `rows` full rows of `source` from row `firstRow` (0 is the top of `source`); RGBA, alpha ignored. */
  feed(band: Uint8ClampedArray, firstRow: number, rows: number): void;
  /** Once every row was fed. */
  finish(): Pixels;
}

/**
 * Plans a cut of `box` out of `image`, resized to `size`. Equal to Pillow's `im.crop(source).resize(size, box=box − source)`:
 * pixels outside the cut-out rectangle have no influence, as when a crop is made first. Throws `RangeError` where the box
 * has no area inside the image or the size is not positive whole numbers.
 */
export function planResample(image: Size, box: ImageBox, size: Size, resample: Resample): ResamplePlan {
  const x1 = Math.max(0, box.x1);
  const y1 = Math.max(0, box.y1);
  const x2 = Math.min(image.width, box.x2);
  const y2 = Math.min(image.height, box.y2);
  if (!(x2 > x1 && y2 > y1)) throw new RangeError('The region has no area inside the picture.');
  const { width: outWidth, height: outHeight } = size;
  if (!(Number.isInteger(outWidth) && Number.isInteger(outHeight) && outWidth > 0 && outHeight > 0)) {
    throw new RangeError('The size must be positive whole numbers.');
  }
  const x = Math.floor(x1);
  const y = Math.floor(y1);
  const width = Math.ceil(x2) - x;
  const height = Math.ceil(y2) - y;
  const filter = FILTERS[resample];
  const across = computeTaps(width, x1 - x, x2 - x, outWidth, filter);
  const down = computeTaps(height, y1 - y, y2 - y, outHeight, filter);
  // Rows of the source, already at the output's width. Clamped storage does the rounding's clamp to 0..255.
  const narrowed = new Uint8ClampedArray(outWidth * height * 4);

  return {
    source: { x, y, width, height },
    feed(band, firstRow, rows) {
      for (let row = 0; row < rows; row++) {
        narrowRow(band, row * width * 4, narrowed, (firstRow + row) * outWidth * 4, across, outWidth);
      }
    },
    finish() {
      const data = new Uint8ClampedArray(outWidth * outHeight * 4);
      for (let row = 0; row < outHeight; row++) {
        shortenRow(narrowed, data, row, down, outWidth);
      }
      return { width: outWidth, height: outHeight, data };
    },
  };
}

/* The two inner loops index typed arrays within bounds by construction; `?? 0` would cost a branch per tap, hence `!`. */

function narrowRow(
  from: Uint8ClampedArray,
  fromAt: number,
  to: Uint8ClampedArray,
  toAt: number,
  taps: Taps,
  outWidth: number,
): void {
  const { first, count, weights, stride } = taps;
  for (let out = 0; out < outWidth; out++) {
    let red = HALF;
    let green = HALF;
    let blue = HALF;
    let at = fromAt + first[out]! * 4;
    let tap = out * stride;
    const last = tap + count[out]!;
    for (; tap < last; tap++, at += 4) {
      const weight = weights[tap]!;
      red = (red + Math.imul(from[at]!, weight)) | 0;
      green = (green + Math.imul(from[at + 1]!, weight)) | 0;
      blue = (blue + Math.imul(from[at + 2]!, weight)) | 0;
    }
    const target = toAt + out * 4;
    to[target] = red >> PRECISION;
    to[target + 1] = green >> PRECISION;
    to[target + 2] = blue >> PRECISION;
  }
}

function shortenRow(from: Uint8ClampedArray, to: Uint8ClampedArray, row: number, taps: Taps, outWidth: number): void {
  const { first, count, weights, stride } = taps;
  const pitch = outWidth * 4;
  const start = first[row]! * pitch;
  const tap0 = row * stride;
  const last = tap0 + count[row]!;
  for (let column = 0; column < pitch; column += 4) {
    let red = HALF;
    let green = HALF;
    let blue = HALF;
    let at = start + column;
    for (let tap = tap0; tap < last; tap++, at += pitch) {
      const weight = weights[tap]!;
      red = (red + Math.imul(from[at]!, weight)) | 0;
      green = (green + Math.imul(from[at + 1]!, weight)) | 0;
      blue = (blue + Math.imul(from[at + 2]!, weight)) | 0;
    }
    const target = row * pitch + column;
    to[target] = red >> PRECISION;
    to[target + 1] = green >> PRECISION;
    to[target + 2] = blue >> PRECISION;
    to[target + 3] = 255;
  }
}
