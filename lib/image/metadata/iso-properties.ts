/**
 * What AVIF and HEIC say of a picture beside its data: size, depth, color, rotation, how to decode. Each kind is read and
 * written anew at its own length; a kind that is not known goes, unless the picture cannot be shown without it.
 */
import { ascii, join, latin, u16, u32, type Bytes } from './bytes';
import { canonicalProfile } from './icc';
import { box, Cursor, fullBox, type Box } from './iso-boxes';

/** Crop, layers, and how bright the screen was that it was graded on: they change what is seen, and are rare. */
const UNFOLLOWED = new Set(['clap', 'lsel', 'a1op', 'a1lx', 'mdcv', 'cclv', 'amve', 'rloc']);
const ALPHA = ['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1'];

const fail = (why: string): never => {
  throw new RangeError(why);
};

function alphaName(bytes: Bytes, { body, end }: Box): string | undefined {
  return ALPHA.find((name) => ascii(bytes, body + 4, Math.min(name.length + 1, end - body - 4)) === `${name}\0`);
}

export function isAlpha(bytes: Bytes, auxC: Box): boolean {
  return alphaName(bytes, auxC) !== undefined;
}

function color(bytes: Bytes, { body, end }: Box): Bytes {
  const kind = ascii(bytes, body, 4);
  if (kind === 'nclx') {
    const cursor = new Cursor(bytes, body + 4, end);
    const codes = [cursor.read(2), cursor.read(2), cursor.read(2)];
    // Code points of ITU-T H.273.
    if (codes.some((code) => code > 22)) fail('no such color');
    return box('colr', latin('nclx'), u16(...codes), Uint8Array.of(cursor.read(1) & 0x80));
  }
  if (kind !== 'prof' && kind !== 'rICC') fail('no such color');
  const profile = bytes.slice(body + 4, end);
  const space = ascii(profile, 16, 4) === 'GRAY' ? 'GRAY' : 'RGB ';
  return box('colr', latin('prof'), canonicalProfile(profile, space) ?? fail('no such profile'));
}

const [VPS, PPS] = [32, 34];

/** Of HEVC's decoder configuration the parameter sets; messages beside them (SEI) go. */
function hevcConfiguration(bytes: Bytes, { body, end }: Box): Bytes {
  const cursor = new Cursor(bytes, body + 22, end);
  const arrays: Uint8Array[] = [];
  let kept = 0;
  for (let left = cursor.read(1); left > 0; left--) {
    const head = cursor.read(1);
    const units: Uint8Array[] = [];
    for (let count = cursor.read(2); count > 0; count--) {
      const length = cursor.read(2);
      if (cursor.at + length > end) fail('a parameter set is cut off');
      units.push(u16(length), bytes.slice(cursor.at, cursor.at + length));
      cursor.at += length;
    }
    const type = head & 63;
    if (type < VPS || type > PPS) continue;
    arrays.push(Uint8Array.of(head & 0xbf), u16(units.length / 2), ...units);
    kept += 1;
  }
  return box('hvcC', bytes.slice(body, body + 22), Uint8Array.of(kept), ...arrays);
}

/** How many bytes stand before each unit of HEVC data. */
export function hevcLengthBytes(bytes: Bytes, { body }: Box): number {
  return ((bytes[body + 21] ?? 0) & 3) + 1;
}

/** The property as it is written; null: it goes. Throws `RangeError` where the picture would not be the same without it. */
export function writeProperty(bytes: Bytes, property: Box, essential: boolean): Bytes | null {
  const { name, body, end } = property;
  const cursor = new Cursor(bytes, body, end);
  switch (name) {
    case 'ispe':
      cursor.read(4);
      return fullBox('ispe', 0, 0, u32(cursor.read(4), cursor.read(4)));
    case 'pixi': {
      cursor.read(4);
      const depths = Array.from({ length: cursor.read(1) }, () => cursor.read(1));
      if (depths.length > 4 || depths.some((depth) => depth < 1 || depth > 16)) fail('no such depth');
      return fullBox('pixi', 0, 0, Uint8Array.of(depths.length, ...depths));
    }
    case 'colr':
      return color(bytes, property);
    case 'clli':
      return box('clli', u16(cursor.read(2), cursor.read(2)));
    case 'pasp':
      if (cursor.read(4) !== cursor.read(4)) fail('pixels that are not square');
      return null;
    case 'irot':
      return box('irot', Uint8Array.of(cursor.read(1) & 3));
    case 'imir':
      return box('imir', Uint8Array.of(cursor.read(1) & 1));
    case 'auxC':
      return fullBox('auxC', 0, 0, latin(`${alphaName(bytes, property) ?? fail('not alpha')}\0`));
    case 'av1C':
      // What may follow these four bytes is in the data again.
      return box('av1C', Uint8Array.of(cursor.read(1), cursor.read(1), cursor.read(1), cursor.read(1)));
    case 'hvcC':
      return hevcConfiguration(bytes, property);
    default:
      if (essential || UNFOLLOWED.has(name)) fail('a property that cannot be followed');
      return null;
  }
}

const OBUS = new Set([1, 3, 4, 6, 7]);

function leb128(value: number): number[] {
  const bytes: number[] = [];
  for (let left = value; ; left >>>= 7) {
    if (left < 128) return [...bytes, left];
    bytes.push((left & 127) | 128);
  }
}

/** AV1 data: sequence header, frame headers and tiles, each at its own length. Metadata, padding and unknown units go. */
export function av1Data(data: Bytes): Bytes {
  const units: Uint8Array[] = [];
  const cursor = new Cursor(data, 0, data.length);
  while (cursor.at < data.length) {
    const head = cursor.read(1);
    const extension = head & 4 ? [cursor.read(1) & 0xf8] : [];
    let length = 0;
    if (head & 2) {
      for (let shift = 0; ; shift += 7) {
        const byte = cursor.read(1);
        length += (byte & 127) * 2 ** shift;
        if (byte < 128) break;
        if (shift > 28) fail('a unit has no such length');
      }
    } else length = data.length - cursor.at;
    const type = (head >> 3) & 15;
    if (head & 0x80 || cursor.at + length > data.length) fail('a unit is cut off');
    const body = data.slice(cursor.at, cursor.at + length);
    if (OBUS.has(type)) {
      units.push(Uint8Array.of((type << 3) | (head & 4) | 2, ...extension, ...leb128(length)), body);
    }
    cursor.at += length;
  }
  if (units.length === 0) fail('no picture data');
  return join(units);
}

/** HEVC data: slices and parameter sets. Messages (SEI), delimiters and unknown units go. */
export function hevcData(data: Bytes, lengthBytes: number): Bytes {
  if (lengthBytes === 3) fail('no such length');
  const units: Uint8Array[] = [];
  const cursor = new Cursor(data, 0, data.length);
  while (cursor.at < data.length) {
    const length = cursor.read(lengthBytes);
    const [start, end] = [cursor.at - lengthBytes, cursor.at + length];
    if (length < 2 || end > data.length) fail('a unit is cut off');
    const type = ((data[cursor.at] ?? 0) >> 1) & 63;
    if (type <= 21 || (type >= VPS && type <= PPS)) units.push(data.slice(start, end));
    cursor.at = end;
  }
  if (units.length === 0) fail('no picture data');
  return join(units);
}

/** A picture of tiles: how many, and the size of the whole. */
export function gridData(data: Bytes, tiles: number): Bytes {
  const cursor = new Cursor(data, 0, data.length);
  const [version, flags, rows, columns] = [cursor.read(1), cursor.read(1), cursor.read(1), cursor.read(1)];
  if (version !== 0 || (rows + 1) * (columns + 1) !== tiles) fail('no such grid');
  const wide = (flags & 1) === 1;
  const size = [cursor.read(wide ? 4 : 2), cursor.read(wide ? 4 : 2)];
  return join([Uint8Array.of(0, wide ? 1 : 0, rows, columns), wide ? u32(...size) : u16(...size)]);
}
