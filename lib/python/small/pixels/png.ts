/** The rows of a PNG, before and after they are compressed: Python's zlib does that. */
import type { Bytes } from './resample';

/** Each row behind its filter: none. */
export function toRows(data: Bytes, stride: number): Bytes {
  const rows = data.length / stride;
  const out = new Uint8Array(data.length + rows);
  for (let y = 0; y < rows; y += 1) out.set(data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  return out;
}

/** Rows as they were filtered (PNG, section 9), `step` bytes from a pixel to the next. */
export function fromRows(rows: Bytes, stride: number, height: number, step: number): Bytes {
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const kind = rows[y * (stride + 1)]!;
    const from = y * (stride + 1) + 1;
    const to = y * stride;
    for (let x = 0; x < stride; x += 1) {
      const left = x < step ? 0 : out[to + x - step]!;
      const up = y === 0 ? 0 : out[to + x - stride]!;
      const corner = x < step || y === 0 ? 0 : out[to + x - stride - step]!;
      out[to + x] = rows[from + x]! + guess(kind, left, up, corner);
    }
  }
  return out;
}

function guess(kind: number, left: number, up: number, corner: number): number {
  if (kind === 1) return left;
  if (kind === 2) return up;
  if (kind === 3) return (left + up) >> 1;
  if (kind !== 4) return 0;
  const sum = left + up - corner;
  const [a, b, c] = [Math.abs(sum - left), Math.abs(sum - up), Math.abs(sum - corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}
