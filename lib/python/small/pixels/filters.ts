/** Blurs, kernels and mixtures, with Pillow's arithmetic in single precision. */
import { transpose } from './bytes';
import type { Bytes } from './resample';

const clip = (value: number): number => (value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value));

/** Between two pictures; beyond 0 and 1 the difference goes on. */
export function blend(a: Bytes, b: Bytes, share: number): Bytes {
  const alpha = Math.fround(share);
  const out = new Uint8Array(a.length);
  for (let at = 0; at < a.length; at += 1) {
    out[at] = clip(Math.fround(a[at]! + Math.fround(alpha * (b[at]! - a[at]!))));
  }
  return out;
}

/** One RGBA picture over another of its size, as light would have it. */
export function alphaComposite(below: Bytes, above: Bytes): Bytes {
  const out = new Uint8Array(below.length);
  const by255 = (value: number): number => ((value >> 8) + value) >> 8;
  for (let at = 0; at < out.length; at += 4) {
    const alpha = above[at + 3]!;
    if (alpha === 0) {
      out.set(below.subarray(at, at + 4), at);
      continue;
    }
    const whole = alpha * 255 + below[at + 3]! * (255 - alpha);
    const share = Math.floor((alpha * 255 * 255 * 128) / whole);
    const rest = 255 * 128 - share;
    for (let c = 0; c < 3; c += 1) {
      const sum = above[at + c]! * share + below[at + c]! * rest + 0x4000;
      out[at + c] = by255(sum) >> 7;
    }
    out[at + 3] = by255(whole + 128);
  }
  return out;
}

/** A kernel of 3×3 or 5×5 numbers, from its lowest row up (Pillow turns them over); the margin that it does not reach is kept. */
export function convolve(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  scale: number,
  offset: number,
  ...kernel: readonly number[]
): Bytes {
  const side = Math.sqrt(kernel.length);
  const margin = (side - 1) / 2;
  const weights = kernel.map((value) => Math.fround(Math.fround(value) / Math.fround(scale)));
  const out = data.slice();
  for (let y = margin; y < height - margin; y += 1) {
    for (let x = margin; x < width - margin; x += 1) {
      for (let c = 0; c < channels; c += 1) {
        let sum = Math.fround(offset + 0.5);
        for (let line = 0; line < side; line += 1) {
          const from = ((y + margin - line) * width + x - margin) * channels + c;
          let part = 0;
          for (let k = 0; k < side; k += 1) {
            part = Math.fround(part + Math.fround(data[from + k * channels]! * weights[line * side + k]!));
          }
          sum = Math.fround(sum + part);
        }
        out[(y * width + x) * channels + c] = clip(sum);
      }
    }
  }
  return out;
}

/** The mean over `radius` pixels to each side, with fractions; the edge goes on outside. */
export function boxBlur(data: Bytes, width: number, height: number, channels: number, x: number, y: number): Bytes {
  return blurred(data, width, height, channels, x, y, 1);
}

/** Three box blurs, which come near to it. */
export function gaussianBlur(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  x: number,
  y: number,
): Bytes {
  return blurred(data, width, height, channels, boxRadius(x), boxRadius(y), PASSES);
}

const PASSES = 3;

function boxRadius(sigma: number): number {
  const variance = (sigma * sigma) / PASSES;
  const length = Math.sqrt(12 * variance + 1);
  const whole = Math.floor((length - 1) / 2);
  const over = ((2 * whole + 1) * (whole * (whole + 1) - 3 * variance)) / (6 * (variance - (whole + 1) ** 2));
  return Math.fround(whole + over);
}

function blurred(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  x: number,
  y: number,
  passes: number,
): Bytes {
  let pixels = data;
  if (x > 0) for (let pass = 0; pass < passes; pass += 1) pixels = blurRows(pixels, width, height, channels, x);
  if (y > 0) {
    pixels = transpose(pixels, width, height, channels, 5);
    for (let pass = 0; pass < passes; pass += 1) pixels = blurRows(pixels, height, width, channels, y);
    pixels = transpose(pixels, height, width, channels, 5);
  }
  return pixels === data ? data.slice() : pixels;
}

function blurRows(data: Bytes, width: number, height: number, channels: number, radius: number): Bytes {
  const whole = Math.trunc(radius);
  const inner = Math.floor(Math.fround(2 ** 24 / Math.fround(Math.fround(radius * 2) + 1)));
  const outer = Math.floor((2 ** 24 - (whole * 2 + 1) * inner) / 2);
  const out = new Uint8Array(data.length);
  const last = width - 1;
  const within = (x: number): number => (x < 0 ? 0 : x > last ? last : x);
  for (let y = 0; y < height; y += 1) {
    for (let c = 0; c < channels; c += 1) {
      const at = (x: number): number => data[(y * width + within(x)) * channels + c]!;
      let sum = 0;
      for (let x = -whole - 1; x < whole; x += 1) sum += at(x);
      for (let x = 0; x < width; x += 1) {
        sum += at(x + whole) - at(x - whole - 1);
        const value = sum * inner + (at(x - whole - 1) + at(x + whole + 1)) * outer;
        out[(y * width + x) * channels + c] = Math.floor((value + 2 ** 23) / 2 ** 24);
      }
    }
  }
  return out;
}

/** What a blur takes away, given back `percent` times over where it is more than the threshold. */
export function unsharpMask(data: Bytes, soft: Bytes, percent: number, threshold: number): Bytes {
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1) {
    const difference = data[at]! - soft[at]!;
    const change = Math.abs(difference) > threshold ? Math.trunc((difference * percent) / 100) : 0;
    out[at] = clip(data[at]! + change);
  }
  return out;
}

/** The value at that place among the sorted ones of a square window; at the edge the picture goes on. */
export function rank(data: Bytes, width: number, height: number, channels: number, side: number, place: number): Bytes {
  const margin = (side - 1) / 2;
  const out = new Uint8Array(data.length);
  const seen = new Uint8Array(side * side);
  const inside = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let c = 0; c < channels; c += 1) {
        let count = 0;
        for (let dy = -margin; dy <= margin; dy += 1) {
          for (let dx = -margin; dx <= margin; dx += 1) {
            seen[count++] = data[(inside(y + dy, height) * width + inside(x + dx, width)) * channels + c]!;
          }
        }
        out[(y * width + x) * channels + c] = seen.toSorted()[place]!;
      }
    }
  }
  return out;
}

/** How two pictures differ: |a − b|, or a·b/255. */
export function difference(a: Bytes, b: Bytes): Bytes {
  return a.map((value, at) => Math.abs(value - b[at]!));
}

export function multiply(a: Bytes, b: Bytes): Bytes {
  return a.map((value, at) => Math.floor((value * b[at]!) / 255));
}
