/**
 * The zoom tool: from the box a model asked for, in its frame, to the region of the upright original that is cut. This is
 * the one place where a model's coordinates become pixels. It plans; cutting is lib/image's.
 */
import { clampBox, cropRegion, frameSize, isEmpty, toImageBox } from '@/lib/geometry';
import type { CropRule, Frame, ImageBox, ModelBox, Size } from '@/lib/geometry';

export interface ZoomSurroundings {
  readonly frame: Frame;
  /** The upright original. */
  readonly image: Size;
  /** What the model saw of it. */
  readonly seen: Size;
  readonly rule: CropRule;
}

export type ZoomPlan =
  | { readonly ok: true; readonly askedInImage: ImageBox; readonly executed: ImageBox }
  | { readonly ok: false; readonly problem: 'box-empty' | 'box-out-of-frame' };

/**
 * N7, N9 and N11: the box is clamped to its frame; one that is empty as written is `box-empty`, one of which nothing lies
 * inside the frame is `box-out-of-frame`.
 */
export function planZoom(asked: ModelBox, { frame, image, seen, rule }: ZoomSurroundings): ZoomPlan {
  if (!(asked.x1 < asked.x2 && asked.y1 < asked.y2)) return { ok: false, problem: 'box-empty' };
  const clamped = clampBox<'model'>(asked, frameSize(frame, image, seen));
  const askedInImage = clampBox<'image'>(toImageBox(clamped, frame, image, seen), image);
  if (isEmpty(askedInImage)) return { ok: false, problem: 'box-out-of-frame' };
  return { ok: true, askedInImage, executed: cropRegion(askedInImage, image, rule) };
}
