/**
 * The size that a picture's header claims, read before anything is decoded, so that a picture too large to open is refused
 * without spending its memory. Stored size: orientation is not applied. Never throws; null where the header does not say.
 */
import type { Size } from '@/lib/geometry';
import { createByteReader, type ByteReader } from './byte-reader';
import type { ImageFormat } from './sniff';

/** Most pixels that are opened: what cameras of phones give (48 MP) fits. */
export const MAX_PIXELS = 50_000_000;

/** Most bytes of a file that are read. */
export const MAX_FILE_BYTES = 256 * 1024 * 1024;

function sized(width: number | null, height: number | null): Size | null {
  return width === null || height === null ? null : { width, height };
}

function readPng(reader: ByteReader): Size | null {
  return reader.text(12, 4) === 'IHDR' ? sized(reader.u32(16), reader.u32(20)) : null;
}

function readJpeg(reader: ByteReader): Size | null {
  let at = 2;
  for (;;) {
    if (reader.u8(at) !== 0xff) return null;
    const marker = reader.u8(at + 1);
    if (marker === null || marker === 0xda || marker === 0xd9) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = reader.u16(at + 2);
    if (length === null || length < 2) return null;
    // SOF0–SOF15 without DHT (c4), JPG (c8) and DAC (cc).
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return sized(reader.u16(at + 7), reader.u16(at + 5));
    }
    at += 2 + length;
  }
}

function readWebp(reader: ByteReader): Size | null {
  const chunk = reader.text(12, 4);
  if (chunk === 'VP8 ') {
    const width = reader.u16(26, true);
    const height = reader.u16(28, true);
    return width === null || height === null ? null : { width: width & 0x3fff, height: height & 0x3fff };
  }
  if (chunk === 'VP8L') {
    const bits = reader.u32(21, true);
    return bits === null ? null : { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk === 'VP8X') {
    const width = reader.u32(24, true);
    const height = reader.u32(26, true);
    return width === null || height === null ? null : { width: (width & 0xffffff) + 1, height: (height >>> 8) + 1 };
  }
  return null;
}

function readGif(reader: ByteReader): Size | null {
  return sized(reader.u16(6, true), reader.u16(8, true));
}

function readBmp(reader: ByteReader): Size | null {
  if (reader.u32(14, true) === 12) return sized(reader.u16(18, true), reader.u16(20, true));
  const width = reader.u32(18, true);
  const height = reader.u32(22, true);
  // Signed; a negative height means that rows run from the top.
  return width === null || height === null ? null : { width: Math.abs(width | 0), height: Math.abs(height | 0) };
}

/** Boxes to walk into, with the bytes of their own header after the box header. */
const CONTAINERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

/** The largest `ispe` (image spatial extents): of a tiled picture that is the whole, not a tile or a thumbnail. */
function largestExtent(reader: ByteReader, start: number, end: number, depth: number): Size | null {
  let largest: Size | null = null;
  const consider = (size: Size | null): void => {
    if (size && (!largest || size.width * size.height > largest.width * largest.height)) largest = size;
  };
  for (let at = start; at + 8 <= end;) {
    const size = reader.u32(at);
    const name = reader.text(at + 4, 4);
    if (size === null || name === null) break;
    // 0 runs to the end; 1 (a 64-bit size) is used by media data only, which comes after what is looked for.
    if (size === 1 || (size !== 0 && size < 8)) break;
    const next = size === 0 ? end : Math.min(end, at + size);
    if (name === 'ispe') consider(sized(reader.u32(at + 12), reader.u32(at + 16)));
    const header = CONTAINERS[name];
    if (header !== undefined && depth < 4) consider(largestExtent(reader, at + 8 + header, next, depth + 1));
    at = next;
  }
  return largest;
}

function readIsoMedia(reader: ByteReader): Size | null {
  return largestExtent(reader, 0, reader.length, 0);
}

const READERS = {
  png: readPng,
  jpeg: readJpeg,
  webp: readWebp,
  gif: readGif,
  bmp: readBmp,
  avif: readIsoMedia,
  heic: readIsoMedia,
} satisfies Record<ImageFormat, (reader: ByteReader) => Size | null>;

export function readHeaderSize(bytes: Uint8Array, format: ImageFormat): Size | null {
  const size = READERS[format](createByteReader(bytes));
  return size && size.width > 0 && size.height > 0 ? size : null;
}
