/**
 * The camera: how the image lies on the stage. `stage = image × scale + (x, y)`, in CSS pixels. Pure: the canvas applies
 * a camera, it does not live here.
 */
import type { ImageBox, Size, StageBox } from './box';
import { boxOfSize, centerOf, clamp, sizeOf } from './region';
import type { Point } from './region';

export interface Camera {
  /** CSS pixels per image pixel. */
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export interface ScaleLimits {
  readonly min: number;
  readonly max: number;
}

/** The whole image centred on the stage with `padding` CSS pixels left free on every side; it may enlarge. */
export function fit(image: Size, stage: Size, padding = 0): Camera {
  return focus(boxOfSize<'image'>(image), stage, padding, Number.POSITIVE_INFINITY);
}

/** `region` centred on the stage, as large as padding and `maxScale` allow. Always a usable camera (scale > 0). */
export function focus(region: ImageBox, stage: Size, padding = 0, maxScale = Number.POSITIVE_INFINITY): Camera {
  const { width, height } = sizeOf(region);
  const free = { width: Math.max(1, stage.width - 2 * padding), height: Math.max(1, stage.height - 2 * padding) };
  const fitted = Math.min(free.width / Math.max(width, 1e-6), free.height / Math.max(height, 1e-6));
  return centered(centerOf(region), Math.min(fitted, maxScale), stage);
}

/** The camera of `scale` that shows `point` of the image in the middle of the stage. */
export function centered(point: Point, scale: number, stage: Size): Camera {
  return { scale, x: stage.width / 2 - point.x * scale, y: stage.height / 2 - point.y * scale };
}

/** Scales by `factor` so that what lies under `point` (of the stage) stays there. */
export function zoomAt(camera: Camera, point: Point, factor: number, limits: ScaleLimits): Camera {
  const scale = clamp(camera.scale * factor, limits.min, limits.max);
  const ratio = scale / camera.scale;
  return { scale, x: point.x - (point.x - camera.x) * ratio, y: point.y - (point.y - camera.y) * ratio };
}

/** Moves the picture by CSS pixels. */
export function pan(camera: Camera, dx: number, dy: number): Camera {
  return { scale: camera.scale, x: camera.x + dx, y: camera.y + dy };
}

/** Keeps at least `keep` CSS pixels of the image (or all of it, if it is smaller) on the stage, along each axis. */
export function clampCamera(camera: Camera, image: Size, stage: Size, keep = 48): Camera {
  const along = (offset: number, length: number, room: number): number => {
    const shown = Math.min(keep, length, room);
    return clamp(offset, shown - length, room - shown);
  };
  return {
    scale: camera.scale,
    x: along(camera.x, image.width * camera.scale, stage.width),
    y: along(camera.y, image.height * camera.scale, stage.height),
  };
}

export function toStage(region: ImageBox, camera: Camera): StageBox {
  return {
    x1: region.x1 * camera.scale + camera.x,
    y1: region.y1 * camera.scale + camera.y,
    x2: region.x2 * camera.scale + camera.x,
    y2: region.y2 * camera.scale + camera.y,
  };
}

export function toStagePoint(point: Point, camera: Camera): Point {
  return { x: point.x * camera.scale + camera.x, y: point.y * camera.scale + camera.y };
}

/** A point of the stage as a point of the image; it may lie outside the picture. */
export function toImage(point: Point, camera: Camera): Point {
  return { x: (point.x - camera.x) / camera.scale, y: (point.y - camera.y) / camera.scale };
}

/** The part of the image plane that the stage shows; it may reach beyond the picture. */
export function visibleRegion(camera: Camera, stage: Size): ImageBox {
  const from = toImage({ x: 0, y: 0 }, camera);
  const to = toImage({ x: stage.width, y: stage.height }, camera);
  return { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
}
