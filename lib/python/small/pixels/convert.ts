/** From one mode to another, as Pillow's Convert has it, and what is done to channels by themselves. */
import type { Bytes } from './resample';
import { mix } from './bytes';

/** ITU-R 601, 16 bits after the point. */
const luma = (r: number, g: number, b: number): number => (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;

/** How many of a mode's channels are colors: 1 (gray) or 3; one more is alpha. */
const colorsOf = (channels: number): number => (channels < 3 ? 1 : 3);
const hasAlpha = (channels: number): boolean => channels === 2 || channels === 4;

/** Between L, LA, RGB and RGBA, told by their channels. Alpha that is left out is gone, alpha that is new is 255. */
export function convert(data: Bytes, channels: number, outChannels: number): Bytes {
  const pixels = data.length / channels;
  const out = new Uint8Array(pixels * outChannels);
  const [colors, outColors] = [colorsOf(channels), colorsOf(outChannels)];
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    const from = pixel * channels;
    const to = pixel * outChannels;
    if (colors === outColors) for (let c = 0; c < colors; c += 1) out[to + c] = data[from + c]!;
    else if (outColors === 1) out[to] = luma(data[from]!, data[from + 1]!, data[from + 2]!);
    else out.fill(data[from]!, to, to + 3);
    if (hasAlpha(outChannels)) out[to + outColors] = hasAlpha(channels) ? data[from + colors]! : 255;
  }
  return out;
}

/** Colors times alpha: between pixels that are partly clear only those can be mixed. */
export function premultiply(data: Bytes, channels: number): Bytes {
  const out = data.slice();
  for (let at = 0; at < out.length; at += channels) {
    const alpha = out[at + channels - 1]!;
    for (let c = 0; c < channels - 1; c += 1) out[at + c] = mix(alpha, 0, out[at + c]!);
  }
  return out;
}

/** The way back. */
export function unpremultiply(data: Bytes, channels: number): Bytes {
  const out = data.slice();
  for (let at = 0; at < out.length; at += channels) {
    const alpha = out[at + channels - 1]!;
    if (alpha === 0 || alpha === 255) continue;
    for (let c = 0; c < channels - 1; c += 1) out[at + c] = Math.min(255, Math.floor((255 * out[at + c]!) / alpha));
  }
  return out;
}

/** To black and white at a threshold, or with the error handed on (Floyd and Steinberg's way, Pillow's default). */
export function toBlackAndWhite(data: Bytes, width: number, height: number, channels: number, dithers: boolean): Bytes {
  const out = new Uint8Array(width * height);
  const thousandths = (pixel: number): number => {
    const at = pixel * channels;
    return channels < 3 ? data[at]! * 1000 : data[at]! * 299 + data[at + 1]! * 587 + data[at + 2]! * 114;
  };
  if (!dithers) {
    for (let pixel = 0; pixel < out.length; pixel += 1) out[pixel] = thousandths(pixel) >= 128_000 ? 255 : 0;
    return out;
  }
  const errors = new Int32Array(width + 1);
  for (let y = 0; y < height; y += 1) {
    let [level, l0, l1] = [0, 0, 0];
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      level = Math.max(
        0,
        Math.min(255, Math.trunc(thousandths(at) / 1000) + Math.trunc((level + errors[x + 1]!) / 16)),
      );
      out[at] = level > 128 ? 255 : 0;
      level -= out[at];
      const [once, twice] = [level, level + level];
      level += twice;
      errors[x] = level + l0;
      level += twice;
      l0 = level + l1;
      l1 = once;
      level += twice;
    }
    errors[width] = l0;
  }
  return out;
}

/** Hue, saturation and value, a byte each. */
export function toHsv(data: Bytes): Bytes {
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 3) {
    const [r, g, b] = [data[at]!, data[at + 1]!, data[at + 2]!];
    const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
    out[at + 2] = most;
    if (most === least) continue;
    const spread = Math.fround(most - least);
    const far = (value: number): number => Math.fround((most - value) / spread);
    const [rc, gc, bc] = [far(r), far(g), far(b)];
    const sixth = r === most ? bc - gc : g === most ? Math.fround(2 + rc - bc) : Math.fround(4 + gc - rc);
    const hue = Math.fround((sixth / 6 + 1) % 1);
    out[at] = Math.max(0, Math.min(255, Math.trunc(hue * 255)));
    out[at + 1] = Math.max(0, Math.min(255, Math.trunc(Math.fround(spread / most) * 255)));
  }
  return out;
}

/** One channel by itself. */
export function channelOf(data: Bytes, channels: number, index: number): Bytes {
  const out = new Uint8Array(data.length / channels);
  for (let pixel = 0; pixel < out.length; pixel += 1) out[pixel] = data[pixel * channels + index]!;
  return out;
}

/** Channels put together. */
export function merge(...bands: readonly Bytes[]): Bytes {
  const out = new Uint8Array((bands[0]?.length ?? 0) * bands.length);
  for (const [index, band] of bands.entries()) {
    for (let pixel = 0; pixel < band.length; pixel += 1) out[pixel * bands.length + index] = band[pixel]!;
  }
  return out;
}

/** Each byte looked up: a table of 256 for each channel. */
export function lookUp(data: Bytes, channels: number, table: Bytes): Bytes {
  const out = new Uint8Array(data.length);
  for (let at = 0; at < data.length; at += 1) out[at] = table[(at % channels) * 256 + data[at]!]!;
  return out;
}

/** Bits to bytes of 0 and 255 and back, rows filled up to whole bytes: how Pillow writes mode 1. */
export function unpackBits(data: Bytes, width: number, height: number): Bytes {
  const stride = Math.ceil(width / 8);
  const out = new Uint8Array(width * height);
  for (let at = 0; at < out.length; at += 1) {
    const [y, x] = [Math.floor(at / width), at % width];
    out[at] = (data[y * stride + (x >> 3)]! >> (7 - (x & 7))) & 1 ? 255 : 0;
  }
  return out;
}

export function packBits(data: Bytes, width: number, height: number): Bytes {
  const stride = Math.ceil(width / 8);
  const out = new Uint8Array(stride * height);
  for (let at = 0; at < data.length; at += 1) {
    const [y, x] = [Math.floor(at / width), at % width];
    if (data[at] !== 0) out[y * stride + (x >> 3)]! |= 128 >> (x & 7);
  }
  return out;
}
