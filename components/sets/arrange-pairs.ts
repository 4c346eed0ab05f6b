/** Two sets as pairs of rows, by question: which are shown, and how many of each kind there are. Pure. */
import type { ReadRow, SetRow } from '@/lib/formats';
import { pairSets, type PairOutcome } from '@/lib/sets';
import { hasWords, wordsOf } from './arrange-rows';

export interface RowPair {
  readonly index: number;
  /** Null: the other set alone has the question. */
  readonly left: ReadRow | null;
  readonly right: ReadRow | null;
  readonly outcome: PairOutcome;
}

/** In the order of the left set; rows that could not be read are in no pair. */
export function pairRows(left: readonly SetRow[], right: readonly SetRow[]): readonly RowPair[] {
  const read = (rows: readonly SetRow[]) => rows.flatMap((row) => (row.problem === undefined ? [row] : []));
  const [lefts, rights] = [read(left), read(right)];
  const rowOf = new Map([...lefts, ...rights].map((row) => [row.facts, row]));
  const pairs = pairSets(
    lefts.map(({ facts }) => facts),
    rights.map(({ facts }) => facts),
  );
  return pairs.map((pair, index) => ({
    index,
    left: (pair.left && rowOf.get(pair.left)) ?? null,
    right: (pair.right && rowOf.get(pair.right)) ?? null,
    outcome: pair.outcome,
  }));
}

export function arrangePairs(
  pairs: readonly RowPair[],
  outcome: PairOutcome | null,
  words: string,
): readonly RowPair[] {
  const wanted = wordsOf(words);
  return pairs.filter((pair) => {
    if (outcome !== null && pair.outcome !== outcome) return false;
    const texts = [pair.left, pair.right].flatMap((row) =>
      row ? [row.facts.question, row.facts.answer ?? '', row.facts.kind ?? ''] : [],
    );
    return hasWords(texts, wanted);
  });
}

export function countPairs(pairs: readonly RowPair[]): Readonly<Record<PairOutcome, number>> {
  const counts = { 'left-only': 0, 'right-only': 0, 'both-right': 0, 'both-wrong': 0, unknown: 0 };
  for (const { outcome } of pairs) counts[outcome] += 1;
  return counts;
}
