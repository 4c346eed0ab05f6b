/**
 * PNG: keeps the chunks that decode the picture and give it its colours, animation included. Texts, times, EXIF, XMP and
 * private chunks go, and what follows IEND.
 */
import { ascii, join, orientationTiff } from './exif-block';
import type { Bytes, Stripped } from './strip-metadata';

const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let at = 0; at < 4; at++) bytes[4 + at] = name.charCodeAt(at);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

export function stripPng(bytes: Bytes, orientation: number): Stripped | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  let added = 0;
  let pixels = false;
  for (let at = 8; ;) {
    // A file that breaks off amid its pixels is shown by browsers as far as it goes.
    if (at === bytes.length && pixels) break;
    if (at + 12 > bytes.length) return null;
    const length = view.getUint32(at);
    const end = at + 12 + length;
    const name = ascii(bytes, at + 4, 4);
    if (end > bytes.length) return null;
    if (at === 8 && name !== 'IHDR') return null;
    if (KEPT.has(name)) parts.push(bytes.subarray(at, end));
    if (name === 'IHDR' && orientation !== 1) {
      const block = chunk('eXIf', orientationTiff(orientation));
      parts.push(block);
      added = block.length;
    }
    pixels ||= name === 'IDAT';
    if (name === 'IEND') break;
    at = end;
  }
  const stripped = join(parts);
  return { bytes: stripped, removed: bytes.length + added - stripped.length };
}
