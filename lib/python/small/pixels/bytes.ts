/** Pictures as bytes: made, cut, laid into each other, turned. Row by row from the top, `channels` bytes a pixel. */
import type { Bytes } from './resample';

/** What Python hands over by reference: its buffer is read, and let go. */
interface PythonBuffer {
  readonly getBuffer: (kind: 'u8') => { readonly data: Uint8Array; readonly release: () => void };
}

/** A copy of Python's bytes. */
export function fromBuffer(python: PythonBuffer): Bytes {
  const buffer = python.getBuffer('u8');
  try {
    return new Uint8Array(buffer.data);
  } finally {
    buffer.release();
  }
}

export const copy = (data: Bytes): Bytes => data.slice();

/** A picture of one color, a number from 0 to 255 for each channel. */
export function filled(width: number, height: number, ...color: readonly number[]): Bytes {
  const out = new Uint8Array(width * height * color.length);
  if (color.every((value) => value === color[0])) return out.fill(color[0] ?? 0);
  for (let at = 0; at < out.length;) for (const value of color) out[at++] = value;
  return out;
}

/** From (x0, y0) on, `outWidth`×`outHeight` pixels; zeros outside the picture. */
export function crop(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  x0: number,
  y0: number,
  outWidth: number,
  outHeight: number,
): Bytes {
  const out = new Uint8Array(outWidth * outHeight * channels);
  const [left, right] = [Math.max(0, x0), Math.min(width, x0 + outWidth)];
  if (left >= right) return out;
  for (let y = Math.max(0, y0); y < Math.min(height, y0 + outHeight); y += 1) {
    const row = data.subarray((y * width + left) * channels, (y * width + right) * channels);
    out.set(row, ((y - y0) * outWidth + left - x0) * channels);
  }
  return out;
}

/** (a·(255 − mask) + b·mask) / 255, rounded as Pillow rounds it. */
export function mix(mask: number, a: number, b: number): number {
  const sum = a * (255 - mask) + b * mask + 128;
  return ((sum >> 8) + sum) >> 8;
}

/**
 * `source` laid into `data` with its corner at (x0, y0); where there is a mask, by as much as its last channel says. `source` has the
 * channels of the picture, or one more, which is left out.
 */
export function paste(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  source: Bytes,
  sourceWidth: number,
  sourceHeight: number,
  sourceChannels: number,
  x0: number,
  y0: number,
  mask?: Bytes,
  maskChannels = 1,
): void {
  const [left, right] = [Math.max(0, x0), Math.min(width, x0 + sourceWidth)];
  for (let y = Math.max(0, y0); y < Math.min(height, y0 + sourceHeight); y += 1) {
    for (let x = left; x < right; x += 1) {
      const pixel = (y - y0) * sourceWidth + x - x0;
      const to = (y * width + x) * channels;
      const by = mask ? mask[pixel * maskChannels + maskChannels - 1]! : 255;
      for (let c = 0; c < channels; c += 1) {
        data[to + c] = mix(by, data[to + c]!, source[pixel * sourceChannels + c]!);
      }
    }
  }
}

/** A color laid over a region by a mask of its size: how text gets onto a picture. `hasAlpha`: the last channel is one. */
export function fillBy(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  mask: Bytes,
  maskWidth: number,
  maskHeight: number,
  x0: number,
  y0: number,
  hasAlpha: boolean,
  ...color: readonly number[]
): void {
  for (let y = Math.max(0, y0); y < Math.min(height, y0 + maskHeight); y += 1) {
    for (let x = Math.max(0, x0); x < Math.min(width, x0 + maskWidth); x += 1) {
      const by = mask[(y - y0) * maskWidth + x - x0]!;
      if (by === 0) continue;
      const to = (y * width + x) * channels;
      const isClear = hasAlpha && data[to + channels - 1] === 0;
      for (let c = 0; c < channels; c += 1) {
        // Color laid on what is clear is not mixed with what shines through: there is nothing.
        const share = isClear && c !== channels - 1 ? 255 : by;
        data[to + c] = mix(share, data[to + c]!, color[c]!);
      }
    }
  }
}

/** From where in the source comes the pixel at (x, y) of the outcome, by Pillow's numbers (Image.Transpose). */
const TURNS: readonly ((x: number, y: number, width: number, height: number) => number)[] = [
  (x, y, width) => y * width + width - 1 - x,
  (x, y, width, height) => (height - 1 - y) * width + x,
  (x, y, width) => x * width + width - 1 - y,
  (x, y, width, height) => (height - 1 - y) * width + width - 1 - x,
  (x, y, width, height) => (height - 1 - x) * width + y,
  (x, y, width) => x * width + y,
  (x, y, width, height) => (height - 1 - x) * width + width - 1 - y,
];

/** From this method on, width and height change places; 0, 1 and 3 keep them. */
export function transpose(data: Bytes, width: number, height: number, channels: number, method: number): Bytes {
  const from = TURNS[method];
  if (!from) throw new RangeError(`no method ${method}`);
  const keeps = method === 0 || method === 1 || method === 3;
  const [outWidth, outHeight] = keeps ? [width, height] : [height, width];
  const out = new Uint8Array(data.length);
  let at = 0;
  for (let y = 0; y < outHeight; y += 1) {
    for (let x = 0; x < outWidth; x += 1) {
      const source = from(x, y, width, height) * channels;
      for (let c = 0; c < channels; c += 1) out[at++] = data[source + c]!;
    }
  }
  return out;
}
