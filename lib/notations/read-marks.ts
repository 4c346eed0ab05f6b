/**
 * The boxes, points and polygons of a text, in pixels of the pictures it speaks of. How its numbers count is decided in this order: what a
 * person chose; a comment that names the order; a tag or key that only one kind of model writes; the model, where it is known; the numbers
 * themselves. Nothing is drawn beyond a picture, and whatever was mended is told. Pure.
 */
import { clamp, type Size } from '@/lib/geometry';
import { fitName, TRAJECTORY_LIMITS, type Mark } from '@/lib/trajectory';
import { findWritten } from './find-written';
import { endsWithinBox } from './keys';
import { habitOf, modelIn, seenBy } from './models';
import { orderNear, orderOfAll, rangeOfAll } from './said';
import { corners, type Corners } from './corners';
import type { Order, Range, Written } from './written';

/** What a person chose for a whole text. Left out: as it is read. */
export interface MarksChoice {
  readonly range?: Range;
  /** Of boxes; points follow. */
  readonly order?: Extract<Order, 'xyxy' | 'yxyx' | 'xywh' | 'cxcywh'>;
  /** Lists of numbers that nothing calls a box are drawn, too. */
  readonly bare?: boolean;
}

export interface PictureOfMarks extends Size {
  readonly id: string;
  /** The size at which the model saw it, where that is known. */
  readonly seen?: Size | null;
}

export interface MarksRequest {
  /** In the order in which a model counts them. Without any nothing is drawn. */
  readonly pictures: readonly PictureOfMarks[];
  /** The one that is meant where the text does not say; the first where left out. */
  readonly main?: string;
  readonly model?: string;
  readonly choice?: MarksChoice;
}

/** How most of a text's boxes (points, where it has none) were read. */
export interface MarksReading {
  readonly range: Range;
  readonly order: Order;
  readonly by: Mark['read']['by'];
  /** Something told it; else the numbers would fit otherwise, too. */
  readonly sure: boolean;
  /** Nobody can choose otherwise. */
  readonly closed: boolean;
}

/** What was mended, and how often. */
export interface MarksNotes {
  /** Corners that were the wrong way round. */
  readonly sorted: number;
  /** Reached beyond their picture, and were cut off at its edge. */
  readonly clamped: number;
  /** Lay outside altogether, and are not drawn. */
  readonly outside: number;
  /** The text ends within a box. */
  readonly cut: boolean;
  /** Lists of numbers that may be boxes, and are not drawn. */
  readonly offered: number;
}

export interface MarksRead {
  readonly marks: readonly Mark[];
  readonly reading: MarksReading | null;
  readonly notes: MarksNotes;
}

type Way = Pick<MarksReading, 'range' | 'order' | 'by' | 'sure'>;

export function readMarks(text: string, request: MarksRequest): MarksRead {
  const { pictures, choice = {} } = request;
  const notes = { sorted: 0, clamped: 0, outside: 0, cut: endsWithinBox(text), offered: 0 };
  const all = findWritten(text);
  const drawn = all.filter(({ bare }) => !bare || choice.bare === true);
  notes.offered = all.length - drawn.length;
  const main = pictures.find(({ id }) => id === request.main) ?? pictures[0];
  if (!main) return { marks: [], reading: null, notes };
  const wayOf = decide(text, drawn, main, { ...request, model: request.model || modelIn(text) });
  const marks: Mark[] = [];
  const ways = new Map<string, { readonly reading: MarksReading; count: number }>();
  for (const one of drawn) {
    const picture = one.image === null ? main : pictures[one.image - 1];
    if (!picture) {
      notes.outside += 1;
      continue;
    }
    const way = wayOf(one);
    const placed = place(one, way, picture, axisSize(way.range, picture, request.model || modelIn(text)));
    if (!placed) {
      notes.outside += 1;
      continue;
    }
    notes.sorted += placed.sorted ? 1 : 0;
    notes.clamped += placed.clamped ? 1 : 0;
    marks.push({
      label: fitName(one.label, LONGEST_LABEL),
      picture: picture.id,
      shape: placed.shape,
      read: { frame: frameOf(way.range), order: way.order, by: way.by },
      at: { from: one.from, to: one.to },
    });
    const key = `${one.kind === 'box'}/${way.range}/${way.order}/${way.by}`;
    const same = ways.get(key) ?? { reading: { ...way, closed: one.closed }, count: 0 };
    ways.set(key, { ...same, count: same.count + (one.kind === 'box' ? 1_000_000 : 1) });
  }
  const [most] = [...ways.values()].toSorted((a, b) => b.count - a.count);
  return { marks, reading: most?.reading ?? null, notes };
}

const LONGEST_LABEL = 400;

/** As a document names it: coarser than what is known here. */
export function frameOf(range: Range): Mark['read']['frame'] {
  if (range === 'pixels') return 'original-pixels';
  if (range === 'seen-pixels') return 'resized-pixels';
  return range === 999 || range === 1000 ? 'thousandths' : 'fractions';
}

function axisSize(range: Range, picture: PictureOfMarks, model: string): Size {
  if (range === 'pixels') return picture;
  if (range === 'seen-pixels') return picture.seen ?? seenBy(model, picture);
  return { width: range, height: range };
}

// --- how numbers count ---

const ORDER_OF_PAIRS: Readonly<Record<Order, Order>> = {
  xyxy: 'xy',
  xywh: 'xy',
  cxcywh: 'xy',
  yxyx: 'yx',
  xy: 'xy',
  yx: 'yx',
};

function decide(
  text: string,
  drawn: readonly Written[],
  picture: PictureOfMarks,
  { model = '', choice = {} }: MarksRequest,
): (one: Written) => Way {
  const habit = habitOf(model);
  const said = { box: orderOfAll(text, true), point: orderOfAll(text, false), range: rangeOfAll(text) };
  const open = drawn.filter(({ closed }) => !closed);
  const values = rangeOfValues(open, picture, model);
  const sizes = areSizes(open, picture);

  const orderOf = (one: Written): Pick<Way, 'order' | 'by'> => {
    const isBox = one.kind === 'box';
    if (!one.closed && choice.order)
      return { order: isBox ? choice.order : ORDER_OF_PAIRS[choice.order], by: 'person' };
    const near = one.closed ? null : orderNear(text, one.from, one.to, isBox);
    if (near) return { order: near, by: 'file' };
    const isGemini = one.notation === 'box-2d' || one.notation === 'gemini-point';
    // The key is Gemini's, but others write it too: then their own habit has it.
    if (isGemini && habit && habit.order !== 'yxyx') return { order: isBox ? 'xyxy' : 'xy', by: 'model' };
    const general = isBox ? said.box : said.point;
    if (general && !one.closed && one.notation !== 'tag' && one.notation !== 'edges' && one.notation !== 'code')
      return { order: general, by: 'file' };
    if (one.order && one.notation !== 'key') return { order: one.order, by: 'file' };
    if (habit?.order && (one.notation === 'key' || one.notation === 'list'))
      return { order: isBox ? habit.order : ORDER_OF_PAIRS[habit.order], by: 'model' };
    if (isBox && sizes) return { order: 'xywh', by: 'values' };
    return { order: one.order ?? (isBox ? 'xyxy' : 'xy'), by: 'values' };
  };

  const rangeOf = (one: Written): Pick<Way, 'range' | 'by' | 'sure'> => {
    if (one.closed) return { range: one.range ?? 1000, by: 'file', sure: true };
    if (choice.range !== undefined) return { range: choice.range, by: 'person', sure: true };
    const most = Math.max(...one.numbers);
    // Fractions are nothing else, whoever wrote them.
    if (values === 1) return { range: 1, by: 'values', sure: true };
    if (one.notation === 'code' && most > 1) return { range: 'pixels', by: 'file', sure: true };
    if (one.range === 'pixels')
      return { range: habit?.range === 'seen-pixels' ? 'seen-pixels' : 'pixels', by: 'file', sure: true };
    if (one.range !== null && most <= LOOSE * 1000) return { range: one.range, by: 'file', sure: true };
    if (habit && !contradicts(habit.range, most)) return { range: habit.range, by: 'model', sure: true };
    if (said.range !== null && !contradicts(said.range, most)) return { range: said.range, by: 'file', sure: true };
    return { range: values, by: 'values', sure: isSure(values, open, picture) };
  };

  return (one) => {
    const order = orderOf(one);
    const range = rangeOf(one);
    const person = choice.range !== undefined || choice.order !== undefined;
    return { ...order, ...range, by: person && !one.closed ? 'person' : range.by };
  };
}

/** Numbers a little beyond their range still belong to it. */
const LOOSE = 1.1;

function contradicts(range: Range, most: number): boolean {
  return typeof range === 'number' && most > range * LOOSE && most > 1.0001;
}

/** What the numbers of a whole text fit, where nothing else tells. */
function rangeOfValues(open: readonly Written[], picture: PictureOfMarks, model: string): Range {
  const numbers = open.flatMap((one) => one.numbers);
  const most = numbers.reduce((a, b) => Math.max(a, b), 0);
  if (most <= 1 && numbers.some((one) => !Number.isInteger(one))) return 1;
  // A fraction may reach a little beyond its picture, too.
  if (most <= 1.05 && numbers.filter((one) => !Number.isInteger(one)).length * 2 >= numbers.length && most > 0)
    return 1;
  const reach = reachOf(open);
  const fits = ({ width, height }: Size, loose: number) => reach.x <= width * loose && reach.y <= height * loose;
  if (most > 1000) {
    const isQwen = open.some(({ notation }) => notation === 'bbox-2d' || notation === 'ui-tars');
    const seen = picture.seen ?? seenBy(model, picture);
    if (isQwen && fits(seen, 1.02)) return 'seen-pixels';
    if (fits(picture, 1.02) || most > LOOSE * 1000) return 'pixels';
    return 1000;
  }
  // Prose is mostly written by models that count in pixels; keys by those that count in thousandths.
  const isProse = open.every(({ notation }) => notation === 'list' || notation === 'code');
  return isProse && fits(picture, 1) && Math.max(picture.width, picture.height) <= 1000 ? 'pixels' : 1000;
}

/** The largest x and y, were they corners with x first. */
function reachOf(open: readonly Written[]): { readonly x: number; readonly y: number } {
  let [x, y] = [0, 0];
  for (const { numbers } of open)
    numbers.forEach((value, at) => {
      if (at % 2 === 0) x = Math.max(x, value);
      else y = Math.max(y, value);
    });
  return { x, y };
}

function isSure(range: Range, open: readonly Written[], picture: PictureOfMarks): boolean {
  if (range === 1) return true;
  const reach = reachOf(open);
  const fitsPixels = reach.x <= picture.width && reach.y <= picture.height;
  return range === 1000 ? !fitsPixels : Math.max(reach.x, reach.y) > 1000;
}

/** COCO's `bbox`: a corner and a size. Some box would be inside out as corners, and all lie inside as sizes. */
function areSizes(open: readonly Written[], picture: Size): boolean {
  const boxes = open.filter(({ kind, notation, order }) => kind === 'box' && notation === 'key' && order === 'xyxy');
  const isInsideOut = ({ numbers: [a = 0, b = 0, c = 0, d = 0] }: Written) => c < a || d < b;
  const isInside = ({ numbers: [a = 0, b = 0, c = 0, d = 0] }: Written) =>
    a + c <= picture.width && b + d <= picture.height && c > 0 && d > 0;
  return boxes.length > 0 && boxes.some(isInsideOut) && boxes.every(isInside);
}

// --- into pixels ---

interface PlacedShape {
  readonly shape: Mark['shape'];
  readonly sorted: boolean;
  readonly clamped: boolean;
}

/** Null where nothing of it lies in the picture. */
function place({ kind, numbers }: Written, { order }: Way, picture: Size, axis: Size): PlacedShape | null {
  if (numbers.some((one) => !Number.isFinite(one))) return null;
  const x = (value: number) => (value * picture.width) / axis.width;
  const y = (value: number) => (value * picture.height) / axis.height;
  if (kind === 'box') return placeBox(corners(numbers, order), x, y, picture);
  const flipped = order === 'yx';
  const points = Array.from({ length: Math.floor(numbers.length / 2) }, (_, at) => {
    const [a = 0, b = 0] = numbers.slice(at * 2, at * 2 + 2);
    return flipped ? { x: x(b), y: y(a) } : { x: x(a), y: y(b) };
  }).slice(0, TRAJECTORY_LIMITS.corners);
  const inside = points.map((point) => ({ x: clamp(point.x, 0, picture.width), y: clamp(point.y, 0, picture.height) }));
  const moved = points.map((point, at) => distance(point, inside[at] ?? point, picture));
  const clamped = moved.some((far) => far > EXACT);
  if (kind === 'point') {
    const [point] = inside;
    return point && (moved[0] ?? 0) <= NEAR_EDGE ? { shape: { kind, point }, sorted: false, clamped } : null;
  }
  const isOutside = moved.every((far) => far > NEAR_EDGE);
  return isOutside || inside.length < 3 ? null : { shape: { kind, points: inside }, sorted: false, clamped };
}

/** Shares of a side: what rounding makes, and how far outside a point still means the edge. */
const EXACT = 1e-6;
const NEAR_EDGE = 0.1;

const distance = (a: { x: number; y: number }, b: { x: number; y: number }, { width, height }: Size): number =>
  Math.max(Math.abs(a.x - b.x) / width, Math.abs(a.y - b.y) / height);

type ToPixels = (value: number) => number;

function placeBox(corners: Corners, x: ToPixels, y: ToPixels, { width, height }: Size): PlacedShape | null {
  const [left, right] = [x(corners.x1), x(corners.x2)].toSorted((a, b) => a - b) as [number, number];
  const [top, bottom] = [y(corners.y1), y(corners.y2)].toSorted((a, b) => a - b) as [number, number];
  const box = {
    x1: clamp(left, 0, width),
    y1: clamp(top, 0, height),
    x2: clamp(right, 0, width),
    y2: clamp(bottom, 0, height),
  };
  if (!(box.x2 > box.x1 && box.y2 > box.y1)) return null;
  const over = Math.max(
    (box.x1 - left) / width,
    (right - box.x2) / width,
    (box.y1 - top) / height,
    (bottom - box.y2) / height,
  );
  const sorted = corners.x1 > corners.x2 || corners.y1 > corners.y2;
  return { shape: { kind: 'box', box }, sorted, clamped: over > EXACT };
}
