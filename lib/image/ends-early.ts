/**
 * Files that end before their picture does: a download that broke off, a memory card that was full. Browsers refuse them, or show what
 * is there, each in its own way; with an end put on, all of them show what is there. The file itself is kept as it is.
 */
import { createByteReader, type ByteReader } from './byte-reader';
import { pngChunk } from './png-text';
import type { ImageFormat } from './sniff';

type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a whole file: up to `end`, and then `more`. */
interface Mending {
  readonly end: number;
  readonly more: readonly Bytes[];
}

const MARKER = 0xff;
const END_OF_IMAGE = Uint8Array.of(MARKER, 0xd9);
const NOTHING = new Uint8Array();

/** Where the next marker of a scan stands; the length of the bytes where there is none any more. */
function endOfScan(bytes: Bytes, from: number): number {
  for (let at = bytes.indexOf(MARKER, from); at >= 0; at = bytes.indexOf(MARKER, at + 1)) {
    const next = bytes[at + 1];
    // A value of 255 in the data, and where a decoder may begin anew.
    if (next !== undefined && next !== 0 && (next < 0xd0 || next > 0xd7) && next !== MARKER) return at;
  }
  return bytes.length;
}

function mendJpeg(bytes: Bytes, reader: ByteReader): Mending | null {
  let at = 2;
  let scans = 0;
  while (at < bytes.length) {
    if (reader.u8(at) !== MARKER) return null;
    const marker = reader.u8(at + 1);
    if (marker === 0xd9) return null;
    if (marker === null) break;
    if (marker === MARKER) {
      at += 1;
      continue;
    }
    const length = reader.u16(at + 2);
    if (length === null || length < 2 || at + 2 + length > bytes.length) break;
    at += 2 + length;
    if (marker !== 0xda) continue;
    scans += 1;
    at = endOfScan(bytes, at);
  }
  return scans === 0 ? null : { end: Math.min(at, bytes.length), more: [END_OF_IMAGE] };
}

function mendPng(bytes: Bytes, reader: ByteReader): Mending | null {
  let at = 8;
  let data = 0;
  for (;;) {
    const size = reader.u32(at);
    const name = reader.text(at + 4, 4);
    if (name === 'IEND') return null;
    const whole = size !== null && name !== null && at + 12 + size <= bytes.length;
    if (!whole) {
      const rest = name === 'IDAT' ? bytes.subarray(at + 8, Math.min(bytes.length, at + 8 + (size ?? 0))) : NOTHING;
      if (data + rest.length === 0) return null;
      const last = rest.length > 0 ? [pngChunk('IDAT', rest)] : [];
      return { end: at, more: [...last, pngChunk('IEND', NOTHING)] };
    }
    if (name === 'IDAT') data += size;
    at += 12 + size;
  }
}

const MENDERS: Partial<Record<ImageFormat, (bytes: Bytes, reader: ByteReader) => Mending | null>> = {
  jpeg: mendJpeg,
  png: mendPng,
};

/** The file with an end; null where it has its own, or where there is nothing to show of it. */
export function withEnd(bytes: Bytes, format: ImageFormat): Blob | null {
  const mending = MENDERS[format]?.(bytes, createByteReader(bytes)) ?? null;
  return mending && new Blob([bytes.subarray(0, mending.end), ...mending.more]);
}
