/**
 * An animated WebP out of still ones that the browser wrote: each frame's chunks go into an ANMF chunk as they are (WebP container
 * specification, RFC 9649). Sizes and times are 24-bit; chunks are padded to an even length.
 */
import { ExportError } from '../contract';

export interface Frame {
  /** A still WebP of the canvas's size. */
  readonly image: Blob;
  readonly milliseconds: number;
}

export async function animatedWebp(
  frames: readonly Frame[],
  { width, height }: { readonly width: number; readonly height: number },
): Promise<Blob> {
  const chunks: Uint8Array<ArrayBuffer>[] = [
    chunk('VP8X', [0b10, 0, 0, 0, ...u24(width - 1), ...u24(height - 1)]),
    // Background: white. Loops for ever.
    chunk('ANIM', [255, 255, 255, 255, 0, 0]),
  ];
  for (const { image, milliseconds } of frames) {
    const pixels = pixelChunks(new Uint8Array(await image.arrayBuffer()));
    const head = [...u24(0), ...u24(0), ...u24(width - 1), ...u24(height - 1), ...u24(milliseconds), 0b10];
    chunks.push(chunk('ANMF', head, pixels));
  }
  const size = chunks.reduce((sum, { length }) => sum + length, 4);
  const header = new Uint8Array(12);
  header.set(ascii('RIFF'));
  new DataView(header.buffer).setUint32(4, size, true);
  header.set(ascii('WEBP'), 8);
  return new Blob([header, ...chunks], { type: 'image/webp' });
}

/** What of a still file holds its pixels: `ALPH`, and `VP8 ` or `VP8L`, with their heads. Throws where there are none. */
function pixelChunks(file: Uint8Array): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const kept: Uint8Array[] = [];
  for (let at = 12; at + 8 <= file.length;) {
    const name = String.fromCharCode(...file.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length + (length % 2);
    if (name === 'ALPH' || name === 'VP8 ' || name === 'VP8L') kept.push(file.subarray(at, end));
    at = end;
  }
  if (kept.length === 0) throw new ExportError('no-webp');
  const all = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of kept) {
    all.set(one, at);
    at += one.length;
  }
  return all;
}

function chunk(name: string, head: readonly number[], body: Uint8Array = new Uint8Array(0)): Uint8Array<ArrayBuffer> {
  const length = head.length + body.length;
  const bytes = new Uint8Array(8 + length + (length % 2));
  bytes.set(ascii(name));
  new DataView(bytes.buffer).setUint32(4, length, true);
  bytes.set(head, 8);
  bytes.set(body, 8 + head.length);
  return bytes;
}

const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const u24 = (value: number): number[] => [value & 255, (value >> 8) & 255, (value >> 16) & 255];
