/**
 * Resizing as Pillow does it: separable, weights with 22 bits after the point, each pass rounded to bytes. The
 * same integers, so the same pixels (held to Pillow by fixtures).
 */

export type Bytes = Uint8Array<ArrayBuffer>;

interface Filter {
  /** Half the width of the kernel, in source pixels at scale 1. */
  readonly support: number;
  readonly at: (x: number) => number;
}

function sinc(x: number): number {
  if (x === 0) return 1;
  const turned = x * Math.PI;
  return Math.sin(turned) / turned;
}

/** By Pillow's numbers of them (Image.Resampling). */
const FILTERS: Readonly<Record<number, Filter>> = {
  1: { support: 3, at: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
  2: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  3: { support: 2, at: cubic },
  4: { support: 0.5, at: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  5: { support: 1, at: hamming },
};

export const NEAREST = 0;

/** Keys' cubic with a = −0.5. */
function cubic(x: number): number {
  const a = -0.5;
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
}

function hamming(x: number): number {
  const d = Math.abs(x);
  if (d === 0) return 1;
  if (d >= 1) return 0;
  const turned = d * Math.PI;
  return (Math.sin(turned) / turned) * (0.54 + 0.46 * Math.cos(turned));
}

interface Weights {
  /** Weights of one output pixel: this many places in `values`. */
  readonly most: number;
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** 22 bits after the point. */
  readonly values: Int32Array;
}

const BITS = 22;
const HALF = 1 << (BITS - 1);

function weightsOf(source: number, from: number, to: number, length: number, filter: Filter): Weights {
  const scale = Math.fround(to - from) / length;
  const stretch = Math.max(1, scale);
  const support = filter.support * stretch;
  const most = Math.ceil(support) * 2 + 1;
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const values = new Int32Array(length * most);
  const row = new Float64Array(most);
  for (let out = 0; out < length; out += 1) {
    const center = from + (out + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const end = Math.min(source, Math.trunc(center + support + 0.5));
    let sum = 0;
    for (let x = start; x < end; x += 1) {
      const weight = filter.at((x - center + 0.5) * (1 / stretch));
      row[x - start] = weight;
      sum += weight;
    }
    first[out] = start;
    count[out] = Math.max(0, end - start);
    for (let k = 0; k < end - start; k += 1) {
      const weight = (sum === 0 ? row[k]! : row[k]! / sum) * (1 << BITS);
      values[out * most + k] = Math.trunc(weight < 0 ? weight - 0.5 : weight + 0.5);
    }
  }
  return { most, first, count, values };
}

/** A box in source pixels, with fractions. */
export type Region = readonly [x0: number, y0: number, x1: number, y1: number];

/** @returns `outWidth`×`outHeight` pixels of `channels` bytes */
export function resize(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  outWidth: number,
  outHeight: number,
  kind: number,
  ...region: Region
): Bytes {
  if (kind === NEAREST) return nearest(data, width, height, channels, outWidth, outHeight, region);
  const filter = FILTERS[kind];
  if (!filter) throw new RangeError(`no filter ${kind}`);
  // Pillow keeps the box in single precision.
  const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = region.map(Math.fround);
  const isAcross = outWidth !== width || x0 !== 0 || x1 !== outWidth;
  const isDown = outHeight !== height || y0 !== 0 || y1 !== outHeight;
  if (!isAcross && !isDown) return data.slice();
  const across = isAcross ? weightsOf(width, x0, x1, outWidth, filter) : null;
  const down = isDown ? weightsOf(height, y0, y1, outHeight, filter) : null;
  if (!down) return across ? resizeAcross(data, width, channels, 0, height, outWidth, across) : data.slice();
  if (!across) return resizeDown(data, width * channels, 0, outHeight, down);
  // Each pass rounds, so their order counts. Pillow 13's rule, found by trying sizes: what loses many more rows than columns goes down first.
  if (height - outHeight > 2 * Math.max(0, width - outWidth)) {
    const low = resizeDown(data, width * channels, 0, outHeight, down);
    return resizeAcross(low, width, channels, 0, outHeight, outWidth, across);
  }
  // Only the rows that the second pass looks at.
  const top = down.first[0]!;
  const rows = down.first[outHeight - 1]! + down.count[outHeight - 1]! - top;
  const wide = resizeAcross(data, width, channels, top, rows, outWidth, across);
  return resizeDown(wide, outWidth * channels, top, outHeight, down);
}

function nearest(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  outWidth: number,
  outHeight: number,
  [x0, y0, x1, y1]: Region,
): Bytes {
  const out = new Uint8Array(outWidth * outHeight * channels);
  // Added up step by step, as Pillow does: the sums round otherwise than products.
  const columns = stepped(x0, (x1 - x0) / outWidth, outWidth);
  const rows = stepped(y0, (y1 - y0) / outHeight, outHeight);
  let at = 0;
  for (let y = 0; y < outHeight; y += 1) {
    const row = rows[y]!;
    if (row < 0 || row >= height) {
      at += outWidth * channels;
      continue;
    }
    for (let x = 0; x < outWidth; x += 1) {
      const column = columns[x]!;
      const inside = column >= 0 && column < width;
      const from = (row * width + column) * channels;
      for (let c = 0; c < channels; c += 1) out[at++] = inside ? data[from + c]! : 0;
    }
  }
  return out;
}

function stepped(start: number, step: number, length: number): Int32Array {
  const found = new Int32Array(length);
  let at = start + step * 0.5;
  for (let index = 0; index < length; index += 1) {
    found[index] = at < 0 ? -1 : Math.trunc(at);
    at += step;
  }
  return found;
}

function resizeAcross(
  data: Bytes,
  width: number,
  channels: number,
  top: number,
  rows: number,
  outWidth: number,
  { most, first, count, values }: Weights,
): Bytes {
  const bytes = new Uint8Array(outWidth * rows * channels);
  // Stores clamp to a byte.
  const out = new Uint8ClampedArray(bytes.buffer);
  let at = 0;
  for (let y = 0; y < rows; y += 1) {
    const row = (top + y) * width * channels;
    for (let x = 0; x < outWidth; x += 1) {
      let from = row + first[x]! * channels;
      const start = x * most;
      const end = start + count[x]!;
      if (channels === 3) {
        let [r, g, b] = [HALF, HALF, HALF];
        for (let k = start; k < end; k += 1, from += 3) {
          const weight = values[k]!;
          r = (r + Math.imul(data[from]!, weight)) | 0;
          g = (g + Math.imul(data[from + 1]!, weight)) | 0;
          b = (b + Math.imul(data[from + 2]!, weight)) | 0;
        }
        out[at] = r >> BITS;
        out[at + 1] = g >> BITS;
        out[at + 2] = b >> BITS;
        at += 3;
        continue;
      }
      for (let c = 0; c < channels; c += 1) {
        let sum = HALF;
        for (let k = start, p = from + c; k < end; k += 1, p += channels) {
          sum = (sum + Math.imul(data[p]!, values[k]!)) | 0;
        }
        out[at++] = sum >> BITS;
      }
    }
  }
  return bytes;
}

/** `top`: which row of the picture the first row of `data` is. */
function resizeDown(
  data: Bytes,
  stride: number,
  top: number,
  outHeight: number,
  { most, first, count, values }: Weights,
): Bytes {
  const bytes = new Uint8Array(stride * outHeight);
  const out = new Uint8ClampedArray(bytes.buffer);
  const sums = new Int32Array(stride);
  for (let y = 0; y < outHeight; y += 1) {
    const row = (first[y]! - top) * stride;
    const taps = count[y]!;
    const start = y * most;
    const to = y * stride;
    if (taps === 4) {
      const [k0, k1, k2, k3] = [values[start]!, values[start + 1]!, values[start + 2]!, values[start + 3]!];
      const [r1, r2, r3] = [row + stride, row + 2 * stride, row + 3 * stride];
      for (let x = 0; x < stride; x += 1) {
        const sum =
          (HALF +
            Math.imul(data[row + x]!, k0) +
            Math.imul(data[r1 + x]!, k1) +
            Math.imul(data[r2 + x]!, k2) +
            Math.imul(data[r3 + x]!, k3)) |
          0;
        out[to + x] = sum >> BITS;
      }
      continue;
    }
    sums.fill(HALF);
    for (let k = 0; k < taps; k += 1) {
      const weight = values[start + k]!;
      const from = row + k * stride;
      for (let x = 0; x < stride; x += 1) sums[x]! += Math.imul(data[from + x]!, weight);
    }
    for (let x = 0; x < stride; x += 1) out[to + x] = sums[x]! >> BITS;
  }
  return bytes;
}

/** Whole blocks of `across`×`down` pixels averaged, what is left at the right and at the bottom by itself. The box is in whole pixels. */
export function reduce(
  data: Bytes,
  width: number,
  channels: number,
  across: number,
  down: number,
  ...[x0, y0, x1, y1]: Region
): Bytes {
  const outWidth = Math.ceil((x1 - x0) / across);
  const outHeight = Math.ceil((y1 - y0) / down);
  const out = new Uint8Array(outWidth * outHeight * channels);
  let at = 0;
  for (let y = 0; y < outHeight; y += 1) {
    const [top, bottom] = [y0 + y * down, Math.min(y1, y0 + (y + 1) * down)];
    for (let x = 0; x < outWidth; x += 1) {
      const [left, right] = [x0 + x * across, Math.min(x1, x0 + (x + 1) * across)];
      const pixels = (right - left) * (bottom - top);
      // Pillow's division by multiplying: 32 bits, of which the upper eight are the answer.
      const multiplier = Math.floor(Math.fround(2 ** 32 / (256 * pixels)));
      for (let c = 0; c < channels; c += 1) {
        let sum = Math.floor(pixels / 2);
        for (let row = top; row < bottom; row += 1) {
          for (let column = left; column < right; column += 1) sum += data[(row * width + column) * channels + c]!;
        }
        out[at++] = Math.floor((sum * multiplier) / 2 ** 24);
      }
    }
  }
  return out;
}
