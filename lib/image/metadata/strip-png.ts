/**
 * PNG: written anew from its pixels, unpacked to the exact length that the header says and packed again without loss. What says
 * how the colors are meant stays, where it is a value of a known kind: color space, gamma, the profile's numbers, transparency
 * and the colors of the palette that occur. Texts, times, EXIF (but for the orientation), further frames of an animation and
 * private chunks go, and what follows the pixels, inside their stream or behind it. Null: not a PNG that can be followed so.
 */
import { MAX_PIXELS } from '../header-size';
import { ascii, join, latin, orientationTiff, u32, viewOf, type Bytes } from './bytes';
import { canonicalProfile } from './icc';
import { bareSmallPixels, hasKnownFilters, isKnownKind, passesOf, rowsLength, type PngHeader } from './png-rows';
import type { Stripped } from './strip-metadata';
import { pngChunk, writePng } from './write-png';
import { packPixels, unpackPixels, unpackSmall } from './zlib';

const fail = (why: string): never => {
  throw new RangeError(why);
};

/** White and the three primaries of spaces that pictures are in (sRGB, Display P3, Adobe RGB, Rec. 2020), in 100,000ths. */
const PRIMARIES = [
  [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000],
  [31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000],
  [31270, 32900, 64000, 33000, 21000, 71000, 15000, 6000],
  [31270, 32900, 70800, 29200, 17000, 79700, 13100, 4600],
] as const;

interface Chunks {
  readonly first: ReadonlyMap<string, Bytes>;
  readonly pixels: Bytes;
}

function readChunks(bytes: Bytes): Chunks {
  const view = viewOf(bytes);
  const first = new Map<string, Bytes>();
  const pixels: Bytes[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    const name = ascii(bytes, at + 4, 4);
    const end = at + 12 + length;
    if (end > bytes.length) fail('a chunk is cut off');
    if ((name === 'IHDR') !== (at === 8)) fail('the header is elsewhere');
    const data = bytes.slice(at + 8, end - 4);
    // What stands behind the first pixels is too late to change how they are read.
    if (name === 'IDAT') pixels.push(data);
    else if (pixels.length === 0 && !first.has(name)) first.set(name, data);
    if (name === 'IEND') break;
    at = end;
  }
  return { first, pixels: join(pixels) };
}

function readHeader(chunk: Bytes | undefined): PngHeader {
  if (chunk?.length !== 13) return fail('no header');
  const view = viewOf(chunk);
  const header = {
    ...{ width: view.getUint32(0), height: view.getUint32(4), depth: chunk[8] ?? 0, colorType: chunk[9] ?? 0 },
    interlaced: chunk[12] === 1,
  };
  const usual = chunk[10] === 0 && chunk[11] === 0 && (chunk[12] ?? 2) < 2;
  const { width, height } = header;
  if (!usual || !isKnownKind(header) || width === 0 || height === 0 || width * height > MAX_PIXELS)
    fail('no such kind');
  return header;
}

async function profileChunk(data: Bytes, gray: boolean): Promise<Uint8Array> {
  const name = data.indexOf(0);
  if (name < 1 || name > 79 || data[name + 1] !== 0) fail('no such profile');
  const profile = unpackSmall(data.slice(name + 2), 4_000_000);
  const clean = profile && canonicalProfile(profile, gray ? 'GRAY' : 'RGB ');
  return pngChunk('iCCP', join([latin('ICC\0\0'), await packPixels(clean ?? fail('no such profile'))]));
}

/** How the colors are meant; `fail` where that is said by something of an unknown kind. */
async function colorChunks(first: Chunks['first'], gray: boolean): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  const cicp = first.get('cICP');
  if (cicp) {
    // Matrix 0 (RGB), full range.
    if (cicp.length !== 4 || (cicp[0] ?? 99) > 22 || (cicp[1] ?? 99) > 18 || cicp[2] !== 0 || cicp[3] !== 1) {
      fail('no such color space');
    }
    // How bright a screen it was graded on: numbers that readers of wide spaces use.
    if (first.has('mDCV') || first.has('cLLI')) fail('a graded picture');
    chunks.push(pngChunk('cICP', cicp));
  }
  const profile = first.get('iCCP');
  const srgb = first.get('sRGB');
  if (profile) chunks.push(await profileChunk(profile, gray));
  else if (srgb) {
    if (srgb.length !== 1 || (srgb[0] ?? 9) > 3) fail('no such intent');
    chunks.push(pngChunk('sRGB', srgb));
  } else {
    const gamma = first.get('gAMA');
    const value = gamma?.length === 4 ? viewOf(gamma).getUint32(0) : 0;
    if (gamma && (value < 10_000 || value > 1_000_000)) fail('no such gamma');
    const chroma = first.get('cHRM');
    if (chroma) {
      if (chroma.length !== 32) fail('no such primaries');
      const numbers = Array.from({ length: 8 }, (_, at) => viewOf(chroma).getUint32(at * 4));
      const near = (known: readonly number[]) =>
        known.every((number, at) => Math.abs(number - (numbers[at] ?? 0)) < 300);
      const found = PRIMARIES.find(near) ?? fail('no such primaries');
      chunks.push(pngChunk('cHRM', u32(...found)));
    }
    if (gamma) chunks.push(pngChunk('gAMA', u32(value)));
  }
  return chunks;
}

/** Palette and transparency; of the palette, the colors that occur. */
function paletteOf(first: Chunks['first'], { colorType, depth }: PngHeader, seen: Uint8Array | null): Uint8Array[] {
  const clear = first.get('tRNS');
  if (colorType === 3) {
    const palette = first.get('PLTE') ?? fail('no palette');
    const count = palette.length / 3;
    if (!Number.isInteger(count) || count < 1 || count > 256 || (clear?.length ?? 0) > count) fail('no palette');
    const last = seen?.lastIndexOf(1) ?? 0;
    // A pixel beyond the palette is black to some readers, and an error to others.
    if (last >= count) fail('no such color');
    const rgb = palette.slice(0, (last + 1) * 3).map((value, at) => (seen?.[Math.floor(at / 3)] ? value : 0));
    const alpha = clear?.slice(0, last + 1).map((value, at) => (seen?.[at] ? value : 255));
    return [pngChunk('PLTE', rgb), ...(alpha?.some((value) => value !== 255) ? [pngChunk('tRNS', alpha)] : [])];
  }
  if (!clear || colorType >= 4) return [];
  if (clear.length !== (colorType === 0 ? 2 : 6)) fail('no such transparency');
  // One color is clear: numbers of the picture's own depth, in two bytes each.
  const values = Array.from({ length: clear.length / 2 }, (_, at) => viewOf(clear).getUint16(at * 2));
  if (depth < 16 && values.some((value) => value >= 1 << depth)) fail('no such color');
  return [pngChunk('tRNS', clear)];
}

async function rebuild(bytes: Bytes, orientation: number): Promise<Bytes> {
  const { first, pixels } = readChunks(bytes);
  const header = readHeader(first.get('IHDR'));
  const passes = passesOf(header);
  const rows = unpackPixels(pixels, rowsLength(passes)) ?? fail('the pixels cannot be unpacked');
  if (!hasKnownFilters(rows, passes)) fail('no such filter');
  const small = header.colorType === 3 || header.depth < 8;
  const seen = small ? bareSmallPixels(rows, passes, header.depth) : null;
  const color = await colorChunks(first, header.colorType === 0 || header.colorType === 4);
  const turn = orientation === 1 ? [] : [pngChunk('eXIf', orientationTiff(orientation))];
  return writePng({ ...header, rows, between: [...turn, ...color, ...paletteOf(first, header, seen)] });
}

export async function stripPng(bytes: Bytes, orientation: number): Promise<Stripped | null> {
  try {
    const stripped = await rebuild(bytes, orientation);
    return { bytes: stripped, removed: Math.max(0, bytes.length - stripped.length) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
