/**
 * The still pictures of AVIF and HEIC. A file is a list of items, and only those stay that the picture is made of: the primary
 * one, the tiles it is put together from, and their alpha. Thumbnails, depth maps, mattes, gain maps, EXIF, XMP and whatever
 * else is an item go.
 */
import { ascii } from './exif-block';
import { boxesIn, Cursor, dropBox, needed, only, type Box, type Range, type Wipe } from './iso-boxes';
import type { Bytes } from './strip-metadata';

/** Items that are made from others, named by `dimg`. */
const DERIVED = new Set(['grid', 'iovl', 'iden']);
const PICTURES = new Set(['hvc1', 'av01', 'avc1', 'vvc1', ...DERIVED]);

/** Properties that say how to decode and show a picture. Names, descriptions, tags and times are properties too. */
const PROPERTIES = new Set([
  ...['hvcC', 'av1C', 'avcC', 'vvcC', 'lsel', 'a1op', 'a1lx'],
  ...['ispe', 'pixi', 'colr', 'clli', 'mdcv', 'cclv', 'amve'],
  ...['pasp', 'clap', 'irot', 'imir', 'auxC'],
]);
const ALPHA = new Set(['urn:mpeg:mpegB:cicp:systems:auxiliary:alpha', 'urn:mpeg:hevc:2015:auxid:1']);

export function isAlpha(bytes: Bytes, start: number, end: number): boolean {
  const stop = bytes.subarray(start, end).indexOf(0);
  return ALPHA.has(ascii(bytes, start, Math.min(stop < 0 ? end - start : stop, 100)));
}

interface Item {
  readonly type: string;
  /** Where the type stands. */
  readonly typeAt: number;
}

function readItems(bytes: Bytes, iinf: Box, wipe: Wipe): Map<number, Item> {
  const cursor = new Cursor(bytes, iinf.body, iinf.end);
  const version = cursor.read(4) >>> 24;
  cursor.read(version === 0 ? 2 : 4);
  const items = new Map<number, Item>();
  for (const entry of boxesIn(bytes, cursor.at, iinf.end)) {
    if (entry.name !== 'infe') throw new RangeError('not an item');
    const inside = new Cursor(bytes, entry.body, entry.end);
    const infe = inside.read(4) >>> 24;
    // Versions 0 and 1 have no types and are not used for pictures.
    if (infe !== 2 && infe !== 3) throw new RangeError('no such item entry');
    const id = inside.read(infe === 2 ? 2 : 4);
    if (inside.read(2) !== 0 || items.has(id)) throw new RangeError('a protected item, or one named twice');
    const typeAt = inside.at;
    inside.read(4);
    items.set(id, { type: ascii(bytes, typeAt, 4), typeAt });
    // Its name, and what kind of text it is.
    wipe.ranges.push({ start: inside.at, end: entry.end });
  }
  return items;
}

interface Reference {
  readonly box: Box;
  readonly from: number;
  readonly to: readonly number[];
}

function readReferences(bytes: Bytes, iref: Box | undefined, wipe: Wipe): Reference[] {
  if (!iref) return [];
  const width = new Cursor(bytes, iref.body, iref.end).read(4) >>> 24 === 0 ? 2 : 4;
  return boxesIn(bytes, iref.body + 4, iref.end).map((box) => {
    const cursor = new Cursor(bytes, box.body, box.end);
    const from = cursor.read(width);
    const to = Array.from({ length: cursor.read(2) }, () => cursor.read(width));
    wipe.ranges.push({ start: cursor.at, end: box.end });
    return { box, from, to };
  });
}

interface Association {
  readonly index: number;
  readonly essential: boolean;
}

function readAssociations(bytes: Bytes, boxes: readonly Box[], wipe: Wipe): Map<number, Association[]> {
  const all = new Map<number, Association[]>();
  for (const ipma of boxes.filter(({ name }) => name === 'ipma')) {
    const cursor = new Cursor(bytes, ipma.body, ipma.end);
    const head = cursor.read(4);
    const width = head & 1 ? 2 : 1;
    for (let left = cursor.read(4); left > 0; left--) {
      const id = cursor.read(head >>> 24 === 0 ? 2 : 4);
      const own = all.get(id) ?? [];
      all.set(id, own);
      for (let count = cursor.read(1); count > 0; count--) {
        const value = cursor.read(width);
        const flag = width === 2 ? 0x8000 : 0x80;
        own.push({ index: value & (flag - 1), essential: (value & flag) !== 0 });
      }
    }
    wipe.ranges.push({ start: cursor.at, end: ipma.end });
  }
  return all;
}

/** Where the kept items lie in the file. */
function readLocations(bytes: Bytes, iloc: Box, idat: Box | undefined, kept: ReadonlySet<number>, wipe: Wipe): Range[] {
  const cursor = new Cursor(bytes, iloc.body, iloc.end);
  const version = cursor.read(4) >>> 24;
  if (version > 2) throw new RangeError('no such iloc');
  const sizes = cursor.read(2);
  const [offsetWidth, lengthWidth, baseWidth] = [(sizes >> 12) & 15, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexWidth = version === 0 ? 0 : sizes & 15;
  const ranges: Range[] = [];
  for (let left = cursor.read(version === 2 ? 4 : 2); left > 0; left--) {
    const id = cursor.read(version === 2 ? 4 : 2);
    const method = version === 0 ? 0 : cursor.read(2) & 15;
    const source = cursor.read(2);
    const base = cursor.read(baseWidth);
    for (let extents = cursor.read(2); extents > 0; extents--) {
      cursor.read(indexWidth);
      const offset = cursor.read(offsetWidth);
      const length = cursor.read(lengthWidth);
      if (!kept.has(id)) continue;
      if (source !== 0 || method > 1 || (method === 1 && !idat)) throw new RangeError('its data are elsewhere');
      const start = (method === 1 ? (idat?.body ?? 0) : 0) + base + offset;
      const end = length === 0 ? (method === 1 ? (idat?.end ?? 0) : bytes.length) : start + length;
      ranges.push({ start, end });
    }
  }
  wipe.ranges.push({ start: cursor.at, end: iloc.end });
  return ranges;
}

/** Ids of the items that the picture is made of. */
function pictureItems(
  primary: number,
  items: ReadonlyMap<number, Item>,
  references: readonly Reference[],
  hasAlphaProperty: (id: number) => boolean,
): Set<number> {
  const kept = new Set<number>();
  const waiting = [primary];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (kept.has(id)) continue;
    const type = items.get(id)?.type ?? '';
    if (!PICTURES.has(type)) throw new RangeError('the picture is made of something unknown');
    kept.add(id);
    for (const { box, from, to } of references) {
      if (box.name === 'dimg' && from === id && DERIVED.has(type)) waiting.push(...to);
      if (box.name === 'auxl' && to.includes(id) && hasAlphaProperty(from)) waiting.push(from);
    }
  }
  return kept;
}

/** Marks what goes from a `meta` box with these children, and returns where the data lie that stay. */
export function followItems(bytes: Bytes, meta: readonly Box[], wipe: Wipe): Range[] {
  const pitm = needed(meta, 'pitm');
  const cursor = new Cursor(bytes, pitm.body, pitm.end);
  const primary = cursor.read(cursor.read(4) >>> 24 === 0 ? 2 : 4);
  wipe.ranges.push({ start: cursor.at, end: pitm.end });

  const items = readItems(bytes, needed(meta, 'iinf'), wipe);
  const references = readReferences(bytes, only(meta, 'iref'), wipe);
  const iprp = only(meta, 'iprp');
  const inIprp = iprp ? boxesIn(bytes, iprp.body, iprp.end) : [];
  const ipco = only(inIprp, 'ipco');
  const properties = ipco ? boxesIn(bytes, ipco.body, ipco.end) : [];
  const associations = readAssociations(bytes, inIprp, wipe);
  const stays = (box: Box): boolean =>
    PROPERTIES.has(box.name) && (box.name !== 'auxC' || isAlpha(bytes, box.body + 4, box.end));
  const ofItem = (id: number) =>
    (associations.get(id) ?? []).map(({ index, essential }) => ({ box: properties[index - 1], essential }));

  const kept = pictureItems(primary, items, references, (id) =>
    ofItem(id).some(({ box }) => box?.name === 'auxC' && stays(box)),
  );
  for (const id of kept) {
    // Without it a decoder would have to refuse the picture, or show another one.
    if (ofItem(id).some(({ box, essential }) => essential && box && !stays(box))) throw new RangeError('essential');
  }
  for (const box of inIprp) if (box.name !== 'ipco' && box.name !== 'ipma') dropBox(wipe, box);
  for (const box of properties) if (!stays(box)) dropBox(wipe, box);
  // Nothing points at what is gone, and what is gone is no picture to anyone.
  for (const [id, { typeAt }] of items) if (!kept.has(id)) wipe.names.push(typeAt);
  for (const { box, from, to } of references) {
    const needs = box.name === 'dimg' || box.name === 'auxl' || box.name === 'prem';
    if (!needs || !kept.has(from) || !to.every((id) => kept.has(id))) wipe.names.push(box.start + 4);
  }
  return readLocations(bytes, needed(meta, 'iloc'), only(meta, 'idat'), kept, wipe);
}
