/**
 * JPEG: written anew from what decodes the picture. Tables, frame and scans are parsed to exact lengths; tables that no scan uses
 * go, and within tables the entries that no coefficient uses. The JFIF header, Adobe's color transform and the color profile
 * are written in their shortest form. Everything else goes: application segments, comments, bytes between segments, behind a
 * scan's last code and behind the end. Pixels are not compressed again. Null: not a JPEG that can be followed so.
 */
import { MAX_PIXELS } from '../header-size';
import { ascii, join, latin, orientationTiff, u16, viewOf, type Bytes } from './bytes';
import { canonicalProfile } from './icc';
import { HuffmanTable } from './jpeg-bits';
import { nextMarker, walkScan, type Component, type Frame, type QuantTable, type ScanPart } from './jpeg-scan';
import type { Stripped } from './strip-metadata';

const [SOI, EOI, SOS, DQT, DHT, DRI] = [0xd8, 0xd9, 0xda, 0xdb, 0xc4, 0xdd];
/** Ids that say how the colors are meant; others could say anything. */
const KNOWN_IDS = new Set(['1', '1,2,3', '0,1,2', '82,71,66', '1,2,3,4', '67,77,89,75', '0']);

const fail = (why: string): never => {
  throw new RangeError(why);
};

function segment(marker: number, ...parts: Uint8Array[]): Bytes {
  const body = join(parts);
  return join([Uint8Array.of(0xff, marker), u16(body.length + 2), body]);
}

/** What the walk through the file has come to know; `out` is written at the end, when it is known what was used. */
interface Walk {
  readonly bytes: Bytes;
  readonly out: (() => Uint8Array)[];
  readonly quant: (QuantTable | null)[];
  readonly dc: (HuffmanTable | null)[];
  readonly ac: (HuffmanTable | null)[];
  /** What the reader of the new file has in that slot. */
  readonly written: Map<string, unknown>;
  frame: Frame | null;
  interval: number;
  scans: number;
  jfif: boolean;
  adobe: number | null;
  readonly profile: Map<number, { readonly of: number; readonly bytes: Bytes }>;
}

function readQuant(walk: Walk, body: Bytes): void {
  const view = viewOf(body);
  for (let at = 0; at < body.length;) {
    const [precision, slot] = [(body[at] ?? 0) >> 4, (body[at] ?? 0) & 15];
    const bytes = precision === 0 ? 1 : 2;
    if (precision > 1 || slot > 3 || at + 1 + 64 * bytes > body.length) fail('no such table');
    const values = Array.from({ length: 64 }, (_, k) =>
      bytes === 1 ? view.getUint8(at + 1 + k) : view.getUint16(at + 1 + k * 2),
    );
    walk.quant[slot] = { wide: bytes === 2, values, used: new Uint8Array(64) };
    at += 1 + 64 * bytes;
  }
}

function readHuffman(walk: Walk, body: Bytes): void {
  for (let at = 0; at < body.length;) {
    const [kind, slot] = [(body[at] ?? 0) >> 4, (body[at] ?? 0) & 15];
    const counts = body.slice(at + 1, at + 17);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (kind > 1 || slot > 3 || counts.length < 16 || total > 256 || at + 17 + total > body.length)
      fail('no such table');
    (kind === 0 ? walk.dc : walk.ac)[slot] = new HuffmanTable(counts, body.slice(at + 17, at + 17 + total));
    at += 17 + total;
  }
}

function readFrame(walk: Walk, body: Bytes, marker: number): void {
  const view = viewOf(body);
  const count = body[5] ?? 0;
  if (walk.frame || body.length !== 6 + 3 * count || body[0] !== 8) fail('no such frame');
  const [height, width] = [view.getUint16(1), view.getUint16(3)];
  if (height === 0 || width === 0 || width * height > MAX_PIXELS) fail('no such size');
  const raw = Array.from({ length: count }, (_, index) => body.subarray(6 + index * 3, 9 + index * 3));
  if (!KNOWN_IDS.has(raw.map(([id]) => id).join())) fail('no such components');
  const factors = raw.map(([, hv = 0]) => ({ h: hv >> 4, v: hv & 15 }));
  if (factors.some(({ h, v }) => h < 1 || h > 4 || v < 1 || v > 4)) fail('no such sampling');
  const [hMax, vMax] = [Math.max(...factors.map(({ h }) => h)), Math.max(...factors.map(({ v }) => v))];
  const [unitsAcross, unitsDown] = [Math.ceil(width / (8 * hMax)), Math.ceil(height / (8 * vMax))];
  const progressive = marker === 0xc2;
  const components = raw.map(([id = 0, , slot = 0], index): Component => {
    const { h, v } = factors[index] ?? { h: 1, v: 1 };
    const stride = unitsAcross * h;
    return {
      ...{ id, h, v, slot, quant: null, stride },
      across: Math.ceil(Math.ceil((width * h) / hMax) / 8),
      down: Math.ceil(Math.ceil((height * v) / vMax) / 8),
      nonZero: progressive ? new Uint8Array(stride * unitsDown * v * 8) : null,
    };
  });
  if (components.some(({ slot }) => slot > 3)) fail('no such table');
  walk.frame = { progressive, unitsAcross, unitsDown, components };
  const written = segment(marker, body);
  walk.out.push(() => written);
}

/** Puts a table into the new file unless its reader has it already. */
function define(walk: Walk, name: string, table: unknown, write: () => Uint8Array): void {
  if (walk.written.get(name) === table) return;
  walk.written.set(name, table);
  walk.out.push(write);
}

function defineHuffman(walk: Walk, kind: 0 | 1, slot: number): HuffmanTable {
  const table = (kind === 0 ? walk.dc : walk.ac)[slot] ?? fail('a table is missing');
  define(walk, `huffman ${kind} ${slot}`, table, () => {
    const symbols = table.symbols.map((symbol, index) => (table.used[index] ? symbol : 0));
    return segment(DHT, Uint8Array.of((kind << 4) | slot), table.counts, symbols);
  });
  return table;
}

function defineQuant(walk: Walk, component: Component): void {
  if (component.quant) return;
  const { slot } = component;
  const table = walk.quant[slot] ?? fail('a table is missing');
  component.quant = table;
  define(walk, `quant ${slot}`, table, () => {
    const values = table.values.map((value, k) => (table.used[k] ? value : 1));
    return segment(
      DQT,
      Uint8Array.of((table.wide ? 16 : 0) | slot),
      table.wide ? u16(...values) : Uint8Array.from(values),
    );
  });
}

/** Reads a scan whose header is `body` and whose data start at `at`; returns where the next marker stands. */
function readScan(walk: Walk, body: Bytes, at: number): number {
  const { frame } = walk;
  const count = body[0] ?? 0;
  if (!frame || count < 1 || count > 4 || body.length !== 4 + 2 * count) return fail('no such scan');
  const [from = 0, to = 0, approximation = 0] = frame.progressive ? body.subarray(1 + 2 * count) : [0, 63, 0];
  const high = approximation >> 4;
  if (from > to || to > 63 || (approximation & 15) > 13 || high > 13) return fail('no such scan');
  if (frame.progressive && (from === 0 ? to !== 0 : count !== 1)) return fail('no such scan');
  const parts = Array.from({ length: count }, (_, index): ScanPart => {
    const [id, tables = 0] = body.subarray(1 + index * 2, 3 + index * 2);
    const component = frame.components.find((known) => known.id === id) ?? fail('no such component');
    defineQuant(walk, component);
    return {
      component,
      dc: from === 0 && high === 0 ? defineHuffman(walk, 0, tables >> 4) : null,
      ac: to > 0 ? defineHuffman(walk, 1, tables & 15) : null,
    };
  });
  if (new Set(parts.map(({ component }) => component)).size !== count) return fail('a component twice');
  const interval = walk.interval;
  if ((walk.written.get('interval') ?? 0) !== interval) {
    walk.written.set('interval', interval);
    walk.out.push(() => segment(DRI, u16(interval)));
  }
  // Which tables a scan does not use, its header may name all the same.
  const slots = parts.map(({ dc, ac }, index) => (body[2 + index * 2] ?? 0) & ((dc ? 0xf0 : 0) | (ac ? 0x0f : 0)));
  const head = segment(
    SOS,
    Uint8Array.of(count, ...parts.flatMap(({ component }, index) => [component.id, slots[index] ?? 0])),
    Uint8Array.of(from, to, approximation),
  );
  const walked = walkScan(walk.bytes, at, frame, { parts, from, to, high, interval });
  walk.out.push(
    () => head,
    () => walked.data,
  );
  walk.scans += 1;
  return walked.at;
}

function readApplication(walk: Walk, marker: number, body: Bytes): void {
  const says = (name: string) => ascii(body, 0, name.length) === name;
  if (marker === 0xe0 && says('JFIF\0') && body.length >= 14) walk.jfif = true;
  if (marker === 0xee && says('Adobe') && body.length >= 12) walk.adobe = body[11] ?? 0;
  if (marker === 0xe2 && says('ICC_PROFILE\0') && body.length > 14) {
    walk.profile.set(body[12] ?? 0, { of: body[13] ?? 0, bytes: body.slice(14) });
  }
}

function follow(walk: Walk): void {
  const { bytes } = walk;
  for (let at = nextMarker(bytes, 2); at < bytes.length;) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === EOI) break;
    // Restarts and the reserved 0x01 stand alone, and mean nothing here.
    if ((marker >= 0xd0 && marker <= 0xd7) || marker === 0x01) {
      at = nextMarker(bytes, at + 2);
      continue;
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    const end = at + 2 + length;
    if (marker === SOI || length < 2 || end > bytes.length) fail('not a segment');
    const body = bytes.slice(at + 4, end);
    if (marker === SOS) {
      at = readScan(walk, body, end);
      continue;
    }
    if (marker === DQT) readQuant(walk, body);
    else if (marker === DHT) readHuffman(walk, body);
    else if (marker === DRI) walk.interval = body.length === 2 ? viewOf(body).getUint16(0) : fail('no such interval');
    else if (marker >= 0xc0 && marker <= 0xc2) readFrame(walk, body, marker);
    else if (marker >= 0xe0 && marker <= 0xef) readApplication(walk, marker, body);
    // Comments go; every other marker belongs to a kind of JPEG that browsers do not show.
    else if (marker !== 0xfe) fail('no such segment');
    at = nextMarker(bytes, end);
  }
}

/** The profile in its parts, or null where it is not whole: then no reader uses it. */
function wholeProfile(walk: Walk): Bytes | null {
  const parts = [...walk.profile].toSorted(([one], [other]) => one - other);
  if (parts.length === 0) return null;
  const whole = parts.every(([number, { of }], index) => number === index + 1 && of === parts.length);
  return whole ? join(parts.map(([, { bytes }]) => bytes)) : null;
}

function write(walk: Walk, orientation: number): Bytes {
  const head: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
  if (walk.jfif) head.push(segment(0xe0, latin('JFIF\0'), Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0)));
  if (orientation !== 1) head.push(segment(0xe1, latin('Exif\0\0'), orientationTiff(orientation)));
  const profile = wholeProfile(walk);
  if (profile) {
    const count = walk.frame?.components.length;
    const clean = count === 4 ? null : canonicalProfile(profile, count === 1 ? 'GRAY' : 'RGB ');
    head.push(segment(0xe2, latin('ICC_PROFILE\0'), Uint8Array.of(1, 1), clean ?? fail('no such profile')));
  }
  if (walk.adobe !== null) {
    if (walk.adobe > 2) fail('no such transform');
    head.push(segment(0xee, latin('Adobe'), u16(100, 0, 0), Uint8Array.of(walk.adobe)));
  }
  return join([...head, ...walk.out.map((part) => part()), Uint8Array.of(0xff, EOI)]);
}

export function stripJpeg(bytes: Bytes, orientation: number): Stripped | null {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return null;
  const walk: Walk = {
    ...{ bytes, out: [], quant: [], dc: [], ac: [], written: new Map(), frame: null },
    ...{ interval: 0, scans: 0, jfif: false, adobe: null, profile: new Map() },
  };
  try {
    follow(walk);
    if (walk.scans === 0) return null;
    const stripped = write(walk, orientation);
    // The orientation's segment is ours.
    const added = orientation === 1 ? 0 : 10 + orientationTiff(orientation).length;
    return { bytes: stripped, removed: Math.max(0, bytes.length + added - stripped.length) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
