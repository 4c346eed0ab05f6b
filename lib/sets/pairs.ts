/** The same question in two sets: what one got right and the other wrong. */
import { mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';
import type { RunFacts } from './facts';

export type PairOutcome = 'both-right' | 'both-wrong' | 'left-only' | 'right-only' | 'unknown';

export interface Pair {
  readonly key: string;
  /** Null: the other set alone has it. */
  readonly left: RunFacts | null;
  readonly right: RunFacts | null;
  /** `left-only`: the left one was right, the right one was not. `unknown` where either is missing or nobody knows. */
  readonly outcome: PairOutcome;
}

/**
 * What makes a question the same: its words without the options (two evaluations write them differently) and its picture, by name without
 * the folders that differ from machine to machine.
 */
export function questionKey(run: Pick<Trajectory, 'given' | 'pictures'>): string {
  const words = questionOf(run)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/<image>/gu, ' ')
    .replace(/^\s*question:/u, '')
    .split(/\n[ \t]{0,9}(?:options?:|\(?a[.):]\s)/u)[0]!
    .split(/\n[ \t]{0,9}(?:think first, call|you must put your answer)/u)[0]!
    .replace(/\s+/gu, ' ')
    .trim();
  const name = mainPicture(run)?.file.name ?? '';
  const file = name.normalize('NFC').split(/[\\/]/u).at(-1)!.toLowerCase();
  return `${file}\n${words}`;
}

/** In the order of the left set, then what only the right one has. A question asked several times is paired in order. */
export function pairSets(left: readonly RunFacts[], right: readonly RunFacts[]): readonly Pair[] {
  const waiting = new Map<string, { readonly rows: RunFacts[]; next: number }>();
  for (const row of right) {
    const same = waiting.get(row.key);
    if (same) same.rows.push(row);
    else waiting.set(row.key, { rows: [row], next: 0 });
  }
  const taken = new Set<RunFacts>();
  const pairs = left.map((row): Pair => {
    const same = waiting.get(row.key);
    const other = same?.rows[same.next] ?? null;
    if (same && other) {
      same.next += 1;
      taken.add(other);
    }
    return { key: row.key, left: row, right: other, outcome: outcomeOf(row, other) };
  });
  const rest = right.filter((row) => !taken.has(row));
  return [...pairs, ...rest.map((row): Pair => ({ key: row.key, left: null, right: row, outcome: 'unknown' }))];
}

function outcomeOf(left: RunFacts, right: RunFacts | null): PairOutcome {
  const [one, other] = [left.verdict.right, right?.verdict.right ?? null];
  if (one === null || other === null) return 'unknown';
  if (one) return other ? 'both-right' : 'left-only';
  return other ? 'right-only' : 'both-wrong';
}
