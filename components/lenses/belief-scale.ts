/** Log-probabilities as heights: 1 at the top, the least that there is, or a hundredth, at the foot. Pure. */
import type { Belief } from '@/lib/review/lenses';

/** ln 10. */
const TEN = Math.LN10;

/** Beyond this a chance is nothing, and every line would be flat. */
const DEEPEST = -8 * TEN;

export interface BeliefScale {
  /** 0 at the top, 1 at the foot. */
  readonly down: (logprob: number) => number;
  /** Powers of ten that are lined, as logarithms, from the top. */
  readonly lines: readonly number[];
}

export function beliefScale({ points, chance }: Pick<Belief, 'points' | 'chance'>): BeliefScale {
  const least = Math.min(-2 * TEN, Math.log(chance ?? 1), ...points.map(({ logprob }) => logprob));
  const decades = Math.ceil(-Math.max(DEEPEST, least) / TEN);
  const every = decades > 4 ? 2 : 1;
  return {
    down: (logprob) => Math.min(1, Math.max(0, -logprob / (decades * TEN))),
    lines: Array.from({ length: Math.floor(decades / every) + 1 }, (_, at) => -at * every * TEN),
  };
}
