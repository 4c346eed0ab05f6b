/**
 * PNG: keeps the chunks that decode the picture and give it its colours, animation included. Texts, times, EXIF, XMP and
 * private chunks go, and what follows IEND.
 */
import { pngChunk } from '../index';
import { ascii, join, orientationTiff } from './exif-block';
import type { Bytes, Stripped } from './strip-metadata';

const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT'.split(' '),
);

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
      const block = pngChunk('eXIf', orientationTiff(orientation));
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
