/**
 * Texts that a PNG file carries beside its pixels: `iTXt` chunks, UTF-8, uncompressed. Decoders pass over them, and sharing takes
 * them off. Pure; a file that is no PNG, or breaks off, carries none.
 */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Bit by bit: texts are short, and a table would come with every page. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** A chunk as it stands in the file: length, name, data, checksum. */
export function pngChunk(name: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let at = 0; at < 4; at++) bytes[4 + at] = name.charCodeAt(at);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

interface Chunk {
  readonly name: string;
  readonly start: number;
  readonly data: Uint8Array;
}

function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  if (!SIGNATURE.every((byte, at) => bytes[at] === byte)) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 8; start + 12 <= bytes.length;) {
    const end = start + 12 + view.getUint32(start);
    if (end > bytes.length) return;
    const name = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    yield { name, start, data: bytes.subarray(start + 8, end - 4) };
    start = end;
  }
}

/** Keyword, then no compression, no language and no translated keyword. */
const headOf = (keyword: string): Uint8Array => new TextEncoder().encode(`${keyword}\0\0\0\0\0`);

/** The file with the text near its start, right after the header chunk; null where it is no PNG. */
export function addPngText(bytes: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer>[] | null {
  const [header, next] = chunksOf(bytes);
  if (header?.name !== 'IHDR' || !next) return null;
  const head = headOf(keyword);
  const written = new TextEncoder().encode(text);
  const data = new Uint8Array(head.length + written.length);
  data.set(head);
  data.set(written, head.length);
  return [bytes.slice(0, next.start), pngChunk('iTXt', data), bytes.slice(next.start)];
}

/** The first text under that keyword; null where there is none. The start of the file is enough, as far as the text goes. */
export function readPngText(bytes: Uint8Array, keyword: string): string | null {
  const head = headOf(keyword);
  for (const { name, data } of chunksOf(bytes)) {
    if (name === 'iTXt' && head.every((byte, at) => data[at] === byte)) {
      return new TextDecoder().decode(data.subarray(head.length));
    }
  }
  return null;
}
