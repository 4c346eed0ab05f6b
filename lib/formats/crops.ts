/**
 * What became of an asked box, by the rule of whoever carried it out: which region was cut, at what size the model saw it, or why nothing was
 * cut. Regions are in pixels of the picture and may reach beyond it; whole numbers where the rule rounds. One rule a function, by name.
 */
import { fitArea, intersection, isEmpty, type AreaRule, type ImageBox, type Size } from '@/lib/geometry';

export type Crop =
  | { readonly ok: true; readonly region: ImageBox; readonly seen: Size }
  /** `problem`: a name as `refused.problem` of a run has it. */
  | { readonly ok: false; readonly problem: 'box-empty' | 'box-out-of-frame' | 'box-too-small' | 'box-too-long' };

/** `asked` is in pixels of the picture, as written: neither clamped nor ordered. */
export type CropRule = (asked: ImageBox, picture: Size) => Crop;

const QWEN25: AreaRule = { factor: 28, minPixels: 4 * 28 * 28, maxPixels: 16_384 * 28 * 28 };

/** eval_vstar.py, eval_hrbench.py: PIL's crop of the original, which pads with black and clamps nothing, then `smart_resize`. */
export const deepEyesEvaluation: CropRule = (asked) => {
  const region = truncated(asked);
  if (isEmpty(region)) return { ok: false, problem: 'box-empty' };
  return { ok: true, region, seen: fitArea(sizeOf(region), QWEN25) };
};

/** The least side that DeepEyes' environment does not refuse is one more than this; the longest strip is so many times its width. */
const LEAST_SIDE = 30;
const LONGEST = 100;

/** visual_toolbox_v2.py: clamped to the picture, then refused where a side is 30 pixels or less, or the strip too long. */
export const deepEyesTraining: CropRule = (asked, picture) => {
  const region = intersection(asked, { x1: 0, y1: 0, x2: picture.width, y2: picture.height });
  const { width, height } = sizeOf(region);
  if (!(width > 0 && height > 0)) return { ok: false, problem: 'box-empty' };
  if (Math.max(width, height) / Math.min(width, height) > LONGEST) return { ok: false, problem: 'box-too-long' };
  if (Math.min(width, height) <= LEAST_SIDE) return { ok: false, problem: 'box-too-small' };
  return { ok: true, region: truncated(region), seen: fitArea(sizeOf(truncated(region)), QWEN25) };
};

const QWEN3: AreaRule = { factor: 32, minPixels: 256 * 32 * 32, maxPixels: 16_384 * 32 * 32 };
const QWEN3_LEAST = 32;

/** Qwen-Agent's image_zoom_in_tool: clamped; a side under 32 is enlarged about the centre, if the other one then is long enough, too. */
export const qwenAgent: CropRule = (asked, picture) => {
  const clamped = intersection(asked, { x1: 0, y1: 0, x2: picture.width, y2: picture.height });
  if (isEmpty(clamped)) return { ok: false, problem: 'box-empty' };
  const region = enlarged(clamped, picture);
  return { ok: true, region, seen: fitArea(sizeOf(region), QWEN3) };
};

function enlarged(box: ImageBox, picture: Size): ImageBox {
  const { width, height } = sizeOf(box);
  if (Math.min(width, height) >= QWEN3_LEAST) return box;
  const ratio = QWEN3_LEAST / Math.min(width, height);
  const half = { x: Math.ceil(width * ratio) / 2, y: Math.ceil(height * ratio) / 2 };
  const center = { x: (box.x1 + box.x2) / 2, y: (box.y1 + box.y2) / 2 };
  const grown = {
    x1: Math.max(0, Math.floor(center.x - half.x)),
    y1: Math.max(0, Math.floor(center.y - half.y)),
    x2: Math.min(picture.width, Math.ceil(center.x + half.x)),
    y2: Math.min(picture.height, Math.ceil(center.y + half.y)),
  };
  const { width: wide, height: high } = sizeOf(grown);
  return Math.min(wide, high) > QWEN3_LEAST ? grown : box;
}

/** As Python's `int()` and PIL's crop of floats do, edge by edge. */
function truncated({ x1, y1, x2, y2 }: ImageBox): ImageBox {
  return { x1: Math.trunc(x1), y1: Math.trunc(y1), x2: Math.trunc(x2), y2: Math.trunc(y2) };
}

function sizeOf({ x1, y1, x2, y2 }: ImageBox): Size {
  return { width: x2 - x1, height: y2 - y1 };
}
