/** What the words of the step at the cursor point at, in words. Pure. */
import type { Point, Size } from '@/lib/geometry';
import type { MarkAt } from '@/lib/trajectory';
import { middleOf } from './draw-pointed';

/** More would be no description any more. */
const MOST = 12;

/** Behind the description of the picture; empty where the step points at nothing. */
export function describePointed(marks: readonly MarkAt[], image: Size): string {
  const now = marks.filter(({ active }) => active);
  if (now.length === 0) return '';
  const places = now.slice(0, MOST).map(({ label, shape }) => describePlace(label, middleOf(shape), image));
  const rest = now.length > MOST ? `; and ${now.length - MOST} more` : '';
  return ` It points at ${places.join('; ')}${rest}.`;
}

function describePlace(label: string, { x, y }: Point, { width, height }: Size): string {
  const percent = (value: number, whole: number) => `${Math.round((value / whole) * 100)} %`;
  return `${label === '' ? 'a place' : label}, ${percent(x, width)} from the left and ${percent(y, height)} from the top`;
}
