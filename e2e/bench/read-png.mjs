/** PNG of 8 bits a channel, not interlaced: gray, RGB, RGBA or with a palette (ISO/IEC 15948). For commands in Node, which has no decoder. */
import { inflateSync } from 'node:zlib';

const CHANNELS = { 0: 1, 2: 3, 3: 1, 6: 4 };

/** @param {Buffer} file @returns {{ width: number, height: number, data: Uint8ClampedArray }} RGBA */
export function readPng(file) {
  const parts = [];
  let palette = Buffer.alloc(0);
  let [width, height, kind] = [0, 0, -1];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const content = file.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') {
      [width, height, kind] = [content.readUInt32BE(0), content.readUInt32BE(4), content[9]];
      if (content[8] !== 8 || content[12] !== 0)
        throw new Error('Only PNG of 8 bits, not interlaced, can be read here.');
    } else if (type === 'PLTE') palette = content;
    else if (type === 'IDAT') parts.push(content);
    at += 12 + length;
  }
  const channels = CHANNELS[kind];
  if (!channels) throw new Error('Only gray, RGB, RGBA and palettes can be read here.');
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x >= channels ? rows[y * stride + x - channels] : 0;
      const above = y > 0 ? rows[(y - 1) * stride + x] : 0;
      const corner = x >= channels && y > 0 ? rows[(y - 1) * stride + x - channels] : 0;
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x] + predicted(filter, left, above, corner);
    }
  }
  const data = new Uint8ClampedArray(width * height * 4);
  for (let at = 0; at < width * height; at += 1) data.set(colorAt(rows, at * channels, kind, palette), at * 4);
  return { width, height, data };
}

function predicted(filter, left, above, corner) {
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  if (filter !== 4) return 0;
  const guess = left + above - corner;
  const [byLeft, byAbove, byCorner] = [left, above, corner].map((value) => Math.abs(guess - value));
  return byLeft <= byAbove && byLeft <= byCorner ? left : byAbove <= byCorner ? above : corner;
}

function colorAt(rows, at, kind, palette) {
  if (kind === 3) return [...palette.subarray(rows[at] * 3, rows[at] * 3 + 3), 255];
  if (kind === 0) return [rows[at], rows[at], rows[at], 255];
  return [rows[at], rows[at + 1], rows[at + 2], kind === 6 ? rows[at + 3] : 255];
}
