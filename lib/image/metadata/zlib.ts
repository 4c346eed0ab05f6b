/**
 * Pixels in zlib streams. Unpacking takes exactly as many bytes as the picture has and looks at nothing behind them; packing is
 * the platform's, so that what comes out holds the pixels and nothing that another program put between.
 */
import { inflateSync } from 'fflate';
import type { Bytes } from './bytes';

/** Null where the stream is damaged, or ends before. */
export function unpackPixels(stream: Bytes, length: number): Bytes | null {
  const [method = 0, flags = 0] = stream;
  if ((method & 15) !== 8 || (flags & 0x20) !== 0 || ((method << 8) | flags) % 31 !== 0) return null;
  // Deflate unpacks to at most 1,032 times its size: a longer one is not in there, and takes no memory.
  if (length > stream.length * 1032) return null;
  try {
    const pixels = inflateSync(stream.subarray(2), { out: new Uint8Array(length) });
    // The buffer is the one handed in.
    return pixels.length === length ? (pixels as Bytes) : null;
  } catch {
    return null;
  }
}

export async function packPixels(pixels: Bytes): Promise<Bytes> {
  const packed = new Blob([pixels]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
