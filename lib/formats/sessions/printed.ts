/** What programs print and note beside their pictures: sizes of files, and boxes in comments. */
import { corners } from '@/lib/notations';
import type { Size } from '@/lib/geometry';
import type { Asked } from '../run-builder';

const MOST_PRINTED = 20_000;

/** Sizes in what a program printed, in order: `(2304, 3072)`, `size=2304x3072`, `2304x3072`, or `2304 3072` where nothing else is. */
export function sizesIn(printed: string, count: number, code: string): readonly Size[] {
  const text = printed.slice(0, MOST_PRINTED);
  const sizes: Size[] = [];
  const pattern =
    /\(\s{0,4}(\d{1,6})\s{0,4},\s{0,4}(\d{1,6})\s{0,4}(,\s{0,4}\d\s{0,4})?\)|\b(\d{2,6})\s?[x×]\s?(\d{2,6})\b/g;
  for (const [, a, b, channels, c, d] of text.matchAll(pattern)) {
    const [first, second] = [Number(a ?? c), Number(b ?? d)];
    // A field of numbers tells its rows first.
    const rows = channels !== undefined || (a !== undefined && /\.shape\b/.test(code) && !/\.size\b/.test(code));
    if (first > 0 && second > 0) sizes.push(rows ? { width: second, height: first } : { width: first, height: second });
  }
  if (sizes.length > 0) return sizes;
  const numbers = [...text.matchAll(/\b\d{2,6}\b/g)].map(([number]) => Number(number));
  if (numbers.length !== count * 2) return [];
  return Array.from({ length: count }, (_, at) => ({ width: numbers[at * 2] ?? 0, height: numbers[at * 2 + 1] ?? 0 }));
}

const NUMBER = '\\s{0,4}(\\d{1,4}(?:\\.\\d{1,4})?)\\s{0,4}';
const FOUR = `\\[${NUMBER},${NUMBER},${NUMBER},${NUMBER}\\]`;
const BOX_2D = new RegExp(`box_2d["']?\\s{0,4}:\\s{0,4}${FOUR}`);
const SAID = new RegExp(`${FOUR}\\s{0,10}#\\s{0,4}\\[?\\s{0,4}y_?min`);

/** A box that a program's comment names: `box_2d: [ymin, xmin, ymax, xmax]`, in thousandths. */
export function writtenBox(code: string): Asked | null {
  const [, a, b, c, d] = BOX_2D.exec(code) ?? SAID.exec(code) ?? [];
  if (d === undefined) return null;
  const box = corners([Number(a), Number(b), Number(c), Number(d)], 'yxyx');
  return { box, frame: 'thousandths', order: 'yxyx', by: 'file' };
}
