import { describe, expect, it } from 'vitest';
import { readFixture } from './fixtures/read-fixture';
import { join, latin, u16, u32, type Bytes } from './bytes';
import { box } from './iso-boxes';
import { stripIsoMedia } from './strip-iso-media';

const SECRET = 'GPS 52.5163 N 13.3777 E';
const ALPHA = 'urn:mpeg:mpegB:cicp:systems:auxiliary:alpha';
const DEPTH = 'urn:mpeg:mpegB:cicp:systems:auxiliary:depth';
const holds = (bytes: Uint8Array, text: string) => Buffer.from(bytes).includes(text);
const strip = (bytes: Bytes) => stripIsoMedia(bytes)?.bytes ?? null;

const full = (version: number) => Uint8Array.of(version, 0, 0, 0);
/** A unit of AV1 data of that type. */
const obu = (type: number, text: string) => String.fromCharCode((type << 3) | 2, text.length) + text;
/** A whole frame. */
const frame = (text: string) => obu(6, text);
/** Two tiles beside each other, 8 by 4 pixels. */
const GRID = '\0\0\0\x01\0\x08\0\x04';

interface Item {
  readonly type: string;
  readonly data: string;
  readonly name?: string;
  /** Numbers of properties, from 1. */
  readonly has?: readonly number[];
  /** A reference from this item to others. */
  readonly refers?: readonly [type: string, ...to: number[]];
}

interface Outline {
  readonly items: readonly Item[];
  readonly properties?: readonly Uint8Array[];
  readonly inIdat?: boolean;
  /** In the data, with no item that points at it. */
  readonly stray?: string;
  readonly after?: Uint8Array;
}

/** An AVIF in outline; the first item is the primary one, and ids count from 1. */
function isoMedia({ items, properties = [], inIdat = false, stray = '', after = new Uint8Array() }: Outline): Bytes {
  const data = latin(items.map((item) => item.data).join('') + stray);
  const make = (start: number) => {
    let at = inIdat ? 0 : start;
    const places = items.map((item, index) => {
      const place = join([u16(index + 1, inIdat ? 1 : 0, 0, 1), u32(at), u32(item.data.length)]);
      at += item.data.length;
      return place;
    });
    const entries = items.map(({ type, name = '' }, index) =>
      box('infe', full(2), u16(index + 1, 0), latin(`${type}${name}\0`)),
    );
    const references = items.flatMap(({ refers }, index) =>
      refers ? [box(refers[0], u16(index + 1, refers.length - 1, ...(refers.slice(1) as number[])))] : [],
    );
    const owned = items.map(({ has = [] }, index) => join([u16(index + 1), Uint8Array.of(has.length, ...has)]));
    const meta = box(
      'meta',
      full(0),
      box('hdlr', full(0), u32(0), latin('pict'), new Uint8Array(12), latin(`${SECRET}\0`)),
      box('pitm', full(0), u16(1)),
      box('iinf', full(0), u16(items.length), ...entries),
      box('iref', full(0), ...references),
      box('iprp', box('ipco', ...properties), box('ipma', full(0), u32(items.length), ...owned)),
      box('iloc', full(1), Uint8Array.of(0x44, 0), u16(items.length), ...places),
      ...(inIdat ? [box('idat', data)] : []),
    );
    const front = join([box('ftyp', latin('avif\0\0\0\0avifmif1')), meta, box('uuid', latin(SECRET))]);
    return { front, bytes: join([front, box('mdat', inIdat ? new Uint8Array() : data), after]) };
  };
  return make(make(0).front.length + 8).bytes;
}

const AUX_ALPHA = box('auxC', full(0), latin(`${ALPHA}\0`));
const AUX_DEPTH = box('auxC', full(0), latin(`${DEPTH}\0${SECRET}`));
const PIXELS: Item = { type: 'av01', data: frame('PIXS'), name: SECRET };

describe('AVIF and HEIC: what the picture is not made of goes', () => {
  const secret = (item: Omit<Item, 'data'>): Outline => ({ items: [PIXELS, { data: SECRET, ...item }] });
  const files: [string, Outline][] = [
    ['EXIF', secret({ type: 'Exif', refers: ['cdsc', 1] })],
    ['XMP', secret({ type: 'mime', name: `XMP\0${SECRET}`, refers: ['cdsc', 1] })],
    ['metadata among the data', { items: [{ ...PIXELS, data: obu(5, SECRET) + PIXELS.data }] }],
    ['padding among the data', { items: [{ ...PIXELS, data: PIXELS.data + obu(15, SECRET) }] }],
    ['a unit of an unknown type', { items: [{ ...PIXELS, data: PIXELS.data + obu(9, SECRET) }] }],
    ['a thumbnail', secret({ type: 'av01', refers: ['thmb', 1] })],
    ['a depth map', { ...secret({ type: 'av01', has: [1], refers: ['auxl', 1] }), properties: [AUX_DEPTH] }],
    ['an auxiliary that does not say what it is', secret({ type: 'hvc1', refers: ['auxl', 1] })],
    ['a gain map', secret({ type: 'tmap', refers: ['dimg', 1] })],
    ['another picture', secret({ type: 'av01' })],
    ['an unknown item', secret({ type: 'note' })],
    ['a description', { items: [{ ...PIXELS, has: [1] }], properties: [box('udes', full(0), latin(`${SECRET}\0`))] }],
    ['a vendor’s property', { items: [PIXELS], properties: [box('uuid', latin(SECRET))] }],
    ['data that nothing points at', { items: [PIXELS], stray: SECRET }],
  ];
  it.each(files)('%s', (_, outline) => {
    for (const inIdat of [false, true]) {
      const file = isoMedia({ ...outline, inIdat });
      expect(holds(file, SECRET)).toBe(true);
      const clean = strip(file)!;
      expect(holds(clean, SECRET)).toBe(false);
      expect(holds(clean, 'PIXS')).toBe(true);
      // The same as of a file that never held it.
      expect(clean).toEqual(strip(isoMedia({ items: [PIXELS] })));
      expect(strip(clean)).toEqual(clean);
    }
  });
});

describe('AVIF and HEIC: what the picture is made of stays', () => {
  it('its tiles and its alpha', () => {
    const clean = strip(
      isoMedia({
        items: [
          { type: 'grid', data: GRID + SECRET, refers: ['dimg', 2, 3] },
          { type: 'av01', data: frame('LEFT') },
          { type: 'av01', data: frame('RIGHT') },
          { type: 'av01', data: frame('CLEAR'), has: [1], refers: ['auxl', 1] },
          { type: 'Exif', data: SECRET, refers: ['cdsc', 1] },
        ],
        properties: [AUX_ALPHA],
      }),
    )!;
    for (const text of ['LEFT', 'RIGHT', 'CLEAR', ALPHA, 'grid']) expect(holds(clean, text)).toBe(true);
    expect(holds(clean, SECRET)).toBe(false);
  });

  it('a real one with thumbnail, alpha, EXIF and XMP: its four items become two', () => {
    const file = readFixture('image/metadata/fixtures/portrait.heic');
    const clean = strip(file)!;
    const count = (bytes: Bytes, text: string) => Buffer.from(bytes).toString('latin1').split(text).length - 1;
    expect([count(file, 'SECRET'), count(clean, 'SECRET')]).toEqual([2, 0]);
    // Item entries end in their type and an empty name.
    expect([count(file, 'hvc1\0'), count(clean, 'hvc1\0')]).toEqual([4, 2]);
    expect([count(file, 'thmb'), count(clean, 'thmb')]).toEqual([1, 0]);
  });

  it('HEVC: slices and parameter sets, without the messages beside them', () => {
    const nal = (type: number, text: string) => join([u32(text.length + 2), Uint8Array.of(type << 1, 1), latin(text)]);
    const set = (type: number, text: string) =>
      join([Uint8Array.of(type), u16(1, text.length + 2), Uint8Array.of(type << 1, 1), latin(text)]);
    const head = new Uint8Array(23).fill(1);
    // Units are of four-byte lengths; two arrays follow.
    head.set([3, 2], 21);
    const hvcC = box('hvcC', head, set(33, 'SPS'), set(39, SECRET));
    const data = String.fromCharCode(...nal(39, SECRET), ...nal(19, 'SLICE'), ...nal(40, SECRET));
    const clean = strip(isoMedia({ items: [{ type: 'hvc1', data, has: [0x81] }], properties: [hvcC] }))!;
    for (const text of ['SPS', 'SLICE']) expect(holds(clean, text)).toBe(true);
    expect(holds(clean, SECRET)).toBe(false);
    expect(strip(clean)).toEqual(clean);
  });

  it.each([
    ['size', 'ispe', join([full(0), u32(8), u32(4)])],
    ['depth', 'pixi', join([full(0), Uint8Array.of(3, 8, 8, 8)])],
    ['color', 'colr', join([latin('nclx'), u16(1, 13, 6), Uint8Array.of(0x80)])],
    ['rotation', 'irot', Uint8Array.of(1)],
    ['mirroring', 'imir', Uint8Array.of(1)],
  ])('a property of its own length: %s', (_, name, body) => {
    const items = [{ ...PIXELS, has: [1] }];
    const plain = strip(isoMedia({ items, properties: [box(name, body)] }))!;
    expect(holds(plain, name)).toBe(true);
    expect(strip(isoMedia({ items, properties: [box(name, body, latin(SECRET))] }))).toEqual(plain);
  });
});

describe('AVIF and HEIC: a file that cannot be followed is refused', () => {
  it.each<[string, Outline]>([
    ['the primary item is of an unknown kind', { items: [{ type: 'note', data: 'PIXS' }] }],
    [
      'a tile is',
      {
        items: [
          { ...PIXELS, type: 'grid', data: GRID, refers: ['dimg', 2, 2] },
          { type: 'note', data: 'TILE' },
        ],
      },
    ],
    ['a tile is missing', { items: [{ ...PIXELS, type: 'grid', data: GRID, refers: ['dimg', 7, 7] }] }],
    ['there is a film in it', { items: [PIXELS], after: box('moov', latin(SECRET)) }],
    ['it is cropped', { items: [{ ...PIXELS, has: [1] }], properties: [box('clap', new Uint8Array(32))] }],
    ['its pixels are not square', { items: [{ ...PIXELS, has: [1] }], properties: [box('pasp', u32(1), u32(2))] }],
    [
      'its profile is none',
      { items: [{ ...PIXELS, has: [1] }], properties: [box('colr', latin(`prof${SECRET.repeat(9)}`))] },
    ],
    ['its data are no units', { items: [{ ...PIXELS, data: 'x' }] }],
    ['an essential property is', { items: [{ ...PIXELS, has: [0x81] }], properties: [box('rref', full(0))] }],
  ])('%s', (_, outline) => expect(strip(isoMedia(outline))).toBeNull());

  it('an item lies outside the file', () => {
    const file = isoMedia({ items: [PIXELS] });
    expect(strip(file)).not.toBeNull();
    expect(strip(file.slice(0, file.length - 3))).toBeNull();
  });

  it('there are two lists of items', () => {
    const file = isoMedia({ items: [PIXELS] });
    expect(strip(join([file, box('meta', full(0), latin(SECRET))]))).toBeNull();
  });
});
