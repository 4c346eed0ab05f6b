/**
 * AVIF and HEIC: a new file around the compressed data of the items that the picture is made of (iso-items.ts), with their
 * properties written anew (iso-properties.ts). Nothing else of the old file is copied. Pixels are not compressed again;
 * orientation is a property (irot, imir) and stays. Null: a film, or a file that cannot be followed.
 */
import { ascii, join, latin, u16, u32, type Bytes } from './bytes';
import { box, boxesIn, fullBox, needed, only, type Box } from './iso-boxes';
import { readPicture, type Picture, type PictureItem } from './iso-items';
import { av1Data, gridData, hevcData, hevcLengthBytes, writeProperty } from './iso-properties';
import type { Stripped } from './strip-metadata';

/** Kinds of file that readers ask for. */
const BRANDS = new Set(['avif', 'mif1', 'miaf', 'MA1A', 'MA1B', 'heic', 'heix', 'heim', 'heis']);

function dataOf(bytes: Bytes, { type, data, properties, id }: PictureItem, { references }: Picture): Bytes {
  if (type === 'av01') return av1Data(data);
  if (type === 'grid') {
    const tiles = references.filter(({ name, from }) => name === 'dimg' && from === id);
    return gridData(data, tiles.length === 1 ? (tiles[0]?.to.length ?? 0) : 0);
  }
  const configuration = properties.find((property) => property.box.name === 'hvcC');
  if (!configuration) throw new RangeError('no decoder configuration');
  return hevcData(data, hevcLengthBytes(bytes, configuration.box));
}

/** The properties of all items, each once, and which item has which. */
function writeProperties(bytes: Bytes, items: readonly PictureItem[]): Bytes {
  const written: Bytes[] = [];
  /** By place in the old file; 0: it goes. */
  const places = new Map<number, number>();
  const lists = items.map(({ properties }) =>
    properties.flatMap(({ box: property, essential }) => {
      if (!places.has(property.start)) {
        const made = writeProperty(bytes, property, essential);
        places.set(property.start, made ? written.push(made) : 0);
      }
      const place = places.get(property.start) ?? 0;
      return place > 0 ? [{ place, essential }] : [];
    }),
  );
  const wide = written.length > 127;
  const rows = lists.map((list, index) => {
    const entries = list.map(({ place, essential }) =>
      wide ? u16(place | (essential ? 0x8000 : 0)) : Uint8Array.of(place | (essential ? 0x80 : 0)),
    );
    return join([u16(index + 1), Uint8Array.of(list.length), ...entries]);
  });
  return box('iprp', box('ipco', ...written), fullBox('ipma', 0, wide ? 1 : 0, u32(rows.length), ...rows));
}

function fileType(bytes: Bytes, ftyp: Box): Bytes {
  const known = (at: number): string[] => [ascii(bytes, at, 4)].filter((brand) => BRANDS.has(brand));
  const others: string[] = [];
  for (let at = ftyp.body + 8; at + 4 <= ftyp.end; at += 4) others.push(...known(at));
  const brands = [...new Set([...known(ftyp.body), ...others])];
  const major = known(ftyp.body)[0] ?? brands[0];
  if (major === undefined) throw new RangeError('no such kind of file');
  return box('ftyp', latin(major), u32(0), ...brands.map(latin));
}

function rebuild(bytes: Bytes): Bytes {
  const top = boxesIn(bytes, 0, bytes.length);
  // Which of its pictures a reader shows is the reader's choice.
  if (only(top, 'moov')) throw new RangeError('a film');
  const meta = needed(top, 'meta');
  const picture = readPicture(bytes, boxesIn(bytes, meta.body + 4, meta.end));
  const { items } = picture;
  const numberOf = new Map(items.map(({ id }, index) => [id, index + 1]));
  const place = (id: number): number => numberOf.get(id) ?? 0;
  const data = items.map((item) => dataOf(bytes, item, picture));

  const entries = items.map(({ id, type, hidden }) =>
    fullBox('infe', 2, hidden ? 1 : 0, u16(place(id), 0), latin(`${type}\0`)),
  );
  const references = picture.references.map(({ name, from, to }) =>
    box(name, u16(place(from), to.length, ...to.map(place))),
  );
  const properties = writeProperties(bytes, items);
  const kind = fileType(bytes, needed(top, 'ftyp'));
  const front = (start: number): Bytes => {
    let at = start;
    const places = data.map((own, index) => {
      const row = join([u16(index + 1, 0, 1), u32(at, own.length)]);
      at += own.length;
      return row;
    });
    return join([
      kind,
      fullBox(
        ...(['meta', 0, 0] as const),
        fullBox('hdlr', 0, 0, u32(0), latin('pict'), new Uint8Array(13)),
        fullBox('pitm', 0, 0, u16(place(picture.primary))),
        fullBox('iloc', 0, 0, Uint8Array.of(0x44, 0), u16(items.length), ...places),
        fullBox('iinf', 0, 0, u16(items.length), ...entries),
        ...(references.length > 0 ? [fullBox('iref', 0, 0, ...references)] : []),
        properties,
      ),
    ]);
  };
  // How long it is does not depend on where the data begin.
  const start = front(0).length + 8;
  return join([front(start), box('mdat', ...data)]);
}

export function stripIsoMedia(bytes: Bytes): Stripped | null {
  try {
    const stripped = rebuild(bytes);
    return { bytes: stripped, removed: Math.max(0, bytes.length - stripped.length) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
