/**
 * Belief: how likely the right answer was before the run, after each look and after its last thought (the potential of AntiSD, arXiv
 * 2605.11609, with looks in the place of tokens). Nats. Pure.
 */
import { z } from './json';

/** `before`: asked without tools. `look`: the reading is said after that look. `thought`: the answer is given after the run's own thought. */
export const BELIEF_MOMENTS = ['before', 'look', 'thought'] as const;

export const beliefSchema = z.object({
  /** Whose likelihood it is. */
  answer: z.string(),
  /** It is the right one, and not merely the one that was given. */
  isTruth: z.boolean(),
  /** Of a guess; null where nobody guesses, or nobody knows. */
  chance: z.nullable(z.number()),
  points: z.array(
    z.object({
      moment: z.enum(BELIEF_MOMENTS),
      /** How many steps of the run are known at it: a cursor. */
      cursor: z.int(),
      /** Of the whole answer. */
      logprob: z.number(),
    }),
  ),
});

export type Belief = z.infer<typeof beliefSchema>;
export type BeliefPoint = Belief['points'][number];

/** At a cursor: the last point that is not behind it. */
export function beliefAt({ points }: Belief, cursor: number): BeliefPoint | null {
  return points.findLast((point) => point.cursor <= cursor) ?? null;
}

/** What each look and the last thought added to what was before it; the first point added nothing. */
export function gainsOf({ points }: Belief): readonly (BeliefPoint & { readonly gain: number })[] {
  return points.slice(1).map((point, at) => ({ ...point, gain: point.logprob - points[at]!.logprob }));
}

export interface MeanBelief {
  /** Place on the way: before, after the first look, after the second …, at the end. */
  readonly at: string;
  readonly right: number | null;
  readonly wrong: number | null;
  readonly runs: number;
}

/** Means by outcome over many runs: before, after the first look, the second look, and so on, and after the last thought. */
export function meanBelief(
  runs: readonly { readonly belief: Belief; readonly isRight: boolean }[],
): readonly MeanBelief[] {
  const found = new Map<string, { right: number[]; wrong: number[] }>();
  for (const { belief, isRight } of runs) {
    let looks = 0;
    for (const [index, { moment, logprob }] of belief.points.entries()) {
      // Thoughts on the way are of models that are asked after each of them: the last is the end.
      if (moment === 'thought' && index < belief.points.length - 1) continue;
      if (moment === 'look') looks += 1;
      const at = moment === 'look' ? `look ${looks}` : moment;
      const here = found.get(at) ?? { right: [], wrong: [] };
      here[isRight ? 'right' : 'wrong'].push(logprob);
      found.set(at, here);
    }
  }
  const mean = (values: readonly number[]) =>
    values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length;
  const rank = (at: string) => (at === 'before' ? 0 : at === 'thought' ? Infinity : Number(at.slice(5)));
  return [...found]
    .map(([at, { right, wrong }]) => ({
      at,
      right: mean(right),
      wrong: mean(wrong),
      runs: right.length + wrong.length,
    }))
    .toSorted((a, b) => rank(a.at) - rank(b.at));
}
