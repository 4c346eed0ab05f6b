/** Pixels as a PNG file: eight bits a channel, RGBA, as they are. Compressed by the browser (or Node) itself, off this thread. */
import { pngChunk } from './png-text';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const CHANNELS = 4;

/** @param rgba `width × height × 4` bytes, not premultiplied */
export async function encodePng(width: number, height: number, rgba: Uint8Array | Uint8ClampedArray): Promise<Blob> {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 6, 0, 0, 0], 8);
  const pitch = width * CHANNELS;
  // Each row begins with its filter: that of the row above it, which suits what is drawn and does little harm to photographs.
  const rows = new Uint8Array((pitch + 1) * height);
  for (let y = 0; y < height; y++) {
    const [from, to] = [y * pitch, y * (pitch + 1)];
    rows[to] = y === 0 ? 0 : 2;
    for (let x = 0; x < pitch; x++) {
      rows[to + 1 + x] = y === 0 ? rgba[from + x]! : rgba[from + x]! - rgba[from - pitch + x]!;
    }
  }
  const deflated = new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'));
  const data = new Uint8Array(await new Response(deflated).arrayBuffer());
  const chunks = [pngChunk('IHDR', header), pngChunk('IDAT', data), pngChunk('IEND', new Uint8Array(0))];
  return new Blob([SIGNATURE, ...chunks], { type: 'image/png' });
}
