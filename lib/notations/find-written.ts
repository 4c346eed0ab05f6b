/** Every place that a text writes down, in order, each once: the more a notation knows itself by, the earlier it has its words. */
import { TRAJECTORY_LIMITS } from '@/lib/trajectory';
import { CODE_SCANNERS } from './code';
import { KEY_SCANNERS } from './keys';
import { TAG_SCANNERS } from './tags';
import type { Scanner, Written } from './written';

const SCANNERS: readonly Scanner[] = [...TAG_SCANNERS, ...KEY_SCANNERS, ...CODE_SCANNERS];

/** At most as many as a step may hold; of a longer text, only its beginning. */
export function findWritten(text: string): readonly Written[] {
  const read = text.slice(0, TRAJECTORY_LIMITS.text);
  const taken: Written[] = [];
  for (const scan of SCANNERS) {
    const before = taken.toSorted((a, b) => a.from - b.from);
    taken.push(...scan(read).filter((one) => !overlapsAny(before, one)));
  }
  return taken.toSorted((a, b) => a.from - b.from).slice(0, TRAJECTORY_LIMITS.marks);
}

/** `sorted` by where they begin; those of one scanner may share their words and are asked only against others. */
function overlapsAny(sorted: readonly Written[], { from, to }: Written): boolean {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as Written).from < to) low = middle + 1;
    else high = middle;
  }
  // Objects may hold each other's words: a few before are asked as well.
  return sorted.slice(Math.max(0, low - 8), low).some((one) => one.to > from);
}
