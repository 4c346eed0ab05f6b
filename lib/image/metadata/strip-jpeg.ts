/**
 * JPEG: keeps the segments that decode the picture, the JFIF header without its preview, the ICC profile and Adobe's colour
 * transform. All other application segments (EXIF, XMP, IPTC, previews, makers' notes), comments and what follows the end of
 * the image (motion photos, depth maps) go.
 */
import { ascii, join, orientationTiff } from './exif-block';
import type { Bytes, Stripped } from './strip-metadata';

const SOS = 0xda;
const EOI = 0xd9;

/** Tables, frames and restart intervals: DHT, DAC, DQT, DNL, DRI, DHP, EXP and all SOF. */
function isCoding(marker: number): boolean {
  return (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xdb && marker <= 0xdf);
}

/** The part of an application segment that stays; null: none. */
function keptSegment(bytes: Bytes, at: number, end: number, marker: number): Uint8Array | null {
  if (isCoding(marker)) return bytes.subarray(at, end);
  const says = (name: string) => ascii(bytes, at + 4, name.length) === name;
  if (marker === 0xe0 && says('JFIF\0') && end - at >= 18) {
    const jfif = bytes.slice(at, at + 18);
    // Length 16: no preview.
    jfif.set([0, 16], 2);
    jfif.set([0, 0], 16);
    return jfif;
  }
  if (marker === 0xe2 && says('ICC_PROFILE\0')) return bytes.subarray(at, end);
  if (marker === 0xee && says('Adobe')) return bytes.subarray(at, end);
  return null;
}

/** Past the entropy-coded data: the next 0xff that is neither stuffed nor a restart marker. */
function endOfScan(bytes: Bytes, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue;
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

function orientationSegment(orientation: number): Uint8Array {
  const tiff = orientationTiff(orientation);
  return join([Uint8Array.from([0xff, 0xe1, 0, 8 + tiff.length, 0x45, 0x78, 0x69, 0x66, 0, 0]), tiff]);
}

export function stripJpeg(bytes: Bytes, orientation: number): Stripped | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  let added = 0;
  if (orientation !== 1) {
    const segment = orientationSegment(orientation);
    parts.push(segment);
    added = segment.length;
  }
  let scans = 0;
  for (let at = 2; ;) {
    // A picture that breaks off after its first scan is shown by browsers as far as it goes.
    if (at >= bytes.length && scans > 0) break;
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1];
    if (marker === undefined) return null;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) {
      parts.push(bytes.subarray(at, at + 2));
      break;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return null;
    if (marker === SOS) {
      const after = endOfScan(bytes, end);
      parts.push(bytes.subarray(at, after));
      scans += 1;
      at = after;
      continue;
    }
    const kept = keptSegment(bytes, at, end, marker);
    if (kept) parts.push(kept);
    at = end;
  }
  if (scans === 0) return null;
  const stripped = join(parts);
  return { bytes: stripped, removed: bytes.length + added - stripped.length };
}
