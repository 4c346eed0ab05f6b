/**
 * A look that a person asks for, written as the model would write it: in its dialect's own form, in its own frame. Null where that has no form
 * for it.
 */
import type { CallForm, NumberRange } from '@/lib/engine';
import { iou, toImageBox, toModelBox, type ImageBox, type ModelBox } from '@/lib/geometry';
import type { Range } from './begun';
import { tellRegion } from './dialects/tell-region';
import { boundsOf, judge } from './judge';
import { shownPictures } from './shown-pictures';
import type { Situation } from './tools/tool';
import { zoom } from './tools/zoom';

/** The box in the model's frame, as numbers are written there: whole units, or thousandths of a fraction. */
export function numbersOf(box: ImageBox, { frame, target }: Situation): ModelBox | null {
  if (!target) return null;
  const { picture, seen } = target;
  const { x1, y1, x2, y2 } = toModelBox(box, frame, picture, seen);
  const unit = frame === 'fractions' ? 1000 : 1;
  const round = (value: number): number => Math.round(value * unit) / unit;
  return { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2) };
}

/** A question about a region, told in numbers as the model counts; the question alone where there is no picture. */
export function aboutRegion(question: string, box: ImageBox, situation: Situation): string {
  const numbers = numbersOf(box, situation);
  return numbers ? tellRegion(question, numbers) : question;
}

/** @param box in pixels of the target, which has to be the picture that boxes speak of where calls name none. @returns the call with its tags */
export function writeLook(box: ImageBox, label: string, situation: Situation): string | null {
  const { run, dialect, target } = situation;
  const numbers = numbersOf(box, situation);
  const bounds = boundsOf(situation);
  if (!target || !numbers || !bounds) return null;
  if (dialect.writeLook) return dialect.writeLook(numbers, label);
  const tools = run.settings?.tools.includes(zoom.id) ? [zoom.id] : [];
  const { calls } = dialect.grammar({ ...bounds, tools, mayCall: true });
  const index = shownPictures(run).indexOf(target.picture.id);
  return calls[0] ? filled(calls[0], [numbers.x1, numbers.y1, numbers.x2, numbers.y2, index], label) : null;
}

function filled({ pieces }: CallForm, numbers: readonly number[], label: string): string {
  const left = [...numbers];
  return pieces
    .map((piece) => {
      if ('literal' in piece) return piece.literal;
      if ('text' in piece) return fittingLabel(label, piece.text);
      return inRange(left.shift() ?? 0, piece.number);
    })
    .join('');
}

function inRange(value: number, range: NumberRange): string {
  const [min, max] = range.kind === 'integer' ? [range.min, range.max] : [0, 1];
  return String(Math.min(max, Math.max(min, value)));
}

/** What no form can hold is left out. */
function fittingLabel(label: string, most: number): string {
  const plain = label.replace(/["\\<\u0000-\u001f\u007f]/g, '');
  let text = '';
  for (const character of plain) {
    if (new TextEncoder().encode(text + character).length > most) break;
    text += character;
  }
  return text;
}

/** The numbers of a call that was written already, and the call with others in their place. */
export interface Renumbered {
  /** In the call as it was. */
  readonly at: Range;
  readonly numbers: string;
}

/** Four numbers in brackets, as every dialect writes a box. */
const BOX = /\[(\s*-?[\d.]+\s*,){3}\s*-?[\d.]+\s*\]/g;

/** The same call with another box; null where its numbers cannot be found, or would be read as another box. */
export function renumber(written: string, box: ImageBox, situation: Situation): Renumbered | null {
  const numbers = numbersOf(box, situation);
  const found = [...written.matchAll(BOX)];
  const [only] = found;
  if (!numbers || !only || found.length > 1) return null;
  const { x1, y1, x2, y2 } = numbers;
  const at = { from: only.index + 1, to: only.index + only[0].length - 1 };
  const gap = only[0].includes(', ') ? ', ' : ',';
  for (const order of [
    [x1, y1, x2, y2],
    [y1, x1, y2, x2],
  ]) {
    const text = order.join(gap);
    const { place } = judge(written.slice(0, at.from) + text + written.slice(at.to), situation);
    // Rounding moves an edge by half a unit, which is much of a small box; the other order is another box altogether.
    if (place && isSame(place.box, rounded(numbers, situation))) return { at, numbers: text };
  }
  return null;
}

const rounded = (numbers: ModelBox, { frame, target }: Situation): ImageBox | null =>
  target && toImageBox(numbers, frame, target.picture, target.seen);

const isSame = (a: ImageBox, b: ImageBox | null): boolean => b !== null && iou(a, b) > 0.99;
