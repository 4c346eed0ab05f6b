'use client';
/**
 * The one layer: picture and marks move together, and a second canvas would be paid for in every frame. Of the picture it
 * draws only the part in sight, from the smallest level that is sharp enough. Where there is no
 * bitmap (the run's picture is gone) an empty sheet of its size stands for it.
 */
import type Konva from 'konva';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { Layer, Shape } from 'react-konva/lib/ReactKonvaCore';
import { boxOfSize, intersection, isEmpty, toStage, visibleRegion, type Camera, type Size } from '@/lib/geometry';
import type { Palette } from './palette';
import { createPictureLevels, type PictureLevels } from './picture-levels';
import type { FramedRig } from './use-camera-rig';
import type { Marks } from './use-marks';
import { usePixelRatio } from './use-pixel-ratio';

export interface PictureLayerProps {
  readonly bitmap: ImageBitmap | null;
  readonly image: Size;
  readonly stage: Size;
  readonly palette: Palette;
  readonly rig: FramedRig;
  readonly marks: Marks;
}

/** Beyond so many device pixels per pixel of the original, pixels are shown as they are. */
const BLOCKS_FROM = 10;

export function PictureLayer({ bitmap, image, stage, palette, rig, marks }: PictureLayerProps): ReactNode {
  const layer = useRef<Konva.Layer | null>(null);
  const levels = useRef<PictureLevels | null>(null);
  const ratio = usePixelRatio(layer);

  useEffect(() => {
    if (!bitmap) return;
    const made = createPictureLevels(bitmap, image.width, () => layer.current?.batchDraw());
    levels.current = made;
    layer.current?.batchDraw();
    return () => {
      levels.current = null;
      made.close();
    };
  }, [bitmap, image.width]);

  useEffect(() => rig.onFrame(() => layer.current?.batchDraw()), [rig]);

  const draw = useCallback(
    (konva: Konva.Context) => {
      const context = konva._context;
      const camera = rig.current();
      const level = levels.current?.at(camera.scale * ratio) ?? null;
      if (level) drawPicture(context, level, camera, image, stage, ratio);
      else drawSheet(context, camera, image, palette);
    },
    [rig, image, stage, palette, ratio],
  );
  return (
    <Layer ref={layer} listening={false}>
      <Shape sceneFunc={draw} listening={false} perfectDrawEnabled={false} />
      <Shape sceneFunc={marks.draw} listening={false} perfectDrawEnabled={false} />
    </Layer>
  );
}

function drawPicture(
  context: CanvasRenderingContext2D,
  level: ImageBitmap,
  camera: Camera,
  image: Size,
  stage: Size,
  ratio: number,
): void {
  const sight = intersection(boxOfSize<'image'>(image), visibleRegion(camera, stage));
  if (isEmpty(sight)) return;
  // Whole pixels of the level, so that neighbouring frames sample alike and edges do not shimmer.
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

function drawSheet(context: CanvasRenderingContext2D, camera: Camera, image: Size, palette: Palette): void {
  const { x1, y1, x2, y2 } = toStage(boxOfSize<'image'>(image), camera);
  context.strokeStyle = palette.edge;
  context.lineWidth = 1;
  context.setLineDash([4, 4]);
  context.strokeRect(x1, y1, x2 - x1, y2 - y1);
  context.setLineDash([]);
}
