/**
 * BMP: its pixels, as a PNG. A bitmap has gaps before its pixels, a fourth byte beside every three, padding behind its rows and
 * anything behind the last, none of which is seen. Uncompressed bitmaps of the common depths are read here; the others (run
 * lengths, masks, alpha, profiles) give null, and are drawn again by the browser.
 */
import { MAX_PIXELS } from '../header-size';
import { ascii, viewOf, type Bytes } from './bytes';
import { filteredRows, paletteChunks, plainRows, writePng } from './write-png';

const HEADERS = new Set([40, 52, 56, 108, 124]);
/** Colors without a space of their own: "sRGB" and "Win ". */
const PLAIN_SPACES = new Set([0x73524742, 0x57696e20]);

interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly fromTop: boolean;
  readonly palette: Bytes;
  readonly pixelsAt: number;
}

function readHeader(bytes: Bytes): Bitmap | null {
  if (bytes.length < 54 || ascii(bytes, 0, 2) !== 'BM') return null;
  const view = viewOf(bytes);
  const header = view.getUint32(14, true);
  const [width, signed, depth] = [view.getInt32(18, true), view.getInt32(22, true), view.getUint16(28, true)];
  const height = Math.abs(signed);
  if (!HEADERS.has(header) || bytes.length < 14 + header || width <= 0 || height === 0) return null;
  if (width * height > MAX_PIXELS || ![1, 4, 8, 24, 32].includes(depth) || view.getUint32(30, true) !== 0) return null;
  if (header >= 108 && !PLAIN_SPACES.has(view.getUint32(70, true))) return null;
  // With a newer header the fourth byte may be alpha.
  if (depth === 32 && header > 40) return null;
  const colors = depth > 8 ? 0 : view.getUint32(46, true) || 1 << depth;
  const pixelsAt = view.getUint32(10, true);
  const paletteAt = 14 + header;
  if (colors > 256 || paletteAt + colors * 4 > pixelsAt) return null;
  const palette = bytes.slice(paletteAt, paletteAt + colors * 4);
  return { width, height, depth, fromTop: signed < 0, palette, pixelsAt };
}

export async function bmpToPng(bytes: Bytes): Promise<Bytes | null> {
  const bitmap = readHeader(bytes);
  if (!bitmap) return null;
  const { width, height, depth, fromTop, palette, pixelsAt } = bitmap;
  const stride = Math.ceil((width * depth) / 32) * 4;
  if (pixelsAt + stride * height > bytes.length) return null;
  const rowAt = (row: number): number => pixelsAt + stride * (fromTop ? row : height - 1 - row);

  if (depth > 8) {
    const step = depth / 8;
    const pixels = new Uint8Array(width * height * 3);
    for (let row = 0, out = 0; row < height; row++) {
      for (let x = 0, at = rowAt(row); x < width; x++, at += step) {
        pixels[out++] = bytes[at + 2]!;
        pixels[out++] = bytes[at + 1]!;
        pixels[out++] = bytes[at]!;
      }
    }
    return writePng({ width, height, depth: 8, colorType: 2, rows: filteredRows(pixels, width * 3, 3) });
  }
  const places = new Int16Array(256).fill(-1);
  const colors: number[] = [];
  const pixels = new Uint8Array(width * height);
  for (let row = 0, out = 0; row < height; row++) {
    const start = rowAt(row);
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      const value = (bytes[start + (bit >> 3)]! >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
      if (places[value]! < 0) {
        const at = value * 4;
        if (at >= palette.length) return null;
        places[value] = colors.length / 4;
        colors.push(palette[at + 2]!, palette[at + 1]!, palette[at]!, 255);
      }
      pixels[out++] = places[value]!;
    }
  }
  return writePng({
    ...{ width, height, depth: 8, colorType: 3, rows: plainRows(pixels, width) },
    between: paletteChunks(Uint8Array.from(colors)),
  });
}
