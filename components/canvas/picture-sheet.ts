/**
 * The picture as two plain canvases that a CSS transform moves with the camera, so that a frame under the hand draws nothing:
 * **sharp** holds what is in sight and some margin, drawn for the camera that it was painted for; **ground** holds the whole
 * picture, small, and shows only where sharp does not reach. Both lie in `host`, whose corner is the stage's.
 */
import { drawStill } from '@/components/ui/still-canvas';
import {
  boxOfSize,
  containsBox,
  intersection,
  isEmpty,
  toStage,
  visibleRegion,
  wholePixels,
  type Camera,
  type ImageBox,
  type Size,
} from '@/lib/geometry';
import type { Region } from '@/lib/player';
import type { PictureLevels } from './picture-levels';

export interface SheetView {
  readonly image: Size;
  readonly stage: Size;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
  /** CSS colour of the outline that stands for a picture that is gone. */
  readonly edge: string;
}

export interface PictureSheet {
  /**
   * Draws anew for this camera; `levels` null: the picture is gone, an empty sheet of its size stands for it. `near` has the pixels of
   * what is in sight that the levels have not.
   */
  paint(camera: Camera, levels: PictureLevels | null, view: SheetView, near?: Region | null): void;
  /** Moves what is drawn to where the camera has it; where that is too far off, paints again soon. */
  follow(camera: Camera): void;
  dispose(): void;
}

/** Drawn beyond the stage on each side, as a part of it: a drag shows it before the hand lets go. */
const MARGIN = 0.2;
/** Longest side of the ground, in pixels. */
const GROUND_SIDE = 1024;
/** Beyond so many device pixels per pixel of the original, pixels are shown as they are. */
const BLOCKS_FROM = 10;
/** Under a hand that does not rest it is painted anew so long after it was too far off, in milliseconds. */
const REPAINT_MS = 500;
/** Enlarged more than this, what is drawn looks soft. */
const SOFT_FROM = 1.5;

interface Painted {
  /** Of the sharp canvas, whose corner lies a margin outside the stage's. */
  readonly camera: Camera;
  readonly region: ImageBox;
  readonly levels: PictureLevels | null;
  readonly view: SheetView;
  readonly near: Region | null;
}

/** What of the picture is to be fetched from its file, in whole pixels: what is in sight where the bitmap is too small for it. */
export function beyondBitmap(
  bitmap: ImageBitmap,
  camera: Camera,
  { image, stage, ratio }: Omit<SheetView, 'edge'>,
): ImageBox | null {
  const density = bitmap.width / image.width;
  if (density >= 1 || camera.scale * ratio <= density) return null;
  const box = wholePixels(intersection(boxOfSize<'image'>(image), visibleRegion(camera, stage)));
  return isEmpty(box) ? null : box;
}

export function createPictureSheet(host: HTMLElement): PictureSheet {
  const ground = addCanvas(host);
  const sharp = addCanvas(host);
  let painted: Painted | null = null;
  let grounded: ImageBitmap | null = null;
  let now: Camera | null = null;
  let late: ReturnType<typeof setTimeout> | undefined;

  const paintGround = (level: ImageBitmap | null) => {
    if (level === grounded) return;
    grounded = level;
    const shrink = level ? Math.min(1, GROUND_SIDE / Math.max(level.width, level.height)) : 0;
    if (!level) {
      ground.width = 0;
      return;
    }
    const width = Math.max(1, Math.round(level.width * shrink));
    const height = Math.max(1, Math.round(level.height * shrink));
    drawStill(ground, width, height, (context) => context.drawImage(level, 0, 0, width, height));
  };

  const paint = (camera: Camera, levels: PictureLevels | null, view: SheetView, near: Region | null = null) => {
    const { image, stage, ratio } = view;
    const margin = { x: Math.round(stage.width * MARGIN), y: Math.round(stage.height * MARGIN) };
    const wide = { width: stage.width + 2 * margin.x, height: stage.height + 2 * margin.y };
    const from: Camera = { scale: camera.scale, x: camera.x + margin.x, y: camera.y + margin.y };
    const region = visibleRegion(from, wide);
    const level = levels?.at(camera.scale * ratio) ?? null;
    drawStill(sharp, Math.round(wide.width * ratio), Math.round(wide.height * ratio), (context) => {
      context.scale(ratio, ratio);
      if (level) {
        drawPicture(context, level, from, region, view);
        if (near && level.width < image.width * camera.scale * ratio) drawNear(context, near, from);
      } else drawEdge(context, from, view);
    });
    sharp.style.width = `${wide.width}px`;
    sharp.style.height = `${wide.height}px`;
    paintGround(levels?.at(GROUND_SIDE / Math.max(image.width, image.height)) ?? null);
    painted = { camera: from, region, levels, view, near };
    clearTimeout(late);
    late = undefined;
    follow(camera);
  };

  const follow = (camera: Camera) => {
    if (!painted) return;
    now = camera;
    const { levels, view, region, near } = painted;
    const { image, stage } = view;
    const enlarged = camera.scale / painted.camera.scale;
    const sight = intersection(boxOfSize<'image'>(image), visibleRegion(camera, stage));
    const reaches = isEmpty(sight) || containsBox(region, sight);
    if (!reaches || enlarged > SOFT_FROM)
      late ??= setTimeout(() => paint(now ?? camera, levels, view, near), REPAINT_MS);
    move(sharp, camera.x - painted.camera.x * enlarged, camera.y - painted.camera.y * enlarged, enlarged);
    // Clear rather than hidden: it keeps its layer, and showing it paints nothing.
    ground.style.opacity = reaches ? '0' : '1';
    if (ground.width > 0) move(ground, camera.x, camera.y, (image.width * camera.scale) / ground.width);
  };

  return {
    paint,
    follow,
    dispose() {
      clearTimeout(late);
      ground.remove();
      sharp.remove();
    },
  };
}

function addCanvas(host: HTMLElement): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = 0;
  Object.assign(canvas.style, { position: 'absolute', left: '0', top: '0', transformOrigin: '0 0' });
  // A layer of its own, which the compositor moves without the page drawing anything.
  canvas.style.willChange = 'transform, opacity';
  host.append(canvas);
  return canvas;
}

function move(canvas: HTMLCanvasElement, x: number, y: number, scale: number): void {
  canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
}

/** Draws the part of `level` that lies in `region`. */
function drawPicture(
  context: OffscreenCanvasRenderingContext2D,
  level: ImageBitmap,
  camera: Camera,
  region: ImageBox,
  { image, ratio }: SheetView,
): void {
  const sight = intersection(boxOfSize<'image'>(image), region);
  if (isEmpty(sight)) return;
  // Whole pixels of the level, so that neighbouring paints sample alike and edges do not shimmer.
  const kx = level.width / image.width;
  const ky = level.height / image.height;
  const x1 = Math.max(0, Math.floor(sight.x1 * kx) - 1);
  const y1 = Math.max(0, Math.floor(sight.y1 * ky) - 1);
  const x2 = Math.min(level.width, Math.ceil(sight.x2 * kx) + 1);
  const y2 = Math.min(level.height, Math.ceil(sight.y2 * ky) + 1);
  const place = toStage({ x1: x1 / kx, y1: y1 / ky, x2: x2 / kx, y2: y2 / ky }, camera);
  context.imageSmoothingEnabled = camera.scale * ratio < BLOCKS_FROM;
  context.drawImage(level, x1, y1, x2 - x1, y2 - y1, place.x1, place.y1, place.x2 - place.x1, place.y2 - place.y1);
}

function drawNear(context: OffscreenCanvasRenderingContext2D, { bitmap, box }: Region, camera: Camera): void {
  if (bitmap.width === 0) return; // closed
  const { x1, y1, x2, y2 } = toStage(box, camera);
  context.drawImage(bitmap, x1, y1, x2 - x1, y2 - y1);
}

function drawEdge(context: OffscreenCanvasRenderingContext2D, camera: Camera, { image, edge }: SheetView): void {
  const { x1, y1, x2, y2 } = toStage(boxOfSize<'image'>(image), camera);
  context.strokeStyle = edge;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.strokeRect(x1, y1, x2 - x1, y2 - y1);
  context.setLineDash([]);
}
