/** A reading in words. */
import type { MarksRead, MarksReading, Range } from '@/lib/notations';
import type { Words } from '@/lib/words';

type ReadingWords = Words['answer']['reading'];

export function rangeWords(words: ReadingWords, range: Range): string {
  if (range === 'pixels') return words.pixels;
  return range === 'seen-pixels' ? words.seenPixels : words.scale(range);
}

export function readingWords(words: ReadingWords, { range, order, by }: MarksReading): string {
  return `${words.readAs(rangeWords(words, range), words.orders[order])} (${words.by[by]})`;
}

export function foundWords({ found }: Words['answer'], { marks }: MarksRead): string {
  const count = (kind: string) => marks.filter(({ shape }) => shape.kind === kind).length;
  return found(count('box'), count('point'), count('polygon'));
}

/** What was mended, a line each. */
export function mendedWords(words: ReadingWords, { notes }: MarksRead): readonly string[] {
  const { sorted, clamped, outside, cut } = notes;
  return [
    sorted > 0 ? words.sorted(sorted) : '',
    clamped > 0 ? words.clamped(clamped) : '',
    outside > 0 ? words.outside(outside) : '',
    cut ? words.cut : '',
  ].filter(Boolean);
}
