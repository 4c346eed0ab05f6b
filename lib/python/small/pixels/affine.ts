/** Turning by any angle: from each pixel of the outcome back into the source by a matrix, as Pillow's Geometry has it. */
import { NEAREST, type Bytes } from './resample';

/** (a, b, c, d, e, f): x = a·X + b·Y + c, y = d·X + e·Y + f. */
type Matrix = readonly [number, number, number, number, number, number];

const BILINEAR = 2;

/** `out` holds the color that shows where nothing of the source comes to lie; it is written into, and handed back. */
export function affine(
  data: Bytes,
  width: number,
  height: number,
  channels: number,
  out: Bytes,
  outWidth: number,
  outHeight: number,
  kind: number,
  ...matrix: Matrix
): Bytes {
  const picture = { data, width, height, channels };
  if (kind === NEAREST) fixedPoint(picture, out, outWidth, outHeight, matrix);
  else interpolated(picture, out, outWidth, outHeight, kind, matrix);
  return out;
}

interface Picture {
  readonly data: Bytes;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/** Sixteen bits after the point, as Pillow reckons: floating point would choose other neighbors here and there. */
function fixedPoint(
  { data, width, height, channels }: Picture,
  out: Bytes,
  outWidth: number,
  outHeight: number,
  [a, b, c, d, e, f]: Matrix,
): void {
  const fix = (value: number): number => Math.floor(value * 65536 + 0.5);
  const [ax, ay, dx, dy] = [fix(a), fix(b), fix(d), fix(e)];
  let [startX, startY] = [fix(c + a * 0.5 + b * 0.5), fix(f + d * 0.5 + e * 0.5)];
  let at = 0;
  for (let y = 0; y < outHeight; y += 1) {
    let [sx, sy] = [startX, startY];
    for (let x = 0; x < outWidth; x += 1) {
      const [px, py] = [Math.floor(sx / 65536), Math.floor(sy / 65536)];
      if (px >= 0 && px < width && py >= 0 && py < height) {
        const from = (py * width + px) * channels;
        for (let channel = 0; channel < channels; channel += 1) out[at + channel] = data[from + channel]!;
      }
      at += channels;
      sx += ax;
      sy += dx;
    }
    startX += ay;
    startY += dy;
  }
}

function interpolated(
  picture: Picture,
  out: Bytes,
  outWidth: number,
  outHeight: number,
  kind: number,
  [a, b, c, d, e, f]: Matrix,
): void {
  const { width, height, channels } = picture;
  const sample = kind === BILINEAR ? bilinear : bicubic;
  let at = 0;
  for (let y = 0; y < outHeight; y += 1) {
    for (let x = 0; x < outWidth; x += 1, at += channels) {
      const sx = a * (x + 0.5) + b * (y + 0.5) + c;
      const sy = d * (x + 0.5) + e * (y + 0.5) + f;
      if (sx < 0 || sx >= width || sy < 0 || sy >= height) continue;
      for (let channel = 0; channel < channels; channel += 1) {
        const value = sample(picture, sx - 0.5, sy - 0.5, channel);
        out[at + channel] = Math.max(0, Math.min(255, Math.trunc(value)));
      }
    }
  }
}

const inside = (value: number, length: number): number => Math.max(0, Math.min(length - 1, value));

function bilinear({ data, width, height, channels }: Picture, x: number, y: number, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [dx, dy] = [x - left, y - top];
  const [x0, x1] = [inside(left, width) * channels + channel, inside(left + 1, width) * channels + channel];
  const line = (row: number): number => {
    const at = inside(row, height) * width * channels;
    const first = data[at + x0]!;
    return first + (data[at + x1]! - first) * dx;
  };
  const upper = line(top);
  return upper + (line(top + 1) - upper) * dy;
}

function cubicAt(v1: number, v2: number, v3: number, v4: number, d: number): number {
  return v2 + d * (-v1 + v3 + d * (2 * (v1 - v2) + v3 - v4 + d * (-v1 + v2 - v3 + v4)));
}

function bicubic({ data, width, height, channels }: Picture, x: number, y: number, channel: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [dx, dy] = [x - left, y - top];
  const at = (column: number): number => inside(left + column, width) * channels + channel;
  const [x0, x1, x2, x3] = [at(-1), at(0), at(1), at(2)];
  const line = (row: number): number => {
    const from = inside(top + row, height) * width * channels;
    return cubicAt(data[from + x0]!, data[from + x1]!, data[from + x2]!, data[from + x3]!, dx);
  };
  return cubicAt(line(-1), line(0), line(1), line(2), dy);
}
