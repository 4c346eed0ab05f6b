/**
 * The same question asked many times with the tools and many times without, each run with a seed of its own: whether looking makes the
 * difference, or chance may. One run each way tells what happened once and is never a reason to conclude. Pure.
 */
import { intervalOfShare, isRight } from '@/lib/scene';
import { answerOf, type Trajectory } from '@/lib/trajectory';
import { votesOf } from './votes';

export interface WayShare {
  readonly n: number;
  readonly hits: number;
  /** 95 %, fractions 0 … 1; null where n is 0. */
  readonly interval: readonly [number, number] | null;
}

export type BothWaysFinding = 'looking-helps' | 'looking-misleads' | 'answers-differ' | 'no-gap' | 'undecided';

export interface BothWays {
  /** What is counted: right answers (null), or, where nobody knows which those are, this one: what most say that could look. */
  readonly answer: string | null;
  readonly free: WayShare;
  readonly blind: WayShare;
  /** How often a gap this large would come up if looking made none, 0 to 1. */
  readonly byChance: number;
  readonly finding: BothWaysFinding;
}

/** Below this a gap is taken for one that looking makes. */
const RARE = 0.05;

/**
 * @param accepted null where nobody knows the answer
 * @returns null where one of the two was not asked
 */
export function bothWays(
  free: readonly Trajectory[],
  blind: readonly Trajectory[],
  accepted: readonly string[] | null,
): BothWays | null {
  if (free.length === 0 || blind.length === 0) return null;
  const answer = accepted ? null : (votesOf(free).votes[0]?.answer ?? '');
  const counts = (run: Trajectory): boolean => {
    const said = answerOf(run)?.trim() ?? '';
    // Runs without an answer agree with each other.
    return said === answer || isRight(said, accepted ?? [answer ?? '']);
  };
  const [one, other] = [shareOf(free, counts), shareOf(blind, counts)];
  const byChance = fisher(one, other);
  const gap = one.hits / one.n - other.hits / other.n;
  return { answer, free: one, blind: other, byChance, finding: findingOf(gap, byChance, accepted !== null) };
}

function findingOf(gap: number, byChance: number, known: boolean): BothWaysFinding {
  if (gap === 0) return 'no-gap';
  if (byChance >= RARE) return 'undecided';
  if (!known) return 'answers-differ';
  return gap > 0 ? 'looking-helps' : 'looking-misleads';
}

function shareOf(runs: readonly Trajectory[], counts: (run: Trajectory) => boolean): WayShare {
  const hits = runs.filter(counts).length;
  return { n: runs.length, hits, interval: intervalOfShare(hits, runs.length) };
}

/** Fisher's exact test of two shares, two-sided: all tables with these sums that are no likelier than this one. */
function fisher(a: Pick<WayShare, 'n' | 'hits'>, b: Pick<WayShare, 'n' | 'hits'>): number {
  const hits = a.hits + b.hits;
  const all = logChoose(a.n + b.n, hits);
  const chance = (of: number) => Math.exp(logChoose(a.n, of) + logChoose(b.n, hits - of) - all);
  const seen = chance(a.hits);
  let sum = 0;
  for (let of = Math.max(0, hits - b.n); of <= Math.min(a.n, hits); of += 1) {
    const one = chance(of);
    // As likely as this one, but for rounding.
    if (one <= seen * (1 + 1e-9)) sum += one;
  }
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  let log = 0;
  for (let i = 1; i <= k; i += 1) log += Math.log(n - k + i) - Math.log(i);
  return log;
}
