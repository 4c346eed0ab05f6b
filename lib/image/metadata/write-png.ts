/** A PNG from its pixels: the chunks that decode it, and nothing else. */
import { join, latin, u32, viewOf, type Bytes } from './bytes';
import { packPixels } from './zlib';

let crcTable: Uint32Array | null = null;

/** By table: pixels are many, and the one of png-text.ts goes bit by bit. */
function crc32(bytes: Uint8Array): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
    return crc;
  });
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

export function pngChunk(name: string, data: Uint8Array): Bytes {
  const chunk = join([u32(data.length), latin(name), data, new Uint8Array(4)]);
  viewOf(chunk).setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

export interface PngPixels {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  /** 0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGBA. */
  readonly colorType: number;
  readonly interlaced?: boolean;
  /** Rows, each behind the number of its filter. */
  readonly rows: Bytes;
  /** Chunks between header and pixels, whole. */
  readonly between?: readonly Uint8Array[];
}

export async function writePng({
  width,
  height,
  depth,
  colorType,
  interlaced,
  rows,
  between,
}: PngPixels): Promise<Bytes> {
  const header = join([u32(width, height), Uint8Array.of(depth, colorType, 0, 0, interlaced ? 1 : 0)]);
  return join([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    pngChunk('IHDR', header),
    ...(between ?? []),
    pngChunk('IDAT', await packPixels(rows)),
    pngChunk('IEND', new Uint8Array()),
  ]);
}

/** Palette and transparency of `colors` (RGBA, one after the other). */
export function paletteChunks(colors: Bytes): Uint8Array[] {
  const count = colors.length / 4;
  const rgb = Uint8Array.from({ length: count * 3 }, (_, at) => colors[Math.floor(at / 3) * 4 + (at % 3)] ?? 0);
  const alpha = Uint8Array.from({ length: count }, (_, at) => colors[at * 4 + 3] ?? 255);
  const last = alpha.findLastIndex((value) => value !== 255);
  return [pngChunk('PLTE', rgb), ...(last < 0 ? [] : [pngChunk('tRNS', alpha.slice(0, last + 1))])];
}

/** Rows without a filter, for palettes. */
export function plainRows(pixels: Bytes, rowBytes: number): Bytes {
  const height = pixels.length / rowBytes;
  const rows = new Uint8Array((rowBytes + 1) * height);
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return rows;
}

/** Rows of pixels of `step` bytes, each with the one of three filters that leaves the smallest numbers. */
export function filteredRows(pixels: Bytes, rowBytes: number, step: number): Bytes {
  const height = pixels.length / rowBytes;
  const rows = new Uint8Array((rowBytes + 1) * height);
  const tried = [0, 1, 2].map((filter) => ({ filter, line: new Uint8Array(rowBytes) }));
  for (let row = 0; row < height; row++) {
    const start = row * rowBytes;
    let [best, least] = [tried[0]!, Number.POSITIVE_INFINITY];
    for (const candidate of tried) {
      const back = candidate.filter === 1 ? step : candidate.filter === 2 ? rowBytes : 0;
      let sum = 0;
      for (let x = 0; x < rowBytes; x++) {
        const known = back > 0 && (candidate.filter === 1 ? x >= step : row > 0);
        const left = ((pixels[start + x] ?? 0) - (known ? (pixels[start + x - back] ?? 0) : 0)) & 255;
        candidate.line[x] = left;
        sum += left < 128 ? left : 256 - left;
      }
      if (sum < least) [best, least] = [candidate, sum];
    }
    rows[row * (rowBytes + 1)] = best.filter;
    rows.set(best.line, row * (rowBytes + 1) + 1);
  }
  return rows;
}
