/**
 * Draws what a step's words point at: a box, a point or a polygon, with its label on a dark plate. Thinner than the boxes that a model
 * looked at, and without a number: nothing was cut here.
 */
import type Konva from 'konva';
import { toStage, toStagePoint, type Camera, type Point, type StageBox } from '@/lib/geometry';
import type { MarkAt } from '@/lib/trajectory';
import { BADGE } from './mark-layout';

type Shape = MarkAt['shape'];

export interface PointedLook {
  readonly color: string;
  readonly font: string;
  /** Of the step at the cursor. */
  readonly active: boolean;
  /** Its words are pointed at. */
  readonly lit: boolean;
  /** Empty: none. */
  readonly text: string;
}

const CASING = 'rgb(0 0 0 / 0.45)';
const PLATE = 'rgb(0 0 0 / 0.78)';
const PAST = 0.45;
/** Of a point, in CSS pixels. */
const POINT_RADIUS = 6;

/** The middle of a shape's extent. */
export function middleOf(shape: Shape): Point {
  const { x1, y1, x2, y2 } = extentOf(shape);
  return { x: (x1 + x2) / 2, y: (y1 + y2) / 2 };
}

function extentOf(shape: Shape) {
  if (shape.kind === 'box') return shape.box;
  const points = shape.kind === 'point' ? [shape.point] : shape.points;
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return { x1: Math.min(...xs), y1: Math.min(...ys), x2: Math.max(...xs), y2: Math.max(...ys) };
}

/** What a shape takes of the stage, a point with its circle. */
export function pointedPlace(shape: Shape, camera: Camera): StageBox {
  const place = toStage(extentOf(shape), camera);
  const grow = shape.kind === 'point' ? POINT_RADIUS : 0;
  return { x1: place.x1 - grow, y1: place.y1 - grow, x2: place.x2 + grow, y2: place.y2 + grow };
}

/** @param badge where the label goes */
export function drawPointed(
  context: Konva.Context,
  shape: Shape,
  camera: Camera,
  badge: StageBox,
  { color, font, active, lit, text }: PointedLook,
): void {
  context.save();
  context.globalAlpha = active || lit ? 1 : PAST;
  trace(context, shape, camera);
  if (lit || shape.kind === 'point') {
    context.fillStyle = color;
    context.globalAlpha *= lit ? 0.3 : 0.15;
    context.fill();
    context.globalAlpha = active || lit ? 1 : PAST;
  }
  context.lineJoin = 'round';
  context.setLineDash([]);
  for (const [style, width] of [
    [CASING, lit ? 5 : 3.5],
    [color, lit ? 3 : 2],
  ] as const) {
    context.strokeStyle = style;
    context.lineWidth = width;
    context.stroke();
  }
  if (shape.kind === 'point') dot(context, toStagePoint(shape.point, camera), color);
  if (text !== '') plate(context, badge, text, font);
  context.restore();
}

function trace(context: Konva.Context, shape: Shape, camera: Camera): void {
  context.beginPath();
  if (shape.kind === 'box') {
    const { x1, y1, x2, y2 } = toStage(shape.box, camera);
    context.rect(x1, y1, x2 - x1, y2 - y1);
    return;
  }
  if (shape.kind === 'point') {
    const { x, y } = toStagePoint(shape.point, camera);
    context.arc(x, y, POINT_RADIUS, 0, 2 * Math.PI);
    return;
  }
  shape.points.forEach((point, index) => {
    const { x, y } = toStagePoint(point, camera);
    if (index === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
  context.closePath();
}

function dot(context: Konva.Context, { x, y }: Point, color: string): void {
  context.beginPath();
  context.arc(x, y, 1.75, 0, 2 * Math.PI);
  context.fillStyle = color;
  context.fill();
}

function plate(context: Konva.Context, { x1, y1, x2, y2 }: StageBox, text: string, font: string): void {
  context.beginPath();
  context.roundRect(x1, y1, x2 - x1, y2 - y1, BADGE.height / 2);
  context.fillStyle = PLATE;
  context.fill();
  context.fillStyle = '#fff';
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, (x1 + x2) / 2, (y1 + y2) / 2 + 0.5);
}
