/**
 * Pixels in zlib streams. Unpacking takes exactly as many bytes as the picture has and looks at nothing behind them; packing is
 * the platform's, so that what comes out holds the pixels and nothing that another program put between.
 */
import { inflateSync } from 'fflate';
import type { Bytes } from './bytes';

function unpack(stream: Bytes, room: number): Bytes | null {
  const [method = 0, flags = 0] = stream;
  if ((method & 15) !== 8 || (flags & 0x20) !== 0 || ((method << 8) | flags) % 31 !== 0) return null;
  const out = new Uint8Array(room);
  try {
    return out.subarray(0, inflateSync(stream.subarray(2), { out }).length);
  } catch {
    return null;
  }
}

/** Deflate unpacks to at most 1,032 times its size. */
const MOST = 1032;

/** Null where the stream is damaged, or ends before. */
export function unpackPixels(stream: Bytes, length: number): Bytes | null {
  // What cannot be in there takes no memory.
  if (length > stream.length * MOST) return null;
  const pixels = unpack(stream, length);
  return pixels?.length === length ? pixels : null;
}

/** A whole small stream; null where it is damaged or unpacks to more than `most`. */
export function unpackSmall(stream: Bytes, most: number): Bytes | null {
  const bytes = unpack(stream, Math.min(most + 1, stream.length * MOST));
  return bytes && bytes.length <= most ? bytes : null;
}

export async function packPixels(pixels: Bytes): Promise<Bytes> {
  const packed = new Blob([pixels]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
