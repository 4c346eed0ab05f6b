/**
 * Which runs a person is looking for: words, tags, order. Pure. Every word must occur somewhere in what is said of a run
 * (name, question, answer, tags, the picture's file name), whatever its case and accents.
 */
import type { RunSummary } from './contract';
import { newestFirst } from './summary';
import { tagKey } from './tags';

export const RUN_ORDERS = ['newest', 'oldest', 'title', 'steps', 'size'] as const;
export type RunOrder = (typeof RUN_ORDERS)[number];

export interface RunQuery {
  readonly words: string;
  /** All of them. */
  readonly tags: readonly string[];
  readonly order: RunOrder;
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Summaries are never changed in place, so what was worked out for one holds. */
const haystacks = new WeakMap<RunSummary, string>();

function haystackOf(run: RunSummary): string {
  const known = haystacks.get(run);
  if (known !== undefined) return known;
  const text = plain([run.title, run.question, run.answer, run.imageName, ...run.tags].join('\n'));
  haystacks.set(run, text);
  return text;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const COMPARE: Record<RunOrder, (a: RunSummary, b: RunSummary) => number> = {
  newest: newestFirst,
  oldest: (a, b) => newestFirst(b, a),
  title: (a, b) => collator.compare(a.title || a.question, b.title || b.question) || newestFirst(a, b),
  steps: (a, b) => b.steps - a.steps || newestFirst(a, b),
  size: (a, b) => b.bytes - a.bytes || newestFirst(a, b),
};

/** A new list; `runs` stays as it is. */
export function findRuns(runs: readonly RunSummary[], { words, tags, order }: RunQuery): readonly RunSummary[] {
  const sought = plain(words).split(/\s+/).filter(Boolean);
  const wanted = tags.map(tagKey);
  return runs
    .filter((run) => {
      if (wanted.length > 0) {
        const has = new Set(run.tags.map(tagKey));
        if (!wanted.every((tag) => has.has(tag))) return false;
      }
      return sought.every((word) => haystackOf(run).includes(word));
    })
    .sort(COMPARE[order]);
}

export interface TagCount {
  readonly tag: string;
  readonly count: number;
}

/** Every tag that is in use, by name, each as it was written first. */
export function countTags(runs: readonly RunSummary[]): readonly TagCount[] {
  const counts = new Map<string, { tag: string; count: number }>();
  for (const tag of runs.flatMap((run) => run.tags)) {
    const entry = counts.get(tagKey(tag)) ?? { tag, count: 0 };
    counts.set(tagKey(tag), { ...entry, count: entry.count + 1 });
  }
  return [...counts.values()].sort((a, b) => collator.compare(a.tag, b.tag));
}
