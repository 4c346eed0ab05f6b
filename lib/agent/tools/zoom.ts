/**
 * The zoom tool: from the box a model asked for, in its frame, to a view of the picture. This is the one place where a model's
 * coordinates become pixels. It cuts nothing: the view is derived where it is looked at.
 */
import { imageTokens, modelSize, type CallPiece, type ModelCard, type NumberRange } from '@/lib/engine';
import { clampBox, cropRegion, frameSize, iou, isEmpty, sizeOf, toImageBox, viewSize } from '@/lib/geometry';
import type { CropRule, Frame, ImageBox, ModelBox, Size } from '@/lib/geometry';
import { fitName, nextPictureId, viewPicture, type Json, type Seen } from '@/lib/trajectory';
import type { ExactCrop, TurnBounds } from '../contract';
import type { Tool } from './tool';

export interface ZoomSurroundings {
  readonly frame: Frame;
  /** The upright picture. */
  readonly image: Size;
  /** What the model saw of it. */
  readonly seen: Size;
  readonly rule: CropRule;
}

export type ZoomPlan =
  | { readonly ok: true; readonly askedInImage: ImageBox; readonly executed: ImageBox }
  | { readonly ok: false; readonly problem: 'box-empty' | 'box-out-of-frame' };

/** What rounding leaves of a whole pixel. */
const ALMOST = 1 - 1e-6;

/**
 * N7, N9 and N11: the box is clamped to its frame; one that is empty as written, or in which there is not a pixel, is `box-empty`, one
 * of which nothing lies inside the frame is `box-out-of-frame`. A model that writes fractions where whole units are meant asks for the
 * first corner of the picture, each time: that is no box either.
 */
export function planZoom(asked: ModelBox, { frame, image, seen, rule }: ZoomSurroundings): ZoomPlan {
  if (!(asked.x1 < asked.x2 && asked.y1 < asked.y2)) return { ok: false, problem: 'box-empty' };
  const whole = frameSize(frame, image, seen);
  const isFirstUnit = asked.x1 >= 0 && asked.y1 >= 0 && asked.x2 <= 1 && asked.y2 <= 1;
  if (isFirstUnit && (whole.width > 1 || whole.height > 1)) return { ok: false, problem: 'box-empty' };
  const clamped = clampBox<'model'>(asked, whole);
  const askedInImage = clampBox<'image'>(toImageBox(clamped, frame, image, seen), image);
  if (isEmpty(askedInImage)) return { ok: false, problem: 'box-out-of-frame' };
  const { width, height } = sizeOf(askedInImage);
  if (width < ALMOST || height < ALMOST) return { ok: false, problem: 'box-empty' };
  return { ok: true, askedInImage, executed: cropRegion(askedInImage, image, rule) };
}

type ReadZoom =
  | { readonly ok: true; readonly box: ModelBox; readonly label: string }
  | { readonly ok: false; readonly problem: 'no-box' | 'box-not-four-numbers' };

/** P4: the arguments of a call. A label that is no text is none. */
export function readZoom(input: Json): ReadZoom {
  if (!isRecord(input) || !Object.hasOwn(input, 'bbox_2d')) return { ok: false, problem: 'no-box' };
  const { bbox_2d: numbers, label } = input;
  if (!Array.isArray(numbers) || numbers.length !== 4) return { ok: false, problem: 'box-not-four-numbers' };
  const [x1, y1, x2, y2] = numbers as readonly Json[];
  if (!isNumber(x1) || !isNumber(y1) || !isNumber(x2) || !isNumber(y2)) {
    return { ok: false, problem: 'box-not-four-numbers' };
  }
  return { ok: true, box: { x1, y1, x2, y2 }, label: typeof label === 'string' ? fitName(label) : '' };
}

/** How the model will see a region of that size. @throws EngineError `bad-request` for one that it cannot see */
export function seenAs({ image }: ModelCard, { width, height }: Size): Seen {
  // Who brings a picture to its size unseen does not tell what it makes of it.
  const tokens = image.sizing?.kind === 'within' ? null : imageTokens(image, width, height);
  return { ...modelSize(image, width, height), tokens };
}

/** About a dozen words. */
const LABEL_BYTES = 64;

interface Axis {
  readonly number: NumberRange;
  /** By so many units right is above left, so that there is a pixel between them. */
  readonly by: number;
}

/** G3. Fractions are written as fractions; every other frame counts in whole units. */
function axes({ frame, image, seen }: TurnBounds): { readonly x: Axis; readonly y: Axis } {
  if (frame === 'fractions') {
    const axis = (pixels: number): Axis => ({ number: { kind: 'fraction' }, by: Math.ceil(FRACTION_UNITS / pixels) });
    return { x: axis(image.width), y: axis(image.height) };
  }
  const { width, height } = frameSize(frame, image, seen);
  const axis = (side: number, pixels: number): Axis => {
    const max = Math.max(1, Math.floor(side));
    // Two, so that no box ends with the first unit (N11).
    return { number: { kind: 'integer', min: 0, max }, by: Math.min(max, Math.max(2, Math.ceil(side / pixels))) };
  };
  return { x: axis(width, image.width), y: axis(height, image.height) };
}

/** The grammar writes fractions in thousandths. */
const FRACTION_UNITS = 1000;

/** N13: two boxes are the same from this overlap on. */
const SAME_BOX = 0.95;

export const zoom: Tool = {
  id: 'zoom',
  readUnoffered: true,
  name: 'image_zoom_in_tool',
  plan(input, { run, card, dialect, frame, target }) {
    const read = readZoom(input);
    if (!read.ok) return read;
    const { box, label } = read;
    const asked = { box, frame };
    if (target === null) return { ok: false, problem: 'no-picture', label, asked };
    const { picture, seen } = target;
    const { exact } = dialect;
    const rule = { ...(exact ? { minSide: 0, context: 1 } : card.crop), shape: dialect.cropShape };
    const plan = planZoom(box, { frame, image: picture, seen, rule });
    if (!plan.ok) return { ...plan, label, asked };
    const executed = exact ? grownBy(plan.executed, exact.margin ?? 0, picture) : plan.executed;
    if (exact && isUnshown(executed, exact)) return { ok: false, problem: 'box-too-small', label, asked };
    return {
      ok: true,
      label,
      asked,
      place: { picture: picture.id, box: plan.askedInImage },
      carryOut: async () => {
        const view = { region: executed, turn: 0 } as const;
        const id = nextPictureId(run);
        return {
          pictures: [viewPicture(id, picture, view)],
          parts: [{ picture: id, seen: seenAs(card, viewSize(view)) }],
        };
      },
    };
  },
  /** G3: the box left to right and top to bottom, then the label; then the picture, where there are several (K2). */
  forms: (bounds) => {
    const { x, y } = axes(bounds);
    const { pictures } = bounds;
    const box: CallPiece[] = [
      { literal: '[' },
      { number: x.number },
      { literal: ', ' },
      { number: y.number },
      { literal: ', ' },
      { ...x, above: 0 },
      { literal: ', ' },
      { ...y, above: 1 },
      { literal: ']' },
    ];
    return [
      [
        { name: 'bbox_2d', value: { json: box } },
        { name: 'label', value: { text: LABEL_BYTES } },
        ...(pictures === undefined
          ? []
          : [
              {
                name: 'img_idx',
                value: { json: [{ number: { kind: 'integer', min: 0, max: pictures - 1 } }] },
              } as const,
            ]),
      ],
    ];
  },
  same: ({ place }, { place: before }) =>
    place !== null && before !== null && place.picture === before.picture && iou(place.box, before.box) >= SAME_BOX,
  refusals: {
    'no-box': 'Error: the arguments hold no "bbox_2d".',
    'box-not-four-numbers': 'Error: "bbox_2d" must be four numbers, [x1, y1, x2, y2].',
    'box-empty': 'Error: the box is empty; x1 < x2 and y1 < y2 must hold, at least a pixel apart.',
    'box-out-of-frame': 'Error: the box lies outside the image.',
    'box-too-small': 'Error: the box is too small or too long and narrow.',
    'no-picture': 'Error: there is no image.',
    'repeated-call': 'Error: this box was shown before; choose another or answer.',
  },
};

/** Whole pixels inside the picture. */
function grownBy({ x1, y1, x2, y2 }: ImageBox, margin: number, { width, height }: Size): ImageBox {
  const [x, y] = [Math.round(margin * width), Math.round(margin * height)];
  return {
    x1: Math.max(0, x1 - x),
    y1: Math.max(0, y1 - y),
    x2: Math.min(width, x2 + x),
    y2: Math.min(height, y2 + y),
  };
}

function isUnshown({ x1, y1, x2, y2 }: ImageBox, { minSide, elongation }: ExactCrop): boolean {
  const [short = 0, long = 0] = [x2 - x1, y2 - y1].toSorted((a, b) => a - b);
  return short <= minSide || long > elongation * short;
}

function isRecord(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNumber(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
