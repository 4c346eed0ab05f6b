/** What the step at the cursor points at, in the words given. Pure. */
import type { Size } from '@/lib/geometry';
import type { MarkAt } from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import { middleOf } from './draw-pointed';

/** More would be no description any more. */
const MOST = 12;

/** Behind the description of the picture; empty where the step points at nothing. */
export function describePointed(words: Words['canvas'], marks: readonly MarkAt[], { width, height }: Size): string {
  const now = marks.filter(({ active }) => active);
  if (now.length === 0) return '';
  const places = now.slice(0, MOST).map(({ label, shape }) => {
    const { x, y } = middleOf(shape);
    return words.pointedPlace({ label, x: x / width, y: y / height });
  });
  return ` ${words.pointsAt(places, now.length - places.length)}`;
}
