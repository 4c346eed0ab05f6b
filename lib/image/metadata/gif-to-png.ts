/**
 * GIF: the picture that is shown first, as a PNG. A GIF has room for bytes in comments, applications' blocks, behind the last code
 * of its pixels, in colors that none uses and in the frames that follow; its pixels are an index each, so a PNG with the same
 * palette is the same picture, and smaller. Null: not a GIF that can be followed so.
 */
import { MAX_PIXELS } from '../header-size';
import { ascii, viewOf, type Bytes } from './bytes';
import { paletteChunks, plainRows, writePng } from './write-png';

const fail = (why: string): never => {
  throw new RangeError(why);
};

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly interlaced: boolean;
  readonly table: Bytes;
  /** -1: none. */
  readonly clear: number;
  /** Where the size of the first code stands. */
  readonly at: number;
}

const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);

/** The sub-blocks from `at` on, put together, and where they end. */
function readBlocks(bytes: Bytes, from: number): { data: Bytes; end: number } {
  let end = from;
  while ((bytes[end] ?? fail('a block is cut off')) > 0) end += 1 + (bytes[end] ?? 0);
  const data = new Uint8Array(end - from);
  let length = 0;
  for (let at = from; at < end; at += 1 + (bytes[at] ?? 0)) {
    data.set(bytes.subarray(at + 1, at + 1 + (bytes[at] ?? 0)), length);
    length += bytes[at] ?? 0;
  }
  return { data: data.slice(0, length), end: end + 1 };
}

function firstFrame(bytes: Bytes, global: Bytes): Frame {
  let clear = -1;
  for (let at = 13 + global.length; ;) {
    const kind = bytes[at];
    if (kind === 0x21) {
      const { data, end } = readBlocks(bytes, at + 2);
      if (bytes[at + 1] === 0xf9) clear = data.length >= 4 && (data[0] ?? 0) & 1 ? (data[3] ?? -1) : -1;
      at = end;
      continue;
    }
    if (kind !== 0x2c || at + 11 > bytes.length) return fail('no picture');
    const view = viewOf(bytes);
    const packed = bytes[at + 9] ?? 0;
    const own = bytes.slice(at + 10, at + 10 + tableBytes(packed));
    return {
      ...{ x: view.getUint16(at + 1, true), y: view.getUint16(at + 3, true) },
      ...{ width: view.getUint16(at + 5, true), height: view.getUint16(at + 7, true) },
      ...{ interlaced: (packed & 0x40) !== 0, table: own.length > 0 ? own : global, clear, at: at + 10 + own.length },
    };
  }
}

/** LZW with codes that grow, to `length` values. */
function unpackCodes(data: Bytes, bits: number, length: number): Bytes {
  if (bits < 1 || bits > 11) fail('no such code size');
  // A code stands for at most 4,096 values and takes two bits or more.
  if (length > data.length * 4096 * 4) fail('the pixels break off');
  const values = new Uint8Array(length);
  const [reset, end] = [1 << bits, (1 << bits) + 1];
  const prefix = new Uint16Array(4096);
  const suffix = Uint8Array.from({ length: 4096 }, (_, code) => code);
  const stack = new Uint8Array(4097);
  let [size, next, before, first, buffer, count, at, out] = [bits + 1, end + 1, -1, 0, 0, 0, 0, 0];
  while (out < length) {
    while (count < size) {
      if (at >= data.length) fail('the pixels break off');
      buffer |= (data[at++] ?? 0) << count;
      count += 8;
    }
    let code = buffer & ((1 << size) - 1);
    buffer >>>= size;
    count -= size;
    if (code === reset) {
      [size, next, before] = [bits + 1, end + 1, -1];
      continue;
    }
    if (code === end) fail('the pixels break off');
    if (code > next || (code === next && before < 0)) fail('no such code');
    const read = code;
    let top = 0;
    if (code === next) {
      stack[top++] = first;
      code = before;
    }
    while (code > end) {
      stack[top++] = suffix[code] ?? 0;
      code = prefix[code] ?? 0;
    }
    first = code;
    stack[top++] = first;
    while (top > 0 && out < length) values[out++] = stack[--top] ?? 0;
    if (before >= 0 && next < 4096) {
      prefix[next] = before;
      suffix[next] = first;
      next += 1;
      if (next === 1 << size && size < 12) size += 1;
    }
    before = read;
  }
  return values;
}

/** Which row of the picture each row of the file is. */
function rowOrder(height: number, interlaced: boolean): number[] {
  if (!interlaced) return Array.from({ length: height }, (_, row) => row);
  const rows: number[] = [];
  for (const [start, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const) {
    for (let row = start; row < height; row += step) rows.push(row);
  }
  return rows;
}

async function convert(bytes: Bytes): Promise<Bytes> {
  if (bytes.length < 13 || !/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) fail('no header');
  const view = viewOf(bytes);
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  if (width === 0 || height === 0 || width * height > MAX_PIXELS) fail('no such size');
  const frame = firstFrame(bytes, bytes.slice(13, 13 + tableBytes(bytes[10] ?? 0)));
  const { table, clear } = frame;
  if (frame.x + frame.width > width || frame.y + frame.height > height || table.length < 6) fail('outside the picture');
  const values = unpackCodes(readBlocks(bytes, frame.at + 1).data, bytes[frame.at] ?? 0, frame.width * frame.height);

  // Colors in the order in which they first occur; what the frame does not cover is clear.
  const places = new Int16Array(256).fill(-1);
  const colors: number[] = [];
  const placeOf = (value: number): number => {
    const known = places[value] ?? -1;
    if (known >= 0) return known;
    if (value !== clear && value * 3 + 2 >= table.length) fail('no such color');
    const at = value * 3;
    colors.push(...(value === clear ? [0, 0, 0, 0] : [table[at] ?? 0, table[at + 1] ?? 0, table[at + 2] ?? 0, 255]));
    return (places[value] = colors.length / 4 - 1);
  };
  const pixels = new Uint8Array(width * height);
  rowOrder(frame.height, frame.interlaced).forEach((row, line) => {
    const start = (frame.y + row) * width + frame.x;
    for (let x = 0; x < frame.width; x++) pixels[start + x] = placeOf(values[line * frame.width + x] ?? 0);
  });
  if (frame.width < width || frame.height < height) {
    if (places.every((place) => place >= 0) && clear < 0) fail('no color left for clear');
    const around = clear >= 0 ? placeOf(clear) : colors.push(0, 0, 0, 0) / 4 - 1;
    for (let y = 0; y < height; y++) {
      const inside = y >= frame.y && y < frame.y + frame.height;
      pixels.fill(around, y * width, y * width + (inside ? frame.x : width));
      if (inside) pixels.fill(around, y * width + frame.x + frame.width, (y + 1) * width);
    }
  }
  return writePng({
    ...{ width, height, depth: 8, colorType: 3, rows: plainRows(pixels, width) },
    between: paletteChunks(Uint8Array.from(colors)),
  });
}

export async function gifToPng(bytes: Bytes): Promise<Bytes | null> {
  try {
    return await convert(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
