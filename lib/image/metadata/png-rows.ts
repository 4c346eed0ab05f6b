/**
 * The rows of a PNG: how long they are, and, for pixels smaller than a byte and for palettes, what is in them beside pixels. A
 * row's last byte may have bits that no pixel uses, and a palette colors that none does.
 */
import type { Bytes } from './bytes';

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  readonly interlaced: boolean;
}

const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
/** Adam7: where the pixels of a pass begin, and how far apart they are. */
const PASSES = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

export function isKnownKind({ depth, colorType }: PngHeader): boolean {
  return DEPTHS[colorType]?.includes(depth) ?? false;
}

interface Pass {
  readonly width: number;
  readonly height: number;
  readonly rowBytes: number;
}

export function passesOf({ width, height, depth, colorType, interlaced }: PngHeader): readonly Pass[] {
  const bits = depth * (CHANNELS[colorType] ?? 0);
  const sized = (columns: number, rows: number): Pass => ({
    width: columns,
    height: rows,
    rowBytes: Math.ceil((columns * bits) / 8),
  });
  if (!interlaced) return [sized(width, height)];
  return PASSES.map(([x, y, across, down]) =>
    sized(Math.max(0, Math.ceil((width - x) / across)), Math.max(0, Math.ceil((height - y) / down))),
  ).filter((pass) => pass.width > 0 && pass.height > 0);
}

export function rowsLength(passes: readonly Pass[]): number {
  return passes.reduce((sum, { height, rowBytes }) => sum + height * (rowBytes + 1), 0);
}

/** True where every row names a filter that there is. */
export function hasKnownFilters(rows: Bytes, passes: readonly Pass[]): boolean {
  let at = 0;
  for (const { height, rowBytes } of passes) {
    for (let row = 0; row < height; row++, at += rowBytes + 1) if ((rows[at] ?? 9) > 4) return false;
  }
  return true;
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** Takes the filters off, in place. Pixels are of one byte or less. */
function unfilter(rows: Bytes, start: number, { height, rowBytes }: Pass): void {
  for (let row = 0; row < height; row++) {
    const begin = start + row * (rowBytes + 1) + 1;
    const filter = rows[begin - 1];
    rows[begin - 1] = 0;
    if (filter === 0) continue;
    for (let x = 0; x < rowBytes; x++) {
      const left = x > 0 ? (rows[begin + x - 1] ?? 0) : 0;
      const up = row > 0 ? (rows[begin + x - rowBytes - 1] ?? 0) : 0;
      const corner = x > 0 && row > 0 ? (rows[begin + x - rowBytes - 2] ?? 0) : 0;
      const guess = filter === 1 ? left : filter === 2 ? up : filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
      rows[begin + x] = (rows[begin + x] ?? 0) + guess;
    }
  }
}

/** Small pixels without filters, and without what stands behind a row's last one; and which values occur. In place. */
export function bareSmallPixels(rows: Bytes, passes: readonly Pass[], depth: number): Uint8Array {
  const seen = new Uint8Array(256);
  let start = 0;
  for (const pass of passes) {
    unfilter(rows, start, pass);
    const spare = pass.rowBytes * 8 - pass.width * depth;
    for (let row = 0; row < pass.height; row++) {
      const begin = start + row * (pass.rowBytes + 1) + 1;
      if (spare > 0) rows[begin + pass.rowBytes - 1]! &= 0xff << spare;
      for (let x = 0; x < pass.width; x++) {
        const bit = x * depth;
        const value = (rows[begin + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7));
        seen[value & ((1 << depth) - 1)] = 1;
      }
    }
    start += pass.height * (pass.rowBytes + 1);
  }
  return seen;
}
