/** What is known to be sought: dashed and white, so that it is nobody's turn; on a dark casing, so that it reads on any ground. */
import type Konva from 'konva';
import { toStage, type Camera, type ImageBox } from '@/lib/geometry';

const DASH: readonly number[] = [3, 4];

export function drawTruth(context: Konva.Context, places: readonly ImageBox[], camera: Camera): void {
  if (places.length === 0) return;
  context.save();
  context.lineJoin = 'round';
  for (const place of places) {
    const { x1, y1, x2, y2 } = toStage(place, camera);
    context.beginPath();
    context.rect(x1, y1, x2 - x1, y2 - y1);
    context.setLineDash([]);
    context.strokeStyle = 'rgb(0 0 0 / 0.5)';
    context.lineWidth = 3.5;
    context.stroke();
    context.setLineDash(DASH.slice());
    context.strokeStyle = '#fff';
    context.lineWidth = 2;
    context.stroke();
  }
  context.restore();
}
