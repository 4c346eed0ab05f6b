/**
 * The one thing Loupe reads of a picture's metadata: the EXIF orientation (1–8). JPEG (APP1), WebP (EXIF chunk) and PNG
 * (eXIf chunk). HEIC and AVIF turn by their own boxes (irot, imir), which decoders apply; their EXIF value is ignored, as
 * the standard asks. Nothing else of EXIF is read, and the reader never throws: whatever it cannot follow means 1.
 */
import { createByteReader, type ByteReader } from './byte-reader';
import type { ImageFormat } from './sniff';

export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;
const SHORT = 3;

/** Most entries looked at in one directory; a real one has about thirty. */
const MAX_ENTRIES = 1024;

/** Reads the orientation from a TIFF block at `start` ("II*\0" or "MM\0*"); null where there is none. */
function readTiff(reader: ByteReader, start: number): number | null {
  const order = reader.text(start, 2);
  if (order !== 'II' && order !== 'MM') return null;
  const little = order === 'II';
  if (reader.u16(start + 2, little) !== 42) return null;
  const directory = reader.u32(start + 4, little);
  if (directory === null) return null;
  const count = reader.u16(start + directory, little);
  if (count === null) return null;
  for (let i = 0; i < Math.min(count, MAX_ENTRIES); i++) {
    const entry = start + directory + 2 + i * 12;
    if (reader.u16(entry, little) !== ORIENTATION_TAG) continue;
    return reader.u16(entry + 2, little) === SHORT ? reader.u16(entry + 8, little) : null;
  }
  return null;
}

/** Some writers put "Exif\0\0" before the TIFF block, also where the container does not ask for it. */
function readExifBlock(reader: ByteReader, start: number): number | null {
  return readTiff(reader, reader.text(start, 6) === 'Exif\0\0' ? start + 6 : start);
}

function readJpeg(reader: ByteReader): number | null {
  let at = 2;
  for (;;) {
    if (reader.u8(at) !== 0xff) return null;
    const marker = reader.u8(at + 1);
    if (marker === null) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of scan or end of image: metadata comes before.
    if (marker === 0xda || marker === 0xd9) return null;
    const length = reader.u16(at + 2);
    if (length === null || length < 2) return null;
    if (marker === 0xe1 && reader.text(at + 4, 6) === 'Exif\0\0') {
      const found = readTiff(reader, at + 10);
      if (found !== null) return found;
    }
    at += 2 + length;
  }
}

function readWebp(reader: ByteReader): number | null {
  let at = 12;
  for (;;) {
    const name = reader.text(at, 4);
    const size = reader.u32(at + 4, true);
    if (name === null || size === null) return null;
    if (name === 'EXIF') return readExifBlock(reader, at + 8);
    at += 8 + size + (size % 2);
  }
}

function readPng(reader: ByteReader): number | null {
  let at = 8;
  for (;;) {
    const size = reader.u32(at);
    const name = reader.text(at + 4, 4);
    if (size === null || name === null || name === 'IEND') return null;
    if (name === 'eXIf') return readExifBlock(reader, at + 8);
    at += 12 + size;
  }
}

const READERS: Partial<Record<ImageFormat, (reader: ByteReader) => number | null>> = {
  jpeg: readJpeg,
  webp: readWebp,
  png: readPng,
};

/** The EXIF orientation that a decoder should apply; 1 where there is none, or where it makes no sense. */
export function readOrientation(bytes: Uint8Array, format: ImageFormat): Orientation {
  const found = READERS[format]?.(createByteReader(bytes)) ?? null;
  switch (found) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
      return found;
    default:
      return 1;
  }
}

/** True where the orientation exchanges width and height. */
export function swapsSides(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}
