/** Lines, boxes and polygons into a picture, pixel by pixel as Pillow's Draw has them. Coordinates are whole pixels, ends included. */
import { mix } from './bytes';
import type { Bytes } from './resample';

/** Where is drawn, and with what. */
export interface Brush {
  readonly data: Bytes;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Mixed in by its alpha (a drawing in RGBA on RGB), which has one number more than there are channels. */
  readonly blends: boolean;
  readonly color: readonly number[];
  /** Only where this is set: a byte a pixel. */
  readonly mask?: Bytes | undefined;
}

type Place = readonly [data: Bytes, width: number, height: number, channels: number, blends: boolean];

/** Python hands over flat arguments: the place, as many numbers of color as it has, then coordinates. */
export function brushOf(place: Place, numbers: readonly number[], mask?: Bytes): readonly [Brush, readonly number[]] {
  const [data, width, height, channels, blends] = place;
  const length = channels + (blends ? 1 : 0);
  return [{ data, width, height, channels, blends, color: numbers.slice(0, length), mask }, numbers.slice(length)];
}

export function dot(brush: Brush, x: number, y: number): void {
  if (x >= 0 && x < brush.width && y >= 0 && y < brush.height) put(brush, y * brush.width + x);
}

function put({ data, channels, blends, color }: Brush, pixel: number): void {
  const at = pixel * channels;
  for (let c = 0; c < channels; c += 1) {
    data[at + c] = blends ? mix(color[channels]!, data[at + c]!, color[c]!) : color[c]!;
  }
}

/** A row from x0 to x1, both included. */
export function row(brush: Brush, x0: number, y: number, x1: number): void {
  if (y < 0 || y >= brush.height || x0 >= brush.width || x1 < 0) return;
  const end = Math.min(brush.width - 1, x1);
  for (let x = Math.max(0, x0); x <= end; x += 1) {
    const pixel = y * brush.width + x;
    if (!brush.mask || brush.mask[pixel] !== 0) put(brush, pixel);
  }
}

/** Bresenham's, without the last pixel: of lines that go on, it is the next one's first. */
export function line(brush: Brush, x0: number, y0: number, x1: number, y1: number): void {
  const [xs, ys] = [x1 < x0 ? -1 : 1, y1 < y0 ? -1 : 1];
  const [dx, dy] = [Math.abs(x1 - x0), Math.abs(y1 - y0)];
  const isFlat = dx > dy;
  const [long, short] = isFlat ? [dx, dy] : [dy, dx];
  let [x, y, error] = [x0, y0, 2 * short - long];
  for (let step = 0; step < long; step += 1) {
    dot(brush, x, y);
    if (short > 0) {
      if (error >= 0) {
        if (isFlat) y += ys;
        else x += xs;
        error -= 2 * long;
      }
      error += 2 * short;
    }
    if (isFlat) x += xs;
    else y += ys;
  }
}

/** Half away from zero, and half towards zero. */
const roundUp = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
const roundDown = (value: number): number => Math.sign(value) * Math.ceil(Math.abs(value) - 0.5);

export function wideLine(brush: Brush, width: number, x0: number, y0: number, x1: number, y1: number): void {
  const [dx, dy] = [x1 - x0, y1 - y0];
  if (dx === 0 && dy === 0) {
    dot(brush, x0, y0);
    return;
  }
  const length = Math.hypot(dx, dy);
  const half = (width - 1) / 2;
  const [most, least] = [roundUp(half) / length, roundDown(half) / length];
  const [dxMin, dxMax] = [roundDown(least * dy), roundDown(most * dy)];
  const [dyMin, dyMax] = [roundDown(least * dx), roundDown(most * dx)];
  const corners = [x0 - dxMin, y0 + dyMax, x1 - dxMin, y1 + dyMax, x1 + dxMax, y1 - dyMin, x0 + dxMax, y0 - dyMin];
  fillEdges(
    brush,
    [0, 1, 2, 3].map((index) => {
      const [from, to] = [index * 2, ((index + 1) % 4) * 2];
      return edge(corners[from]!, corners[from + 1]!, corners[to]!, corners[to + 1]!);
    }),
  );
}

export function rectangle(brush: Brush, fills: boolean, width: number, ...box: readonly number[]): void {
  const [x0, y0, x1, y1] = box as [number, number, number, number];
  if (fills) {
    for (let y = Math.max(0, y0); y <= Math.min(y1, brush.height - 1); y += 1) row(brush, x0, y, x1);
    return;
  }
  for (let inset = 0; inset < width; inset += 1) {
    row(brush, x0, y0 + inset, x1);
    row(brush, x0, y1 - inset, x1);
    line(brush, x1 - inset, y0 + width, x1 - inset, y1 - width + 1);
    line(brush, x0 + inset, y0 + width, x0 + inset, y1 - width + 1);
  }
}

interface Edge {
  readonly x0: number;
  readonly y0: number;
  xMin: number;
  xMax: number;
  readonly yMin: number;
  readonly yMax: number;
  /** Columns for each row. */
  readonly slope: number;
}

function edge(x0: number, y0: number, x1: number, y1: number): Edge {
  return {
    x0,
    y0,
    xMin: Math.min(x0, x1),
    xMax: Math.max(x0, x1),
    yMin: Math.min(y0, y1),
    yMax: Math.max(y0, y1),
    slope: y0 === y1 ? 0 : Math.fround((x1 - x0) / (y1 - y0)),
  };
}

/** Points as x, y, x, y …; whole numbers. */
export function polygon(brush: Brush, fills: boolean, width: number, points: readonly number[]): void {
  const count = points.length / 2;
  const at = (index: number): readonly [number, number] => [points[index * 2]!, points[index * 2 + 1]!];
  if (!fills) {
    for (let index = 0; index < count; index += 1) {
      const [from, to] = [at(index), at((index + 1) % count)];
      if (width === 1) line(brush, ...from, ...to);
      else wideLine(brush, width, ...from, ...to);
    }
    return;
  }
  const edges: Edge[] = [];
  for (let index = 0; index < count - 1; index += 1) {
    const [[x0, y0], [x1, y1]] = [at(index), at(index + 1)];
    const last = edges.at(-1);
    const before = index === 0 ? null : at(index - 1);
    // A level piece that goes on from a level piece is one piece.
    if (last && before && y0 === y1 && y0 === before[1]) {
      if (x1 > x0 && x0 > before[0]) {
        last.xMax = x1;
        continue;
      }
      if (x1 < x0 && x0 < before[0]) {
        last.xMin = x1;
        continue;
      }
    }
    edges.push(edge(x0, y0, x1, y1));
  }
  const [[endX, endY], [startX, startY]] = [at(count - 1), at(0)];
  if (endX !== startX || endY !== startY) edges.push(edge(endX, endY, startX, startY));
  fillEdges(brush, edges);
}

/** Where an edge crosses a row, in single precision. */
const crossing = ({ x0, y0, slope }: Edge, y: number): number => Math.fround(Math.fround((y - y0) * slope) + x0);
const round = (value: number): number => Math.sign(value) * Math.floor(Math.abs(value) + 0.5);

/** Row by row between crossings, and level edges by themselves; each pixel once where colors are mixed in. */
function fillEdges(brush: Brush, edges: readonly Edge[]): void {
  const level = edges.filter(({ yMin, yMax }) => yMin === yMax);
  const steep = edges.filter(({ yMin, yMax }) => yMin !== yMax);
  const top = Math.max(0, Math.min(brush.height - 1, ...edges.map(({ yMin }) => yMin)));
  const bottom = Math.min(brush.height, Math.max(0, ...edges.map(({ yMax }) => yMax)));
  if (!brush.blends) for (const { xMin, yMin, xMax } of level) row(brush, xMin, yMin, xMax);
  for (let y = top; y <= bottom; y += 1) {
    const crossings = crossingsOf(steep, y, bottom).toSorted((a, b) => a - b);
    if (brush.blends) fillRowOnce(brush, level, crossings, y);
    else {
      for (let index = 1; index < crossings.length; index += 2) {
        row(brush, roundUp(crossings[index - 1]!), y, roundDown(crossings[index]!));
      }
    }
  }
}

function crossingsOf(steep: readonly Edge[], y: number, bottom: number): number[] {
  const found: number[] = [];
  for (const [index, current] of steep.entries()) {
    if (y < current.yMin || y > current.yMax) continue;
    const x = crossing(current, y);
    // A corner at which two edges meet counts for both.
    if (y === current.yMax && y < bottom) found.push(x, x);
    else if ((y === current.yMin || y === current.yMax) && current.slope !== 0) {
      found.push(joined(steep.slice(0, index), current, y, x));
    } else found.push(x);
  }
  return found;
}

/** Of two edges that meet in a flat corner: as far as the next row reaches, so that the corner hangs together. */
function joined(others: readonly Edge[], current: Edge, y: number, x: number): number {
  const offset = y === current.yMax ? -1 : 1;
  for (const other of others) {
    if ((y !== other.yMin && y !== other.yMax) || other.slope === 0) continue;
    if (round(x) !== round(crossing(other, y))) continue;
    const near = y + offset;
    if (near < other.yMin || near > other.yMax) continue;
    const [a, b] = [crossing(current, near), crossing(other, near)];
    if (x > a + 1 && x > b + 1) return round(Math.max(a, b)) + 1;
    return x < a - 1 && x < b - 1 ? round(Math.min(a, b)) - 1 : x;
  }
  return x;
}

function fillRowOnce(brush: Brush, level: readonly Edge[], crossings: readonly number[], y: number): void {
  let done = crossings.length === 0 ? -1 : 0;
  const fillLevel = (): void => {
    for (const { xMin, xMax, yMin } of level) {
      if (yMin !== y || (done !== -1 && done < xMin)) continue;
      const from = Math.max(xMin, done);
      if (xMax < from) continue;
      row(brush, from, y, xMax);
      done = xMax + 1;
    }
  };
  for (let index = 1; index < crossings.length; index += 2) {
    const end = roundDown(crossings[index]!);
    if (end < done) continue;
    fillLevel();
    if (end < done) continue;
    const from = Math.max(done, roundUp(crossings[index - 1]!));
    if (end < from) continue;
    row(brush, from, y, end);
    done = end + 1;
  }
  fillLevel();
}
