/**
 * WebP: keeps pixels, transparency, animation and the colour profile. EXIF (but for the orientation), XMP and unknown chunks
 * go, and what follows the RIFF.
 */
import { ascii, join, orientationTiff } from './exif-block';
import type { Bytes, Stripped } from './strip-metadata';

const KEPT = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;

function exifChunk(orientation: number): Uint8Array {
  const tiff = orientationTiff(orientation);
  return join([Uint8Array.from([0x45, 0x58, 0x49, 0x46, tiff.length, 0, 0, 0]), tiff]);
}

export function stripWebp(bytes: Bytes, orientation: number): Stripped | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 20) return null;
  const riff = Math.min(bytes.length, 8 + view.getUint32(4, true));
  const parts: Uint8Array[] = [bytes.slice(0, 12)];
  let pixels = false;
  for (let at = 12; at + 8 <= riff;) {
    const name = ascii(bytes, at, 4);
    const length = view.getUint32(at + 4, true);
    // The last chunk's padding byte is often forgotten.
    const end = at + 8 + length + (length % 2);
    if (at + 8 + length > bytes.length) return null;
    if (KEPT.has(name)) {
      const kept = bytes.slice(at, end);
      if (name === 'VP8X') {
        kept[8] = ((kept[8] ?? 0) & ~(EXIF_FLAG | XMP_FLAG)) | (orientation === 1 ? 0 : EXIF_FLAG);
      }
      parts.push(kept.length % 2 === 0 ? kept : join([kept, new Uint8Array(1)]));
      pixels ||= name === 'VP8 ' || name === 'VP8L' || name === 'ANMF';
    }
    at = end;
  }
  if (!pixels) return null;
  const extra = orientation === 1 ? new Uint8Array(0) : exifChunk(orientation);
  const stripped = join([...parts, extra]);
  new DataView(stripped.buffer).setUint32(4, stripped.length - 8, true);
  return { bytes: stripped, removed: Math.max(0, bytes.length + extra.length - stripped.length) };
}
