/**
 * The still pictures of AVIF and HEIC. A file is a list of items, and only those are read that the picture is made of: the primary
 * one, the tiles it is put together from, and their alpha. Thumbnails, depth maps, mattes, gain maps, EXIF, XMP and whatever
 * else is an item stay behind.
 */
import { ascii, join, type Bytes } from './bytes';
import { boxesIn, Cursor, needed, only, type Box } from './iso-boxes';
import { isAlpha } from './iso-properties';

const PICTURES = new Set(['hvc1', 'av01', 'grid']);

export interface PictureItem {
  readonly id: number;
  readonly type: string;
  readonly hidden: boolean;
  readonly data: Bytes;
  readonly properties: readonly { readonly box: Box; readonly essential: boolean }[];
}

export interface Reference {
  readonly name: string;
  readonly from: number;
  readonly to: readonly number[];
}

export interface Picture {
  readonly primary: number;
  readonly items: readonly PictureItem[];
  readonly references: readonly Reference[];
}

interface Entry {
  readonly type: string;
  readonly hidden: boolean;
}

function readEntries(bytes: Bytes, iinf: Box): Map<number, Entry> {
  const cursor = new Cursor(bytes, iinf.body, iinf.end);
  cursor.read(cursor.read(4) >>> 24 === 0 ? 2 : 4);
  const entries = new Map<number, Entry>();
  for (const entry of boxesIn(bytes, cursor.at, iinf.end)) {
    if (entry.name !== 'infe') throw new RangeError('not an item');
    const inside = new Cursor(bytes, entry.body, entry.end);
    const head = inside.read(4);
    const version = head >>> 24;
    // Versions 0 and 1 have no types and are not used for pictures.
    if (version !== 2 && version !== 3) throw new RangeError('no such item entry');
    const id = inside.read(version === 2 ? 2 : 4);
    if (inside.read(2) !== 0 || entries.has(id)) throw new RangeError('a protected item, or one named twice');
    const typeAt = inside.at;
    inside.read(4);
    entries.set(id, { type: ascii(bytes, typeAt, 4), hidden: (head & 1) === 1 });
  }
  return entries;
}

function readReferences(bytes: Bytes, iref: Box | undefined): Reference[] {
  if (!iref) return [];
  const width = new Cursor(bytes, iref.body, iref.end).read(4) >>> 24 === 0 ? 2 : 4;
  return boxesIn(bytes, iref.body + 4, iref.end).map(({ name, body, end }) => {
    const cursor = new Cursor(bytes, body, end);
    const from = cursor.read(width);
    return { name, from, to: Array.from({ length: cursor.read(2) }, () => cursor.read(width)) };
  });
}

interface Association {
  readonly index: number;
  readonly essential: boolean;
}

function readAssociations(bytes: Bytes, boxes: readonly Box[]): Map<number, Association[]> {
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
  }
  return all;
}

/** The data of the items asked for, their pieces put together. */
function readData(bytes: Bytes, iloc: Box, idat: Box | undefined, wanted: ReadonlySet<number>): Map<number, Bytes> {
  const cursor = new Cursor(bytes, iloc.body, iloc.end);
  const version = cursor.read(4) >>> 24;
  if (version > 2) throw new RangeError('no such iloc');
  const sizes = cursor.read(2);
  const [offsetWidth, lengthWidth, baseWidth] = [(sizes >> 12) & 15, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexWidth = version === 0 ? 0 : sizes & 15;
  const data = new Map<number, Bytes>();
  for (let left = cursor.read(version === 2 ? 4 : 2); left > 0; left--) {
    const id = cursor.read(version === 2 ? 4 : 2);
    const method = version === 0 ? 0 : cursor.read(2) & 15;
    const source = cursor.read(2);
    const base = cursor.read(baseWidth);
    const pieces: Bytes[] = [];
    let extents = cursor.read(2);
    // A number that no file has, and that costs nothing to write.
    if (extents > 1024) throw new RangeError('an item in too many pieces');
    for (; extents > 0; extents--) {
      cursor.read(indexWidth);
      const offset = cursor.read(offsetWidth);
      const length = cursor.read(lengthWidth);
      if (!wanted.has(id)) continue;
      if (source !== 0 || method > 1 || (method === 1 && !idat)) throw new RangeError('its data are elsewhere');
      const limit = method === 1 ? (idat?.end ?? 0) : bytes.length;
      const start = (method === 1 ? (idat?.body ?? 0) : 0) + base + offset;
      const end = length === 0 ? limit : start + length;
      if (start > end || end > limit) throw new RangeError('its data lie outside the file');
      pieces.push(bytes.slice(start, end));
    }
    if (!wanted.has(id)) continue;
    if (data.has(id)) throw new RangeError('an item in two places');
    data.set(id, join(pieces));
  }
  return data;
}

/** Ids of the items that the picture is made of. */
function pictureIds(
  primary: number,
  entries: ReadonlyMap<number, Entry>,
  references: readonly Reference[],
  hasAlphaProperty: (id: number) => boolean,
): Set<number> {
  const kept = new Set<number>();
  const waiting = [primary];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (kept.has(id)) continue;
    const type = entries.get(id)?.type ?? '';
    if (!PICTURES.has(type)) throw new RangeError('the picture is made of something unknown');
    kept.add(id);
    for (const { name, from, to } of references) {
      if (name === 'dimg' && from === id && type === 'grid') waiting.push(...to);
      if (name === 'auxl' && to.includes(id) && hasAlphaProperty(from)) waiting.push(from);
    }
  }
  return kept;
}

/** What the picture in a `meta` box with these children is made of. */
export function readPicture(bytes: Bytes, meta: readonly Box[]): Picture {
  const pitm = needed(meta, 'pitm');
  const cursor = new Cursor(bytes, pitm.body, pitm.end);
  const primary = cursor.read(cursor.read(4) >>> 24 === 0 ? 2 : 4);
  const entries = readEntries(bytes, needed(meta, 'iinf'));
  const references = readReferences(bytes, only(meta, 'iref'));
  const iprp = only(meta, 'iprp');
  const inIprp = iprp ? boxesIn(bytes, iprp.body, iprp.end) : [];
  const ipco = only(inIprp, 'ipco');
  const boxes = ipco ? boxesIn(bytes, ipco.body, ipco.end) : [];
  const associations = readAssociations(bytes, inIprp);
  const propertiesOf = (id: number): PictureItem['properties'] =>
    (associations.get(id) ?? []).flatMap(({ index, essential }) => {
      const box = boxes[index - 1];
      return box ? [{ box, essential }] : [];
    });
  const ids = pictureIds(primary, entries, references, (id) =>
    propertiesOf(id).some(({ box }) => box.name === 'auxC' && isAlpha(bytes, box)),
  );
  const data = readData(bytes, needed(meta, 'iloc'), only(meta, 'idat'), ids);
  const items = [...ids].map((id): PictureItem => {
    const { type = '', hidden = false } = entries.get(id) ?? {};
    const own = data.get(id);
    if (!own) throw new RangeError('an item without data');
    return { id, type, hidden, data: own, properties: propertiesOf(id) };
  });
  // Only what points from one part of the picture to others.
  const kept = references.filter(({ name, from, to }) => {
    return ['dimg', 'auxl', 'prem'].includes(name) && ids.has(from) && to.every((id) => ids.has(id));
  });
  return { primary, items, references: kept };
}
