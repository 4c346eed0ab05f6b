/**
 * One scan of a JPEG, walked code by code: baseline and progressive, as ITU-T T.81 has them. Nothing is decoded to pixels; what
 * comes out is the scan's own bytes without what stands behind its last code or between its restart intervals, and which
 * entries of which tables it used.
 */
import { join, type Bytes } from './bytes';
import { ScanBits, type HuffmanTable } from './jpeg-bits';

/** Values in zigzag order, and which of them a coefficient was ever multiplied by. */
export interface QuantTable {
  readonly wide: boolean;
  readonly values: readonly number[];
  readonly used: Uint8Array;
}

export interface Component {
  readonly id: number;
  readonly h: number;
  readonly v: number;
  readonly slot: number;
  /** Set with the first scan it is in. */
  quant: QuantTable | null;
  /** Blocks a row, filled up to whole units; and of its own. */
  readonly stride: number;
  readonly across: number;
  readonly down: number;
  /** A bit for every coefficient that is not zero so far: progressive pictures refine those. Null in baseline ones. */
  readonly nonZero: Uint8Array | null;
}

export interface Frame {
  readonly progressive: boolean;
  readonly unitsAcross: number;
  readonly unitsDown: number;
  readonly components: readonly Component[];
}

export interface ScanPart {
  readonly component: Component;
  readonly dc: HuffmanTable | null;
  readonly ac: HuffmanTable | null;
}

export interface Scan {
  readonly parts: readonly ScanPart[];
  readonly from: number;
  readonly to: number;
  readonly high: number;
  readonly interval: number;
}

const cut = (why: string): never => {
  throw new RangeError(why);
};

/** Reads the block that is number `block` of its component. */
type ReadBlock = (part: ScanPart, block: number) => void;

function blockReader(bits: () => ScanBits, frame: Frame, scan: Scan): { read: ReadBlock; restart: () => void } {
  const { from, to, high } = scan;
  /** Blocks that have nothing more in this band. */
  let idle = 0;

  const dc: ReadBlock = ({ component, dc: table }) => {
    component.quant!.used[0] = 1;
    const size = table!.decode(bits());
    if (size > 11) cut('a difference of no such size');
    if (size > 0) bits().skip(size);
  };

  const run = (length: number): void => {
    idle = (1 << length) + (length > 0 ? bits().take(length) : 0);
  };

  const acFirst: ReadBlock = ({ component, ac: table }, block) => {
    if (idle > 0) {
      idle -= 1;
      return;
    }
    const { nonZero, quant } = component;
    for (let k = Math.max(1, from); k <= to; k++) {
      const symbol = table!.decode(bits());
      const [zeros, size] = [symbol >> 4, symbol & 15];
      if (size === 0) {
        if (zeros === 15) {
          k += 15;
          continue;
        }
        if (!frame.progressive) {
          if (zeros > 0) cut('no such end of a block');
          return;
        }
        run(zeros);
        idle -= 1;
        return;
      }
      k += zeros;
      if (k > to) cut('more coefficients than a block has');
      bits().skip(size);
      quant!.used[k] = 1;
      if (nonZero) nonZero[block * 8 + (k >> 3)]! |= 1 << (k & 7);
    }
  };

  const acRefine: ReadBlock = ({ component, ac: table }, block) => {
    const [nonZero, quant] = [component.nonZero!, component.quant!];
    const isSet = (k: number) => ((nonZero[block * 8 + (k >> 3)]! >> (k & 7)) & 1) === 1;
    let k = from;
    while (idle === 0 && k <= to) {
      const symbol = table!.decode(bits());
      let zeros = symbol >> 4;
      const size = symbol & 15;
      if (size > 1) cut('a refinement of more than one bit');
      if (size === 1) bits().skip(1);
      else if (zeros < 15) {
        run(zeros);
        break;
      }
      for (; k <= to; k++) {
        if (isSet(k)) bits().skip(1);
        else if (--zeros < 0) break;
      }
      if (size === 1) {
        if (k > to) cut('more coefficients than a block has');
        nonZero[block * 8 + (k >> 3)]! |= 1 << (k & 7);
        quant.used[k] = 1;
      }
      k += 1;
    }
    if (idle === 0) return;
    for (; k <= to; k++) if (isSet(k)) bits().skip(1);
    idle -= 1;
  };

  const restart = (): void => {
    idle = 0;
  };
  if (!frame.progressive) {
    const both: ReadBlock = (part, block) => {
      dc(part, block);
      acFirst(part, block);
    };
    return { read: both, restart };
  }
  if (from === 0) return { read: high === 0 ? dc : () => bits().skip(1), restart };
  return { read: high === 0 ? acFirst : acRefine, restart };
}

/** Past whatever stands before the next marker. */
export function nextMarker(bytes: Bytes, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] === 0xff && bytes[at + 1] !== 0 && bytes[at + 1] !== 0xff) return at;
  }
  return bytes.length;
}

/** The scan's data alone, and where the next marker stands. Throws `RangeError`. */
export function walkScan(bytes: Bytes, start: number, frame: Frame, scan: Scan): { data: Bytes; at: number } {
  let begin = start;
  let bits = new ScanBits(bytes, begin);
  const { read, restart } = blockReader(() => bits, frame, scan);
  const alone = scan.parts.length === 1 ? scan.parts[0]! : null;
  const [across, down] = alone ? [alone.component.across, alone.component.down] : [frame.unitsAcross, frame.unitsDown];
  const pieces: Uint8Array[] = [];
  const units = across * down;
  for (let unit = 0; unit < units; unit++) {
    if (scan.interval > 0 && unit > 0 && unit % scan.interval === 0) {
      const ended = bits.end(begin);
      const marker = nextMarker(bytes, ended.at);
      const expected = 0xd0 | ((unit / scan.interval - 1) & 7);
      if (bytes[marker + 1] !== expected) cut('a restart is missing');
      pieces.push(ended.data, Uint8Array.of(0xff, expected));
      begin = marker + 2;
      bits = new ScanBits(bytes, begin);
      restart();
    }
    const [column, row] = [unit % across, Math.floor(unit / across)];
    if (alone) {
      read(alone, row * alone.component.stride + column);
      continue;
    }
    for (const part of scan.parts) {
      const { h, v, stride } = part.component;
      for (let y = 0; y < v; y++) {
        for (let x = 0; x < h; x++) read(part, (row * v + y) * stride + column * h + x);
      }
    }
  }
  const ended = bits.end(begin);
  return { data: join([...pieces, ended.data]), at: nextMarker(bytes, ended.at) };
}
