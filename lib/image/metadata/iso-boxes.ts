/**
 * The shell of AVIF and HEIC: boxes within boxes, and the numbers in them. Reads past a box throw RangeError, which
 * `stripIsoMedia` takes for "cannot be followed".
 */
import { ascii, join, latin, u32, viewOf, type Bytes } from './bytes';

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Box extends Range {
  readonly name: string;
  /** Where the contents begin. */
  readonly body: number;
}

/** The boxes from `start` to `end`, which they have to fill exactly. */
export function boxesIn(bytes: Bytes, start: number, end: number): readonly Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = start; at < end;) {
    if (at + 8 > end) throw new RangeError('a box is cut off');
    let size = view.getUint32(at);
    let body = at + 8;
    if (size === 1) {
      if (at + 16 > end) throw new RangeError('a box is cut off');
      size = Number(view.getBigUint64(at + 8));
      body = at + 16;
    } else if (size === 0) size = end - at;
    if (size < body - at || at + size > end || boxes.length > 10_000) throw new RangeError('a box has no such size');
    boxes.push({ name: ascii(bytes, at + 4, 4), start: at, body, end: at + size });
    at += size;
  }
  return boxes;
}

/** The one box of this name; undefined where there is none. Of two, nobody could say which one a decoder takes. */
export function only(boxes: readonly Box[], name: string): Box | undefined {
  const found = boxes.filter((box) => box.name === name);
  if (found.length > 1) throw new RangeError(`two boxes ${name}`);
  return found[0];
}

export function needed(boxes: readonly Box[], name: string): Box {
  const found = only(boxes, name);
  if (!found) throw new RangeError(`no box ${name}`);
  return found;
}

/** Big-endian numbers of 0, 1, 2, 4 or 8 bytes, one after the other. */
export class Cursor {
  private readonly view: DataView;
  constructor(
    bytes: Bytes,
    public at: number,
    readonly end: number,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, end);
  }

  read(width: number): number {
    const at = this.at;
    this.at += width;
    switch (width) {
      case 0:
        return 0;
      case 1:
        return this.view.getUint8(at);
      case 2:
        return this.view.getUint16(at);
      case 4:
        return this.view.getUint32(at);
      case 8:
        return Number(this.view.getBigUint64(at));
      default:
        throw new RangeError('no such width');
    }
  }
}

export function box(name: string, ...parts: Uint8Array[]): Bytes {
  const body = join(parts);
  return join([u32(body.length + 8), latin(name), body]);
}

export function fullBox(name: string, version: number, flags: number, ...parts: Uint8Array[]): Bytes {
  return box(name, u32((version << 24) | flags), ...parts);
}
