/**
 * What other systems really cut for a box a model wrote, to the pixel: one function a rule, from the numbers as they were written to a region
 * of the picture and the size the model was shown it at. Numbers are corners, in the frame that the rule's comment names.
 */
import { fitArea, roundHalfEven, type ImageBox, type ModelBox, type Size } from '@/lib/geometry';

export type CropProblem =
  /** Left is not left of right, top not above bottom, or nothing of it lies in the picture. */
  'empty' | 'outside' | 'too-small' | 'too-elongated';

export type Crop =
  | {
      readonly ok: true;
      /** In pixels of the picture. Whole, but for the rules that hand fractions to the model's frame; beyond the picture it is black. */
      readonly region: ImageBox;
      readonly shown: Size;
    }
  | { readonly ok: false; readonly problem: CropProblem };

/** @param seen the size at which the model was shown the picture; only rules that count in it ask */
export type CropRule = (written: ModelBox, picture: Size, seen?: Size) => Crop;

const PIXELS_28 = { factor: 28, least: 4 * 28 ** 2, most: 16384 * 28 ** 2 };
const PIXELS_32 = { factor: 32, least: 256 * 32 ** 2, most: 12845056 };

/** `smart_resize` of the Qwen processors. */
function smartSize(size: Size, { factor, least, most }: typeof PIXELS_28): Size {
  return fitArea(size, factor, least, most, factor);
}

export function seenByQwen25(picture: Size, mostPixels: number = PIXELS_28.most): Size {
  return smartSize(picture, { ...PIXELS_28, most: mostPixels });
}

/** eval_vstar.py and its like, in pixels of the picture: no clamp, no least size; beyond the edge PIL pads with black. */
export const deepEyesEvaluation: CropRule = (written) => {
  const region = wholePixels(written, roundHalfEven);
  const size = sidesOf(region);
  if (!(size.width > 0 && size.height > 0)) return refused('empty');
  if (elongation(size) > 200) return refused('too-elongated');
  return { ok: true, region, shown: smartSize(size, PIXELS_28) };
};

/** visual_toolbox_v2.py, the environment it was trained in: clamped, and no side of 30 pixels or less. */
export const deepEyesTraining: CropRule = (written, picture) => {
  const inside = clampedTo(picture, written);
  const { width, height } = sidesOf(inside);
  if (!(width > 0 && height > 0)) return refused(meets(written, picture) ? 'empty' : 'outside');
  if (elongation({ width, height }) > 100) return refused('too-elongated');
  if (Math.min(width, height) <= 30) return refused('too-small');
  const region = wholePixels(inside, roundHalfEven);
  return { ok: true, region, shown: smartSize(sidesOf(region), PIXELS_28) };
};

/** Qwen-Agent's zoom for Qwen3-VL, in thousandths: clamped; what is narrower than 32 pixels grows about its centre where there is room. */
export const qwen3: CropRule = (written, picture) => {
  const inside = clampedTo(picture, scaled(written, picture.width / 1000, picture.height / 1000));
  const box = sidesOf(inside);
  if (!(box.width > 0 && box.height > 0)) return refused(meetsThousandths(written) ? 'empty' : 'outside');
  const cut = Math.min(box.width, box.height) < 32 ? (grownTo(32, inside, picture) ?? inside) : inside;
  return { ok: true, region: wholePixels(cut, roundHalfEven), shown: smartSize(sidesOf(cut), PIXELS_32) };
};

const meetsThousandths = (written: ModelBox): boolean => meets(written, { width: 1000, height: 1000 });

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
export const MINI_O3_PIXELS = { least: 512 * 512, most: 2048 * 2048 } as const;

/**
 * Mini-o3, in fractions of the source that the call names: cut off to whole pixels, the far corner at most the last pixel, and refused when
 * 200 times as long as wide.
 */
export const miniO3: CropRule = (written, picture) =>
  miniO3Pixels(scaled(written, picture.width, picture.height), picture);

/** The same where a run was configured to count in pixels of the size the source was used at. */
export const miniO3Resized: CropRule = (written, picture, seen = picture) =>
  miniO3Pixels(scaled(written, picture.width / seen.width, picture.height / seen.height), picture);

function miniO3Pixels(box: ImageBox, picture: Size): Crop {
  const { x1, y1, x2, y2 } = wholePixels(box, Math.trunc);
  const region = {
    x1: Math.max(0, x1),
    y1: Math.max(0, y1),
    x2: Math.min(picture.width - 1, x2),
    y2: Math.min(picture.height - 1, y2),
  };
  const size = sidesOf(region);
  if (!(size.width > 0 && size.height > 0)) return refused(meets(box, picture) ? 'empty' : 'outside');
  if (elongation(size) >= 200) return refused('too-elongated');
  return { ok: true, region, shown: miniO3Shown(size) };
}

/** Fitted into the bounds by one factor, each side cut off to whole pixels. */
function miniO3Shown(size: Size): Size {
  const area = size.width * size.height;
  const { least, most } = MINI_O3_PIXELS;
  const factor = area > most ? Math.sqrt(most / area) : area < least ? Math.sqrt(least / area) : 1;
  const fitted = { width: Math.trunc(size.width * factor), height: Math.trunc(size.height * factor) };
  const shorter = Math.min(fitted.width, fitted.height);
  if (shorter >= 28 || shorter === 0) return fitted;
  const grow = 28 / shorter;
  return { width: Math.trunc(fitted.width * grow + 1), height: Math.trunc(fitted.height * grow + 1) };
}

const REASONER_PADDING = 0.1;

/**
 * Pixel-Reasoner's `crop_image_normalized`: fractions where all four numbers are below 1, else pixels (an edge written as 1.0 makes pixels
 * of the whole box); a tenth of the picture added on each side, cut at its edges, and refused at 28 pixels or less.
 */
export const pixelReasoner: CropRule = (written, picture) => {
  const box = reasonerFractions(written, picture);
  const padded = clampedTo(UNIT, {
    x1: box.x1 - REASONER_PADDING,
    y1: box.y1 - REASONER_PADDING,
    x2: box.x2 + REASONER_PADDING,
    y2: box.y2 + REASONER_PADDING,
  });
  return reasonerCrop(scaled(padded, picture.width, picture.height), roundHalfEven);
};

/** Its `zoom_in`: no more than 600 pixels are added on a side, and pixels are cut off, not rounded. */
export const pixelReasonerZoomIn: CropRule = (written, picture) => {
  const box = reasonerFractions(written, picture);
  const [padX, padY] = [picture.width, picture.height].map((side) => Math.min(REASONER_PADDING, 600 / side)) as [
    number,
    number,
  ];
  const padded = clampedTo(UNIT, { x1: box.x1 - padX, y1: box.y1 - padY, x2: box.x2 + padX, y2: box.y2 + padY });
  return reasonerCrop(scaled(padded, picture.width, picture.height), Math.trunc);
};

const UNIT: Size = { width: 1, height: 1 };

/** Whether Pixel-Reasoner takes four numbers for fractions. */
export function isReasonerFraction({ x1, y1, x2, y2 }: ModelBox): boolean {
  return x1 < 1 && y1 < 1 && x2 < 1 && y2 < 1;
}

function reasonerFractions(written: ModelBox, picture: Size): ImageBox {
  return isReasonerFraction(written) ? written : scaled(written, 1 / picture.width, 1 / picture.height);
}

function reasonerCrop(box: ImageBox, whole: (value: number) => number): Crop {
  const region = wholePixels(box, whole);
  const size = sidesOf(region);
  if (!(size.width > 0 && size.height > 0)) return refused('empty');
  if (!(size.width > 28 && size.height > 28)) return refused('too-small');
  return { ok: true, region, shown: smartSize(size, { factor: 28, least: 256 * 28 ** 2, most: 5120 * 28 ** 2 }) };
}

/** The size Chain-of-Focus shows a picture at, and counts in. */
export function seenByChainOfFocus(picture: Size): Size {
  return smartSize(picture, { ...PIXELS_28, most: 3840 ** 2 });
}

/**
 * Chain-of-Focus, in pixels of the picture as it was shown: grown by half about its centre, cut off to whole pixels, clamped, and shown at
 * twice its size. A box that it cannot use (`chainOfFocusWhole`) brings back the whole picture, without a word.
 */
export const chainOfFocus: CropRule = (written, picture, seen = seenByChainOfFocus(picture)) => {
  const { width, height } = sidesOf(written);
  const isUsable =
    width > 0 &&
    height > 0 &&
    written.x1 >= 0 &&
    written.y1 >= 0 &&
    written.x2 <= seen.width &&
    written.y2 <= seen.height;
  if (!isUsable) return chainOfFocusWhole(picture);
  const [x, y] = [(written.x1 + written.x2) / 2, (written.y1 + written.y2) / 2];
  const grown = clampedTo(
    seen,
    wholePixels(
      { x1: x - width * 0.75, y1: y - height * 0.75, x2: x + width * 0.75, y2: y + height * 0.75 },
      Math.trunc,
    ),
  );
  const cut = sidesOf(grown);
  if (!(cut.width > 0 && cut.height > 0)) return chainOfFocusWhole(picture);
  const region = clampedTo(picture, scaled(grown, picture.width / seen.width, picture.height / seen.height));
  return { ok: true, region, shown: { width: cut.width * 2, height: cut.height * 2 } };
};

/** What it shows for an unclosed call as well. */
export function chainOfFocusWhole(picture: Size): Crop {
  const seen = seenByChainOfFocus(picture);
  const region = { x1: 0, y1: 0, x2: picture.width, y2: picture.height };
  return { ok: true, region, shown: { width: seen.width * 2, height: seen.height * 2 } };
}

/** SenseNova-MARS, in thousandths of the first picture: cut off to whole pixels, clamped; a side below 28 pixels is stretched to 28. */
export const senseNovaMars: CropRule = (written, picture) => {
  const region = clampedTo(
    picture,
    wholePixels(scaled(written, picture.width / 1000, picture.height / 1000), Math.trunc),
  );
  const { width, height } = sidesOf(region);
  if (!(width > 0 && height > 0)) return refused(meetsThousandths(written) ? 'empty' : 'outside');
  return { ok: true, region, shown: { width: Math.max(28, width), height: Math.max(28, height) } };
};

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

// Arithmetic. A box is its own space here until the picture's.

const refused = (problem: CropProblem): Crop => ({ ok: false, problem });

const elongation = ({ width, height }: Size): number => Math.max(width, height) / Math.min(width, height);

function sidesOf({ x1, y1, x2, y2 }: ImageBox | ModelBox): Size {
  return { width: x2 - x1, height: y2 - y1 };
}

function scaled({ x1, y1, x2, y2 }: ModelBox | ImageBox, byX: number, byY: number): ImageBox {
  return { x1: x1 * byX, y1: y1 * byY, x2: x2 * byX, y2: y2 * byY };
}

function wholePixels({ x1, y1, x2, y2 }: ModelBox | ImageBox, whole: (value: number) => number): ImageBox {
  // Adding 0 makes one zero of both.
  return { x1: whole(x1) + 0, y1: whole(y1) + 0, x2: whole(x2) + 0, y2: whole(y2) + 0 };
}

/** As these systems clamp: each edge on its own side only, so a box from beyond comes out inside out, and is refused. */
function clampedTo({ width, height }: Size, { x1, y1, x2, y2 }: ModelBox | ImageBox): ImageBox {
  return { x1: Math.max(0, x1), y1: Math.max(0, y1), x2: Math.min(width, x2), y2: Math.min(height, y2) };
}

function meets({ x1, y1, x2, y2 }: ModelBox | ImageBox, { width, height }: Size): boolean {
  return x1 < width && y1 < height && x2 > 0 && y2 > 0;
}
