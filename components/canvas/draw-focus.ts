/**
 * What the model looks at, without a tint: the rest is dimmed. And what it looked at last, once it answers: the crop stays beside its
 * place, enlarged.
 */
import type Konva from 'konva';
import { intersection, isEmpty, toStage, type Camera, type ImageBox, type Size, type StageBox } from '@/lib/geometry';

const VEIL = 'rgb(8 14 14 / 0.58)';

/** Dims all of the picture but the regions looked at. */
export function drawVeil(
  context: Konva.Context,
  picture: ImageBox,
  looked: readonly ImageBox[],
  camera: Camera,
  stage: Size,
): void {
  const sight: StageBox = { x1: 0, y1: 0, x2: stage.width, y2: stage.height };
  const whole = intersection(toStage(picture, camera), sight);
  if (looked.length === 0 || isEmpty(whole)) return;
  context.save();
  context.beginPath();
  context.rect(whole.x1, whole.y1, whole.x2 - whole.x1, whole.y2 - whole.y1);
  for (const region of looked) {
    const { x1, y1, x2, y2 } = toStage(region, camera);
    context.rect(x1, y1, x2 - x1, y2 - y1);
  }
  context.fillStyle = VEIL;
  context._context.fill('evenodd');
  context.restore();
}

/** Draws nothing over the regions looked at. */
export function drawAround(
  context: Konva.Context,
  looked: readonly ImageBox[],
  camera: Camera,
  stage: Size,
  draw: () => void,
): void {
  context.save();
  for (const region of looked) {
    const { x1, y1, x2, y2 } = toStage(region, camera);
    context.beginPath();
    context.rect(0, 0, stage.width, stage.height);
    context.rect(x1, y1, x2 - x1, y2 - y1);
    context._context.clip('evenodd');
  }
  draw();
  context.restore();
}

/** Longest side of the inset as a part of the stage's shorter one, and its bounds, CSS pixels. */
const SHARE = 0.3;
const LARGEST = 208;
const LEAST = 72;
const MARGIN = 12;
/** Enlarged less than this it says nothing new. */
const WORTHWHILE = 1.4;

/** Where the inset lies: on the side of its place with the most room. Null: its place is as large already, or there is no room. */
export function insetPlace(region: StageBox, stage: Size): StageBox | null {
  const width = region.x2 - region.x1;
  const height = region.y2 - region.y1;
  const side = Math.min(LARGEST, SHARE * Math.min(stage.width, stage.height));
  const scale = side / Math.max(width, height);
  if (side < LEAST || !(scale > WORTHWHILE) || width <= 0 || height <= 0) return null;
  const size = { width: width * scale, height: height * scale };
  const isLeft = region.x1 > stage.width - region.x2;
  const beside = isLeft ? region.x1 - MARGIN * 2 - size.width : region.x2 + MARGIN * 2;
  const x = clamp(beside, MARGIN, stage.width - size.width - MARGIN);
  const y = clamp((region.y1 + region.y2 - size.height) / 2, MARGIN, stage.height - size.height - MARGIN);
  const place = { x1: x, y1: y, x2: x + size.width, y2: y + size.height };
  // What it explains must stay in sight beside it.
  return isEmpty(intersection(place, region)) ? place : null;
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));

interface Inset {
  readonly bitmap: ImageBitmap;
  readonly image: Size;
  readonly region: ImageBox;
  readonly color: string;
}

export function drawInset(
  context: Konva.Context,
  { bitmap, image, region, color }: Inset,
  camera: Camera,
  stage: Size,
): void {
  const at = toStage(region, camera);
  const place = insetPlace(at, stage);
  if (!place || bitmap.width === 0) return;
  const k = bitmap.width / image.width;
  const [width, height] = [place.x2 - place.x1, place.y2 - place.y1];
  context.save();
  context.strokeStyle = color;
  context.lineWidth = 2;
  const isLeft = place.x2 <= at.x1;
  context.beginPath();
  context.moveTo(isLeft ? place.x2 : place.x1, (place.y1 + place.y2) / 2);
  context.lineTo(isLeft ? at.x1 : at.x2, (at.y1 + at.y2) / 2);
  context.stroke();
  context.shadowColor = 'rgb(0 0 0 / 0.45)';
  context.shadowBlur = 14;
  context.fillStyle = '#fff';
  context.fillRect(place.x1 - 3, place.y1 - 3, width + 6, height + 6);
  context.shadowBlur = 0;
  context.drawImage(
    bitmap,
    region.x1 * k,
    region.y1 * k,
    (region.x2 - region.x1) * k,
    (region.y2 - region.y1) * k,
    place.x1,
    place.y1,
    width,
    height,
  );
  context.strokeRect(place.x1 - 2, place.y1 - 2, width + 4, height + 4);
  context.restore();
}
