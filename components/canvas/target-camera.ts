/** Where the camera wants to be: the whole picture, or the crop the model looks at. Pure. */
import { fit, focus, type Camera, type ScaleLimits, type Size } from '@/lib/geometry';
import type { CameraMode } from '@/lib/player';
import type { BoxAt } from '@/lib/trajectory';

/** CSS pixels per pixel of the original, at most, when the camera chooses for itself: beyond it only blocks show. */
const CLOSEST = 12;
/** As far as a hand may zoom in. */
const CLOSEST_BY_HAND = 48;
const FIT_PADDING = 28;
const CROP_PADDING_SHARE = 0.14;

function padding(stage: Size, share: number, least: number): number {
  return Math.max(8, Math.min(least, Math.min(stage.width, stage.height) * share));
}

/** On a stage narrower than this the tools would lie on the picture: it keeps clear of them. Height of that strip. CSS pixels. */
const NARROW = 720;
const TOOLS = 56;

export function fitCamera(image: Size, stage: Size): Camera {
  const room = stage.width < NARROW && stage.height > 3 * TOOLS ? { ...stage, height: stage.height - TOOLS } : stage;
  return fit(image, room, padding(room, 0.05, FIT_PADDING));
}

/** Null when the person holds the camera. */
export function targetCamera(mode: CameraMode, boxes: readonly BoxAt[], image: Size, stage: Size): Camera | null {
  if (mode === 'free') return null;
  const box = mode === 'fit' ? undefined : boxes.findLast(({ active }) => active);
  // Asked for the crop after the model has looked away: the last one it had.
  const region = (box ?? (mode === 'crop' ? boxes.at(-1) : undefined))?.executed;
  if (!region) return fitCamera(image, stage);
  return focus(region, stage, padding(stage, CROP_PADDING_SHARE, Number.POSITIVE_INFINITY), CLOSEST);
}

/** From half of what fits to very near. */
export function scaleLimits(image: Size, stage: Size): ScaleLimits {
  const { scale } = fitCamera(image, stage);
  return { min: scale / 2, max: Math.max(CLOSEST_BY_HAND, scale * 4) };
}
