/**
 * GIF: keeps pictures, their timing and the loop count. Comments and applications' own blocks (XMP, colour management of old
 * programs) go, and what follows the trailer.
 */
import { ascii, join } from './exif-block';
import type { Bytes, Stripped } from './strip-metadata';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const PLAIN_TEXT = 0x01;
const APPLICATION = 0xff;

function colorTableBytes(packed: number): number {
  return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

/** Past the sub-blocks that start at `at`; null where they run out of the file. */
function endOfBlocks(bytes: Bytes, from: number): number | null {
  for (let at = from; at < bytes.length;) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return null;
}

function isKeptExtension(bytes: Bytes, at: number): boolean {
  const label = bytes[at + 1];
  if (label === GRAPHIC_CONTROL || label === PLAIN_TEXT) return true;
  return label === APPLICATION && ['NETSCAPE2.0', 'ANIMEXTS1.0'].includes(ascii(bytes, at + 3, 11));
}

export function stripGif(bytes: Bytes): Stripped | null {
  if (bytes.length < 13) return null;
  let at = 13 + colorTableBytes(bytes[10] ?? 0);
  const parts: Uint8Array[] = [bytes.subarray(0, at)];
  let pictures = 0;
  while (at < bytes.length) {
    const kind = bytes[at];
    if (kind === TRAILER) break;
    if (kind === EXTENSION) {
      const end = endOfBlocks(bytes, at + 2);
      if (end === null) return null;
      if (isKeptExtension(bytes, at)) parts.push(bytes.subarray(at, end));
      at = end;
    } else if (kind === IMAGE) {
      const end = endOfBlocks(bytes, at + 11 + colorTableBytes(bytes[at + 9] ?? 0));
      if (end === null) return null;
      parts.push(bytes.subarray(at, end));
      pictures += 1;
      at = end;
    } else return null;
  }
  if (pictures === 0) return null;
  const stripped = join([...parts, Uint8Array.of(TRAILER)]);
  return { bytes: stripped, removed: Math.max(0, bytes.length - stripped.length) };
}
