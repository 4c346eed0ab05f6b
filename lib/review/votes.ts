/** What runs of the same question say together: whose answer has how many votes, and how much they agree. Pure. */
import { answerOf, type Trajectory } from '@/lib/trajectory';

export interface Vote {
  /** As the first of its runs wrote it; null: no answer. */
  readonly answer: string | null;
  readonly runs: readonly Trajectory[];
}

export interface Votes {
  /** Most votes first; of as many, the earlier. */
  readonly votes: readonly Vote[];
  /** Share of the runs that say what most say. */
  readonly agreement: number;
  /** How often two different runs say the same; 1 where there is one run. */
  readonly pairs: number;
}

/** Case, white space and a full stop at the end make no other answer. */
const plain = (answer: string): string =>
  answer
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[.。]$/, '');

export function votesOf(runs: readonly Trajectory[]): Votes {
  const found = new Map<string | null, Trajectory[]>();
  for (const run of runs) {
    const answer = answerOf(run);
    const key = answer === null ? null : plain(answer);
    found.set(key, [...(found.get(key) ?? []), run]);
  }
  const votes = [...found.values()]
    .map((same): Vote => ({ answer: answerOf(same[0]!)?.trim() ?? null, runs: same }))
    .toSorted((a, b) => b.runs.length - a.runs.length);
  const count = runs.length;
  const same = votes.reduce((sum, { runs: { length } }) => sum + length * (length - 1), 0);
  return {
    votes,
    agreement: count === 0 ? 0 : (votes[0]?.runs.length ?? 0) / count,
    pairs: count < 2 ? 1 : same / (count * (count - 1)),
  };
}
