/**
 * EXIF orientation 1–8 as a map of coordinates between the picture as stored (raw) and as shown (upright). Points are
 * continuous: a pixel covers `[x, x+1) × [y, y+1)`, so corners map to corners and the same code serves boxes.
 * Source of the table: Exif 2.32, tag 0x0112.
 */
import type { Box, Size, Space } from './box';
import type { Point } from './region';

export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Anything that is not 1–8 is 1, as viewers do. */
export function asOrientation(value: number): Orientation {
  return value === 2 || value === 3 || value === 4 || value === 5 || value === 6 || value === 7 || value === 8
    ? value
    : 1;
}

function swapsSides(orientation: Orientation): boolean {
  return orientation >= 5;
}

export function uprightSize(raw: Size, orientation: Orientation): Size {
  return swapsSides(orientation) ? { width: raw.height, height: raw.width } : { width: raw.width, height: raw.height };
}

/** Where a point of the stored picture (size `raw`) lies in the upright one. */
export function toUprightPoint({ x, y }: Point, raw: Size, orientation: Orientation): Point {
  const { width: w, height: h } = raw;
  switch (orientation) {
    case 1:
      return { x, y };
    case 2:
      return { x: w - x, y };
    case 3:
      return { x: w - x, y: h - y };
    case 4:
      return { x, y: h - y };
    case 5:
      return { x: y, y: x };
    case 6:
      return { x: h - y, y: x };
    case 7:
      return { x: h - y, y: w - x };
    case 8:
      return { x: y, y: w - x };
    default:
      return orientation satisfies never;
  }
}

/** 6 and 8 undo each other; every other orientation undoes itself. */
function inverse(orientation: Orientation): Orientation {
  return orientation === 6 ? 8 : orientation === 8 ? 6 : orientation;
}

/** Where a point of the upright picture lies in the stored one (size `raw`). */
export function toRawPoint(point: Point, raw: Size, orientation: Orientation): Point {
  return toUprightPoint(point, uprightSize(raw, orientation), inverse(orientation));
}

function boxOfCorners<S extends Space>(a: Point, b: Point): Box<S> {
  return { x1: Math.min(a.x, b.x), y1: Math.min(a.y, b.y), x2: Math.max(a.x, b.x), y2: Math.max(a.y, b.y) };
}

export function toUprightBox(region: Box<Space>, raw: Size, orientation: Orientation): Box<'image'> {
  return boxOfCorners(
    toUprightPoint({ x: region.x1, y: region.y1 }, raw, orientation),
    toUprightPoint({ x: region.x2, y: region.y2 }, raw, orientation),
  );
}

/** A region of the upright picture as a region of the stored one, e.g. to cut it before rotating. */
export function toRawBox(region: Box<'image'>, raw: Size, orientation: Orientation): Box<Space> {
  return boxOfCorners(
    toRawPoint({ x: region.x1, y: region.y1 }, raw, orientation),
    toRawPoint({ x: region.x2, y: region.y2 }, raw, orientation),
  );
}
