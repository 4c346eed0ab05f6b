/**
 * AVIF and HEIC: boxes within boxes, with pixels found by their distance from the file's start. So nothing is moved: what the
 * picture is not made of is overwritten with zeros where it lies, and its name with `free`. An allow-list at every level: boxes,
 * items (iso-items.ts), properties, tracks (iso-film.ts), and of the data only what a kept item or track points at.
 * Orientation is a property of the picture (irot, imir) and stays.
 */
import { boxesIn, dropBox, gaps, needed, only, type Range, type Wipe } from './iso-boxes';
import { followFilm, wipeHandlerName } from './iso-film';
import { followItems } from './iso-items';
import type { Bytes, Stripped } from './strip-metadata';

const TOP = new Set(['ftyp', 'meta', 'mdat', 'moov']);
const META = new Set(['hdlr', 'pitm', 'iinf', 'iloc', 'iref', 'iprp', 'idat']);
const FREE = Uint8Array.of(0x66, 0x72, 0x65, 0x65);

function follow(bytes: Bytes): Wipe {
  const wipe: Wipe = { ranges: [], names: [] };
  const top = boxesIn(bytes, 0, bytes.length);
  const meta = needed(top, 'meta');
  const inside = boxesIn(bytes, meta.body + 4, meta.end);
  for (const box of top) if (!TOP.has(box.name)) dropBox(wipe, box);
  for (const box of inside) if (!META.has(box.name)) dropBox(wipe, box);
  const hdlr = only(inside, 'hdlr');
  if (hdlr) wipeHandlerName(hdlr, wipe);

  const kept = followItems(bytes, inside, wipe);
  const moov = only(top, 'moov');
  if (moov) kept.push(...followFilm(bytes, moov, wipe));

  const idat = only(inside, 'idat');
  const places: Range[] = [...top.filter(({ name }) => name === 'mdat'), ...(idat ? [idat] : [])].map(
    ({ body, end }) => ({ start: body, end }),
  );
  for (const { start, end } of kept) {
    if (start > end || !places.some((place) => start >= place.start && end <= place.end)) {
      throw new RangeError('pixels outside the data');
    }
  }
  for (const place of places) wipe.ranges.push(...gaps(place, kept));
  return wipe;
}

export function stripIsoMedia(original: Bytes): Stripped | null {
  const bytes = original.slice();
  let wipe: Wipe;
  try {
    wipe = follow(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  let removed = 0;
  for (const { start, end } of wipe.ranges) {
    removed += bytes.subarray(start, end).filter((byte) => byte !== 0).length;
    bytes.fill(0, start, end);
  }
  for (const at of wipe.names) bytes.set(FREE, at);
  return { bytes, removed };
}
