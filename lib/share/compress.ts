/**
 * gzip, by the platform. Unpacking knows beforehand how long the result must be and stops there, so that a small file cannot
 * become a large one; input goes in by small pieces, because some browsers unpack a whole piece before anybody reads.
 */
import { ShareError } from './contract';

/** gzip unpacks to at most about 1,032 times its size: 4 MB a piece. */
const PIECE_BYTES = 4096;

export async function pack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Throws `ShareError('invalid')` where `packed` does not unpack to exactly `length` bytes. */
export async function unpack(packed: Uint8Array<ArrayBuffer>, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  let at = 0;
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const writing = (async () => {
    for (let from = 0; from < packed.length; from += PIECE_BYTES) {
      await writer.ready;
      await writer.write(packed.subarray(from, from + PIECE_BYTES));
    }
    await writer.close();
  })();
  // Whatever stops the writing stops the reading too, which reports it.
  writing.catch(() => undefined);
  writer.closed.catch(() => undefined);
  writer.ready.catch(() => undefined);
  const reader = stream.readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > length) throw new RangeError('longer than it says');
      bytes.set(value, at);
      at += value.length;
    }
    if (at !== length) throw new RangeError('shorter than it says');
    await writing;
    return bytes;
  } catch (cause) {
    reader.cancel().catch(() => undefined);
    writer.abort().catch(() => undefined);
    throw new ShareError('invalid', 'the text does not unpack', { cause });
  }
}
