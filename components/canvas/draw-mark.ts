/**
 * Draws one mark: the executed crop solid, the asked box dashed, the number (and label) on a plate. Colours on a picture
 * need a casing: every line has a dark one beneath, so that it reads on any ground.
 */
import type Konva from 'konva';
import type { StageBox } from '@/lib/geometry';
import type { BoxAt } from '@/lib/trajectory';
import { BADGE, type MarkLayout } from './mark-layout';
import type { MarkColors } from './palette';

export interface MarkLook {
  readonly colors: MarkColors;
  readonly font: string;
  /** The model is looking here at the cursor. */
  readonly active: boolean;
  /** It looks elsewhere now. */
  readonly past: boolean;
  /** Pointed at, here or in the text. */
  readonly lit: boolean;
  readonly text: string;
}

const CASING = 'rgb(0 0 0 / 0.4)';
/** Under dashes a strong casing would muddy the colour. */
const DASH_CASING = 'rgb(0 0 0 / 0.22)';
/** Opacity of boxes looked at earlier. */
const PAST = 0.6;
const DASH: readonly number[] = [7, 5];

/** A label is read in its own direction, and does not turn the number around. */
const ISOLATE = '\u2068';
const END_ISOLATE = '\u2069';

/** Behind the number of a box that a person drew or moved. */
const BY_PERSON = '\u270E';

export function badgeText(box: BoxAt, named: boolean): string {
  const number = box.person ? `${box.number} ${BY_PERSON}` : `${box.number}`;
  return named && box.label !== '' ? `${number}  ${ISOLATE}${clipLabel(box.label)}${END_ISOLATE}` : number;
}

const LONGEST_LABEL = 36;

export function clipLabel(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
}

export function drawMark(context: Konva.Context, layout: MarkLayout, look: MarkLook): void {
  const { colors, active, lit, past } = look;
  context.save();
  context.globalAlpha = past && !lit ? PAST : 1;
  if (lit) {
    context.fillStyle = colors.base;
    context.globalAlpha = 0.16;
    rect(context, layout.executed, 0);
    context.fill();
    context.globalAlpha = 1;
  }
  const weight = active || lit ? 2.5 : 1.75;
  outline(context, layout.executed, weight, colors.base, []);
  if (tellsApart(layout)) outline(context, layout.asked, 2, colors.base, DASH);
  plate(context, layout.badge, look);
  context.restore();
}

/** Lines lie outside the region, so that they hide nothing of what the model saw. */
function outline(
  context: Konva.Context,
  region: StageBox,
  weight: number,
  color: string,
  dash: readonly number[],
): void {
  context.lineJoin = 'round';
  context.setLineDash(dash.slice());
  context.strokeStyle = dash.length > 0 ? DASH_CASING : CASING;
  context.lineWidth = weight + 1.5;
  rect(context, region, weight / 2);
  context.stroke();
  context.strokeStyle = color;
  context.lineWidth = weight;
  context.stroke();
}

function rect(context: Konva.Context, { x1, y1, x2, y2 }: StageBox, grow: number): void {
  context.beginPath();
  context.rect(x1 - grow, y1 - grow, x2 - x1 + 2 * grow, y2 - y1 + 2 * grow);
}

function plate(context: Konva.Context, { x1, y1, x2, y2 }: StageBox, look: MarkLook): void {
  context.setLineDash([]);
  context.beginPath();
  context.roundRect(x1, y1, x2 - x1, y2 - y1, BADGE.height / 2);
  context.fillStyle = look.colors.base;
  context.strokeStyle = CASING;
  context.lineWidth = 1;
  context.fill();
  context.stroke();
  context.fillStyle = look.colors.on;
  context.font = look.font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(look.text, (x1 + x2) / 2, (y1 + y2) / 2 + 0.5);
}

/** Below this the two outlines would be one thick line, in CSS pixels. */
const APART = 4;
const LEAST_SIDE = 36;

function tellsApart({ asked, executed }: MarkLayout): boolean {
  const side = Math.min(executed.x2 - executed.x1, executed.y2 - executed.y1);
  const gap = Math.max(
    Math.abs(asked.x1 - executed.x1),
    Math.abs(asked.y1 - executed.y1),
    Math.abs(asked.x2 - executed.x2),
    Math.abs(asked.y2 - executed.y2),
  );
  return gap >= APART && side >= LEAST_SIDE;
}
