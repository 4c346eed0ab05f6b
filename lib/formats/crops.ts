/**
 * What other systems really cut for a box a model wrote, to the pixel: which region, at what size the model saw it, or why nothing was cut.
 * One rule a function. Regions are in pixels of the picture and may reach beyond it, where it is black; whole numbers where the rule rounds.
 */
import { fitArea, roundHalfEven, type AreaRule, type ImageBox, type ModelBox, type Size } from '@/lib/geometry';
import { seenByQwen25 } from '@/lib/notations';

/** As `refused.problem` of a run has it. */
export type CropProblem = 'box-empty' | 'box-out-of-frame' | 'box-too-small' | 'box-too-long';

export type Crop =
  | { readonly ok: true; readonly region: ImageBox; readonly seen: Size }
  | { readonly ok: false; readonly problem: CropProblem };

/**
 * `asked` is in pixels of the picture, neither clamped nor ordered; `written` the same as it stands there, for rules that begin at the very
 * numbers: what is cut off to whole pixels depends on how it was reckoned.
 */
export type CropRule = (asked: ImageBox, picture: Size, written: ModelBox) => Crop;

/** A rule that begins at pixels. */
type PixelRule = (asked: ImageBox, picture: Size) => Crop;

/** eval_vstar.py and its like: no clamp, no least size; beyond the edge PIL pads with black. Then `smart_resize`. */
export const deepEyesEvaluation: PixelRule = (asked) => {
  const region = wholePixels(asked, roundHalfEven);
  const size = sidesOf(region);
  if (!hasArea(size)) return refused('box-empty');
  if (elongation(size) > 200) return refused('box-too-long');
  return { ok: true, region, seen: seenByQwen25(size) };
};

/** visual_toolbox_v2.py, the environment it was trained in: clamped, and no side of 30 pixels or less. */
export const deepEyesTraining: PixelRule = (asked, picture) => {
  const inside = clampedTo(picture, asked);
  const size = sidesOf(inside);
  if (!hasArea(size)) return nothingOf(asked, picture);
  if (elongation(size) > 100) return refused('box-too-long');
  if (Math.min(size.width, size.height) <= 30) return refused('box-too-small');
  const region = wholePixels(inside, roundHalfEven);
  return { ok: true, region, seen: seenByQwen25(sidesOf(region)) };
};

const QWEN3: AreaRule = { factor: 32, minPixels: 256 * 32 ** 2, maxPixels: 12_845_056 };

/** Qwen-Agent's zoom for Qwen3-VL: clamped; what is narrower than 32 pixels grows about its centre where there is room. */
export const qwenAgent: PixelRule = (asked, picture) => {
  const inside = clampedTo(picture, asked);
  const size = sidesOf(inside);
  if (!hasArea(size)) return nothingOf(asked, picture);
  const cut = Math.min(size.width, size.height) < 32 ? (grownTo(32, inside, picture) ?? inside) : inside;
  return { ok: true, region: wholePixels(cut, roundHalfEven), seen: fitArea(sidesOf(cut), QWEN3, QWEN3.factor) };
};

function grownTo(side: number, box: ImageBox, picture: Size): ImageBox | null {
  const { width, height } = sidesOf(box);
  const [x, y] = [(box.x1 + box.x2) / 2, (box.y1 + box.y2) / 2];
  const ratio = side / Math.min(width, height);
  const [halfWidth, halfHeight] = [Math.ceil(width * ratio * 0.5), Math.ceil(height * ratio * 0.5)];
  const grown = clampedTo(picture, {
    x1: Math.floor(x - halfWidth),
    y1: Math.floor(y - halfHeight),
    x2: Math.ceil(x + halfWidth),
    y2: Math.ceil(y + halfHeight),
  });
  const sides = sidesOf(grown);
  return sides.width > side && sides.height > side ? grown : null;
}

/** What Mini-o3 fits a crop into before the model sees it; its settings change the bounds. */
const MINI_O3 = { minPixels: 512 * 512, maxPixels: 2048 * 2048 } as const;

/** Mini-o3: cut off to whole pixels, the far corner at most the last pixel, and refused when 200 times as long as wide. */
export const miniO3: PixelRule = (asked, picture) => {
  const { x1, y1, x2, y2 } = wholePixels(asked, Math.trunc);
  const last = { width: picture.width - 1, height: picture.height - 1 };
  const region = clampedTo(last, { x1, y1, x2, y2 });
  const size = sidesOf(region);
  if (!hasArea(size)) return nothingOf(asked, picture);
  if (elongation(size) >= 200) return refused('box-too-long');
  return { ok: true, region, seen: seenByMiniO3(size) };
};

/** Fitted into the bounds by one factor, each side cut off to whole pixels, none below 28. */
export function seenByMiniO3(size: Size): Size {
  const area = size.width * size.height;
  const { minPixels, maxPixels } = MINI_O3;
  const factor = Math.sqrt((area > maxPixels ? maxPixels : area < minPixels ? minPixels : area) / area);
  const fitted = { width: Math.trunc(size.width * factor), height: Math.trunc(size.height * factor) };
  const shorter = Math.min(fitted.width, fitted.height);
  if (shorter >= 28 || shorter === 0) return fitted;
  const grow = 28 / shorter;
  return { width: Math.trunc(fitted.width * grow + 1), height: Math.trunc(fitted.height * grow + 1) };
}

const REASONER_PADDING = 0.1;
const REASONER: AreaRule = { factor: 28, minPixels: 256 * 28 ** 2, maxPixels: 5120 * 28 ** 2 };

/** Whether Pixel-Reasoner takes four numbers for fractions: all below 1. An edge written as 1.0 makes pixels of the whole box. */
export function isReasonerFraction({ x1, y1, x2, y2 }: ModelBox): boolean {
  return x1 < 1 && y1 < 1 && x2 < 1 && y2 < 1;
}

/**
 * Pixel-Reasoner's `crop_image_normalized`, from the numbers as written: a tenth of the picture added on each side, cut at its edges, and
 * refused at 28 pixels or less.
 */
export const pixelReasoner: CropRule = (_, picture, written) =>
  reasonerCrop(written, picture, { x: REASONER_PADDING, y: REASONER_PADDING }, roundHalfEven);

/** Its `zoom_in`: no more than 600 pixels are added on a side, and pixels are cut off, not rounded. */
export const pixelReasonerZoomIn: CropRule = (_, picture, written) => {
  const padding = (side: number) => Math.min(REASONER_PADDING, 600 / side);
  return reasonerCrop(written, picture, { x: padding(picture.width), y: padding(picture.height) }, Math.trunc);
};

function reasonerCrop(
  written: ModelBox,
  picture: Size,
  padding: { readonly x: number; readonly y: number },
  whole: (value: number) => number,
): Crop {
  const box = isReasonerFraction(written) ? written : scaled(written, 1 / picture.width, 1 / picture.height);
  const padded = {
    x1: unit(box.x1 - padding.x),
    y1: unit(box.y1 - padding.y),
    x2: unit(box.x2 + padding.x),
    y2: unit(box.y2 + padding.y),
  };
  const region = wholePixels(scaled(padded, picture.width, picture.height), whole);
  const size = sidesOf(region);
  if (!hasArea(size)) return refused('box-empty');
  if (!(size.width > 28 && size.height > 28)) return refused('box-too-small');
  return { ok: true, region, seen: fitArea(size, REASONER, REASONER.factor) };
}

const unit = (value: number): number => Math.min(Math.max(0, value), 1);

const FOCUS: AreaRule = { factor: 28, minPixels: 112 ** 2, maxPixels: 3840 ** 2 };

/** The size Chain-of-Focus shows a picture at, and counts in. */
export function seenByChainOfFocus(picture: Size): Size {
  return fitArea(picture, FOCUS, FOCUS.factor);
}

/**
 * Chain-of-Focus, in pixels of the picture as it was shown: grown by half about its centre, clamped, cut off to whole pixels, and shown at
 * twice its size. A box it cannot use brings back the whole picture, without a word (`chainOfFocusWhole`).
 */
export const chainOfFocus: CropRule = (_, picture, written) => {
  const shown = seenByChainOfFocus(picture);
  return focusOn(grownByHalf(written, shown), picture, shown);
};

/** What an unclosed call, or one without a box that makes sense, brings back. */
export function chainOfFocusWhole(picture: Size): Crop {
  return focusOn(null, picture, seenByChainOfFocus(picture));
}

function focusOn(box: ImageBox | null, picture: Size, shown: Size): Crop {
  const cut = box ?? { x1: 0, y1: 0, x2: shown.width, y2: shown.height };
  const { width, height } = sidesOf(cut);
  const region = clampedTo(picture, scaled(cut, picture.width / shown.width, picture.height / shown.height));
  return { ok: true, region, seen: seenByChainOfFocus({ width: width * 2, height: height * 2 }) };
}

/** Null for what is inside out, empty or not all inside. */
function grownByHalf(written: ModelBox, shown: Size): ImageBox | null {
  const { width, height } = sidesOf(written);
  const isInside = written.x1 >= 0 && written.y1 >= 0 && written.x2 <= shown.width && written.y2 <= shown.height;
  if (!hasArea({ width, height }) || !isInside) return null;
  const [x, y] = [(written.x1 + written.x2) / 2, (written.y1 + written.y2) / 2];
  const grown = { x1: x - width * 0.75, y1: y - height * 0.75, x2: x + width * 0.75, y2: y + height * 0.75 };
  const cut = clampedTo(shown, wholePixels(grown, Math.trunc));
  return hasArea(sidesOf(cut)) ? cut : null;
}

/**
 * SenseNova-MARS, in thousandths of the picture named, as its evaluation has it: clamped, then cut off to whole pixels; a side below 28 pixels
 * is stretched to 28, and the whole brought to multiples of 32.
 */
export const senseNovaMars: CropRule = (_, picture, written) => {
  const inside = {
    x1: Math.max(0, written.x1 / 1000),
    y1: Math.max(0, written.y1 / 1000),
    x2: Math.min(1, written.x2 / 1000),
    y2: Math.min(1, written.y2 / 1000),
  };
  const region = wholePixels(scaled(inside, picture.width, picture.height), Math.trunc);
  const { width, height } = sidesOf(region);
  if (!hasArea({ width, height })) return nothingOf(written, { width: 1000, height: 1000 });
  return {
    ok: true,
    region,
    seen: seenByMars({ width: Math.max(28, width), height: Math.max(28, height) }, MARS_EVALUATION),
  };
};

/** The environment it was trained in: what reaches beyond 0 … 1000 is refused, and it sees less of a large crop. */
export const senseNovaMarsTraining: CropRule = (asked, picture, written) => {
  const { x1, y1, x2, y2 } = written;
  if (Math.min(x1, y1, x2, y2) < 0 || Math.max(x1, y1, x2, y2) > 1000) return refused('box-out-of-frame');
  const crop = senseNovaMars(asked, picture, written);
  if (!crop.ok) return crop;
  const { width, height } = sidesOf(crop.region);
  return { ...crop, seen: seenByMars({ width: Math.max(28, width), height: Math.max(28, height) }, MARS_TRAINING) };
};

const MARS_EVALUATION: AreaRule = { factor: 32, minPixels: 65_536, maxPixels: 8_294_400 };
const MARS_TRAINING: AreaRule = { ...MARS_EVALUATION, maxPixels: 3_686_400 };

/** `smart_resize` with sides cut off to whole pixels before they are brought to multiples. */
function seenByMars({ width, height }: Size, { factor, minPixels, maxPixels }: AreaRule): Size {
  const nearest = (side: number) => Math.max(factor, roundHalfEven(side / factor) * factor);
  const area = nearest(width) * nearest(height);
  if (area > maxPixels) {
    const shrink = Math.sqrt((height * width) / maxPixels);
    const down = (side: number) => Math.floor(Math.trunc(side / shrink) / factor) * factor;
    return { width: down(width), height: down(height) };
  }
  if (area < minPixels) {
    const grow = Math.sqrt(minPixels / (height * width));
    const up = (side: number) => Math.ceil(Math.trunc(side * grow) / factor) * factor;
    return { width: up(width), height: up(height) };
  }
  return { width: nearest(width), height: nearest(height) };
}

/**
 * From fractions of the square that V* and SEAL pad a picture to (centred, both sides alike) to pixels of the picture, clamped to it. Their
 * prompts speak of places so.
 */
export function fromPaddedSquare(written: ModelBox, picture: Size): ImageBox {
  const side = Math.max(picture.width, picture.height);
  const left = Math.floor((side - picture.width) / 2);
  const top = Math.floor((side - picture.height) / 2);
  return clampedTo(picture, {
    x1: written.x1 * side - left,
    y1: written.y1 * side - top,
    x2: written.x2 * side - left,
    y2: written.y2 * side - top,
  });
}

/** Left, top, width and height as corners. */
export function cornersOf([x, y, width, height]: readonly [number, number, number, number]): ImageBox {
  return { x1: x, y1: y, x2: x + width, y2: y + height };
}

const refused = (problem: CropProblem): Crop => ({ ok: false, problem });

/** Why nothing was left: it lies beyond the picture, or it was empty as written. */
function nothingOf({ x1, y1, x2, y2 }: ImageBox | ModelBox, { width, height }: Size): Crop {
  const isBeyond = x1 < x2 && y1 < y2 && (x1 >= width || y1 >= height || x2 <= 0 || y2 <= 0);
  return refused(isBeyond ? 'box-out-of-frame' : 'box-empty');
}

const hasArea = ({ width, height }: Size): boolean => width > 0 && height > 0;

const elongation = ({ width, height }: Size): number => Math.max(width, height) / Math.min(width, height);

function sidesOf({ x1, y1, x2, y2 }: ImageBox | ModelBox): Size {
  return { width: x2 - x1, height: y2 - y1 };
}

function scaled({ x1, y1, x2, y2 }: ModelBox | ImageBox, byX: number, byY: number): ImageBox {
  return { x1: x1 * byX, y1: y1 * byY, x2: x2 * byX, y2: y2 * byY };
}

function wholePixels({ x1, y1, x2, y2 }: ImageBox, whole: (value: number) => number): ImageBox {
  // Adding 0 makes one zero of both.
  return { x1: whole(x1) + 0, y1: whole(y1) + 0, x2: whole(x2) + 0, y2: whole(y2) + 0 };
}

/** As these systems clamp: each edge on its own side only, so a box from beyond comes out inside out, and is refused. */
function clampedTo({ width, height }: Size, { x1, y1, x2, y2 }: ModelBox | ImageBox): ImageBox {
  return { x1: Math.max(0, x1), y1: Math.max(0, y1), x2: Math.min(width, x2), y2: Math.min(height, y2) };
}
