/**
 * Animated AVIF and HEIC are films: a `moov` box of tracks, each with tables of where its samples lie. Tracks of pictures and of
 * their alpha stay, without their times and names; sound, texts, thumbnails and depth go.
 */
import { ascii } from './exif-block';
import { boxesIn, Cursor, dropBox, needed, only, type Box, type Range, type Wipe } from './iso-boxes';
import { isAlpha } from './iso-items';
import type { Bytes } from './strip-metadata';

const KEPT: Readonly<Record<string, ReadonlySet<string>>> = {
  moov: new Set(['mvhd', 'trak']),
  trak: new Set(['tkhd', 'tref', 'edts', 'mdia']),
  edts: new Set(['elst']),
  mdia: new Set(['mdhd', 'hdlr', 'minf']),
  minf: new Set(['vmhd', 'nmhd', 'dinf', 'stbl']),
  stbl: new Set(['stsd', 'stts', 'stsc', 'stsz', 'stco', 'co64', 'stss', 'ctts', 'cslg']),
  sample: new Set(['av1C', 'hvcC', 'avcC', 'colr', 'pasp', 'clap', 'ccst', 'auxi', 'clli', 'mdcv']),
};
const CODECS = new Set(['av01', 'hvc1', 'hev1', 'avc1']);
/** A visual sample entry has so many bytes before its boxes, and in them a name of the encoder. */
const ENTRY_BYTES = 78;
const ENCODER_NAME = { at: 42, bytes: 32 };

/** The boxes of `parent` that stay; the others are marked. */
function children(bytes: Bytes, parent: Box, wipe: Wipe, start = parent.body, kind = parent.name): readonly Box[] {
  const boxes = boxesIn(bytes, start, parent.end);
  for (const box of boxes) if (!KEPT[kind]?.has(box.name)) dropBox(wipe, box);
  return boxes.filter(({ name }) => KEPT[kind]?.has(name));
}

/** When it was made and changed stands at the head of mvhd, tkhd and mdhd. */
function wipeTimes(bytes: Bytes, box: Box, wipe: Wipe): void {
  const times = new Cursor(bytes, box.body, box.end).read(4) >>> 24 === 1 ? 16 : 8;
  wipe.ranges.push({ start: box.body + 4, end: Math.min(box.end, box.body + 4 + times) });
}

/** The name of a handler, for people. */
export function wipeHandlerName(box: Box, wipe: Wipe): void {
  wipe.ranges.push({ start: Math.min(box.end, box.body + 24), end: box.end });
}

/** Samples are in this file: an address of another one has no use. */
function wipeDataAddresses(bytes: Bytes, minf: readonly Box[], wipe: Wipe): void {
  const dinf = only(minf, 'dinf');
  if (!dinf) return;
  for (const box of boxesIn(bytes, dinf.body, dinf.end)) {
    if (box.name !== 'dref') {
      dropBox(wipe, box);
      continue;
    }
    for (const entry of boxesIn(bytes, box.body + 8, box.end)) {
      wipe.ranges.push({ start: Math.min(entry.end, entry.body + 4), end: entry.end });
    }
  }
}

/** Where the samples lie: chunks of so many samples, of their own sizes or all of one. */
function sampleRanges(bytes: Bytes, stbl: readonly Box[]): Range[] {
  const stsz = needed(stbl, 'stsz');
  const sizes = new Cursor(bytes, stsz.body, stsz.end);
  sizes.read(4);
  const common = sizes.read(4);
  let left = sizes.read(4);

  const stsc = needed(stbl, 'stsc');
  const runs = new Cursor(bytes, stsc.body, stsc.end);
  runs.read(4);
  const chunkRuns = Array.from({ length: (stsc.end - stsc.body - 8) / 12 }, (_, index) => {
    runs.at = stsc.body + 8 + index * 12;
    return { first: runs.read(4), samples: runs.read(4) };
  });

  const stco = only(stbl, 'stco') ?? needed(stbl, 'co64');
  const offsets = new Cursor(bytes, stco.body + 4, stco.end);
  const ranges: Range[] = [];
  const chunks = offsets.read(4);
  let run = 0;
  for (let chunk = 1; chunk <= chunks; chunk++) {
    const start = offsets.read(stco.name === 'stco' ? 4 : 8);
    while ((chunkRuns[run + 1]?.first ?? Infinity) <= chunk) run += 1;
    const samples = Math.min(chunkRuns[run]?.samples ?? 0, left);
    left -= samples;
    let length = common * samples;
    if (common === 0) for (let n = 0; n < samples; n++) length += sizes.read(4);
    ranges.push({ start, end: start + length });
  }
  return ranges;
}

/** True where the entries are pictures we know; `alpha` where they are alpha. Marks what goes inside them. */
function followEntries(bytes: Bytes, stsd: Box, wipe: Wipe): { known: boolean; alpha: boolean } {
  let [known, alpha] = [true, true];
  for (const entry of boxesIn(bytes, stsd.body + 8, stsd.end)) {
    if (!CODECS.has(entry.name) || entry.end - entry.body < ENTRY_BYTES) {
      known = false;
      continue;
    }
    const start = entry.body + ENCODER_NAME.at;
    wipe.ranges.push({ start, end: start + ENCODER_NAME.bytes });
    const auxi = only(children(bytes, entry, wipe, entry.body + ENTRY_BYTES, 'sample'), 'auxi');
    if (!auxi || !isAlpha(bytes, auxi.body + 4, auxi.end)) alpha = false;
  }
  return { known, alpha };
}

/** Marks what goes from a track and returns where its samples lie; null where the whole track goes. */
function followTrack(bytes: Bytes, trak: Box, wipe: Wipe): Range[] | null {
  const inTrak = children(bytes, trak, wipe);
  const inMdia = children(bytes, needed(inTrak, 'mdia'), wipe);
  const hdlr = needed(inMdia, 'hdlr');
  const handler = ascii(bytes, hdlr.body + 8, 4);
  if (handler !== 'pict' && handler !== 'vide' && handler !== 'auxv') return null;
  const tref = only(inTrak, 'tref');
  if (tref && boxesIn(bytes, tref.body, tref.end).some(({ name }) => name === 'thmb')) return null;
  const inMinf = children(bytes, needed(inMdia, 'minf'), wipe);
  const inStbl = children(bytes, needed(inMinf, 'stbl'), wipe);
  const { known, alpha } = followEntries(bytes, needed(inStbl, 'stsd'), wipe);
  if (!known) throw new RangeError('a film of an unknown kind');
  if (handler === 'auxv' && !alpha) return null;

  for (const box of [...inTrak, ...inMdia]) {
    if (box.name === 'tkhd' || box.name === 'mdhd') wipeTimes(bytes, box, wipe);
    if (box.name === 'edts') children(bytes, box, wipe);
  }
  wipeHandlerName(hdlr, wipe);
  wipeDataAddresses(bytes, inMinf, wipe);
  return sampleRanges(bytes, inStbl);
}

/** Marks what goes from a `moov` box, and returns where the samples lie that stay. */
export function followFilm(bytes: Bytes, moov: Box, wipe: Wipe): Range[] {
  const kept: Range[] = [];
  for (const box of children(bytes, moov, wipe)) {
    if (box.name === 'mvhd') {
      wipeTimes(bytes, box, wipe);
      continue;
    }
    const samples = followTrack(bytes, box, wipe);
    if (samples) kept.push(...samples);
    else dropBox(wipe, box);
  }
  return kept;
}
