/**
 * What the small Pillow calls: synchronous functions over bytes, registered in Python as the module `_loupe_pixels`. A picture stays
 * in JavaScript's memory; Python holds a reference. Flat arguments only, because each list would be a proxy that has to be let go.
 */
import * as affine from './affine';
import * as bytes from './bytes';
import * as convert from './convert';
import { brushOf, dot, line, polygon, rectangle, wideLine } from './draw';
import { ellipse } from './ellipse';
import * as filters from './filters';
import * as measure from './measure';
import * as png from './png';
import { reduce, resize, type Bytes } from './resample';

type Place = Parameters<typeof brushOf>[0];

/** `shape` draws with the color and the coordinates that follow the place. */
const drawn =
  (shape: (brush: ReturnType<typeof brushOf>[0], coordinates: readonly number[]) => void) =>
  (...[data, width, height, channels, blends, ...numbers]: [...Place, ...number[]]): void => {
    shape(...brushOf([data, width, height, channels, blends], numbers));
  };

type Pair = readonly [number, number];
const pairsOf = (numbers: readonly number[]): readonly Pair[] =>
  numbers.flatMap((x, index) => (index % 2 === 0 ? [[x, numbers[index + 1]!] as const] : []));

const shapes = {
  points: drawn((brush, numbers) => pairsOf(numbers).forEach(([x, y]) => dot(brush, x, y))),
  /** Width, then the points of a line that goes on. */
  lines: drawn((brush, [width = 1, ...numbers]) => {
    const points = pairsOf(numbers);
    for (const [index, to] of points.slice(1).entries()) {
      if (width === 1) line(brush, ...points[index]!, ...to);
      else wideLine(brush, width, ...points[index]!, ...to);
    }
    const last = points.at(-1);
    if (width === 1 && last && points.length > 1) dot(brush, ...last);
  }),
  /** Filled or not, width, box. */
  rectangle: drawn((brush, [fills, width = 1, ...box]) => rectangle(brush, fills === 1, width, ...box)),
  ellipse: drawn((brush, [fills, width = 1, x0 = 0, y0 = 0, x1 = 0, y1 = 0]) =>
    ellipse(brush, fills === 1, width, x0, y0, x1, y1),
  ),
  /** Filled or not, width, points. */
  polygon: drawn((brush, [fills, width = 1, ...points]) => {
    if (fills === 1 || width === 1) polygon(brush, fills === 1, width, points);
    else inside(brush, width, points);
  }),
};

/** An outline that does not grow beyond the polygon: twice as wide, and only where the filled one is. */
function inside(brush: ReturnType<typeof brushOf>[0], width: number, points: readonly number[]): void {
  const mask: Bytes = new Uint8Array(brush.width * brush.height);
  polygon({ ...brush, data: mask, channels: 1, blends: false, color: [255] }, true, 1, points);
  polygon({ ...brush, mask }, false, width * 2 - 1, points);
}

export const pixels = { ...affine, ...bytes, ...convert, ...filters, ...measure, ...png, resize, reduce, ...shapes };
