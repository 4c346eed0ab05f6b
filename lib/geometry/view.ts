/**
 * Views: a region of a picture, turned clockwise by quarters. A view is a picture itself, and so may be seen in part again; what is said of
 * it leads back, view by view, to the picture it came from. Lengths stay what they are: a view is never resized here.
 */
import type { ImageBox, Size } from './box';
import type { Point } from './region';

export type Turn = 0 | 90 | 180 | 270;

export interface ViewOf {
  /** In pixels of the picture it was cut from. */
  readonly region: ImageBox;
  readonly turn: Turn;
}

/** The size of a view: that of its region, with sides swapped by a quarter turn. */
export function viewSize({ region, turn }: ViewOf): Size {
  const width = region.x2 - region.x1;
  const height = region.y2 - region.y1;
  return turn === 90 || turn === 270 ? { width: height, height: width } : { width, height };
}

/** A point of a view, in pixels of the picture it was cut from. */
export function pointFromView({ x, y }: Point, { region, turn }: ViewOf): Point {
  const width = region.x2 - region.x1;
  const height = region.y2 - region.y1;
  switch (turn) {
    case 0:
      return { x: region.x1 + x, y: region.y1 + y };
    case 90:
      return { x: region.x1 + y, y: region.y1 + height - x };
    case 180:
      return { x: region.x1 + width - x, y: region.y1 + height - y };
    case 270:
      return { x: region.x1 + width - y, y: region.y1 + x };
    default:
      return turn satisfies never;
  }
}

/** A point of the picture a view was cut from, in pixels of the view. */
export function pointToView({ x, y }: Point, { region, turn }: ViewOf): Point {
  const [left, top] = [x - region.x1, y - region.y1];
  const width = region.x2 - region.x1;
  const height = region.y2 - region.y1;
  switch (turn) {
    case 0:
      return { x: left, y: top };
    case 90:
      return { x: height - top, y: left };
    case 180:
      return { x: width - left, y: height - top };
    case 270:
      return { x: top, y: width - left };
    default:
      return turn satisfies never;
  }
}

/** Quarter turns keep boxes boxes. */
export function boxFromView({ x1, y1, x2, y2 }: ImageBox, view: ViewOf): ImageBox {
  return boxOfCorners(pointFromView({ x: x1, y: y1 }, view), pointFromView({ x: x2, y: y2 }, view));
}

export function boxToView({ x1, y1, x2, y2 }: ImageBox, view: ViewOf): ImageBox {
  return boxOfCorners(pointToView({ x: x1, y: y1 }, view), pointToView({ x: x2, y: y2 }, view));
}

/** A view of a view as one view of the first picture. */
export function composeViews(outer: ViewOf, inner: ViewOf): ViewOf {
  return { region: boxFromView(inner.region, outer), turn: addTurns(outer.turn, inner.turn) };
}

function addTurns(a: Turn, b: Turn): Turn {
  // The sum of two quarters modulo four quarters is a quarter again.
  return ((a + b) % 360) as Turn;
}

function boxOfCorners(a: Point, b: Point): ImageBox {
  return { x1: Math.min(a.x, b.x), y1: Math.min(a.y, b.y), x2: Math.max(a.x, b.x), y2: Math.max(a.y, b.y) };
}
