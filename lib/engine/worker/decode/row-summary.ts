/**
 * What has to be known of a row of logits to choose a token from it, and the choice: the same as sampler.ts makes from the whole
 * row, except where a sum that the GPU made in 32 bits lies within a millionth of the random number.
 */
import { EngineError, type Sampling } from '../../contract';
import { isGreedy, keep, pick, uniform, type Sampled, type TokenMask } from './sampler';

export interface RowQuestion {
  /** How many of the allowed tokens are wanted; no more than `MOST_RANKED` are told. */
  readonly count: number;
  /** Above 0. */
  readonly temperature: number;
  readonly mask: TokenMask;
}

export interface Ranked {
  readonly id: number;
  readonly logit: number;
}

export interface RowSummary {
  /** The five likeliest of all tokens, likeliest first, ties by smaller id. */
  readonly top: readonly Ranked[];
  /** log Σ exp(logit) over all. */
  readonly logSum: number;
  /** The likeliest of the allowed tokens in the same order; fewer than `MOST_RANKED` or than were asked for: all there are. */
  readonly allowed: readonly Ranked[];
  /** Σ exp((logit − largest) / temperature) over all allowed ones. */
  readonly weight: number;
}

/** What a draw can know without the whole row being read. */
export const MOST_RANKED = 64;
/** Alternatives told with every token. */
export const PLAIN = 5;

export function questionFor(sampling: Sampling, mask: TokenMask): RowQuestion {
  if (isGreedy(sampling)) return { count: 1, temperature: 1, mask };
  return { count: sampling.topK > 0 ? sampling.topK : MOST_RANKED, temperature: sampling.temperature, mask };
}

/**
 * @param position as for `sampleToken`
 * @returns null where the draw falls on what the summary leaves out: then the row has to be read
 */
export function sampleSummary(summary: RowSummary, sampling: Sampling, position: number): Sampled | null {
  const { allowed, logSum } = summary;
  const top = summary.top.map(({ id, logit }) => ({ id, logprob: logit - logSum }));
  const place = isGreedy(sampling) ? 0 : draw(summary, sampling, uniform(sampling.seed, position));
  if (place === null) return null;
  const chosen = allowed[place];
  if (!chosen) throw new EngineError('internal', 'The model offers no token.');
  return { id: chosen.id, logprob: chosen.logit - logSum, top };
}

/** A place in the list of allowed tokens. */
function draw({ allowed, weight }: RowSummary, { temperature, topK, topP }: Sampling, random: number): number | null {
  const isCut = topK > 0 && topK <= allowed.length;
  const listed = isCut ? allowed.slice(0, topK) : allowed;
  const largest = listed[0]?.logit ?? 0;
  const weights = listed.map(({ logit }) => Math.exp((logit - largest) / temperature));
  const isAll = isCut || allowed.length < MOST_RANKED;
  if (!isAll && topK > 0) return null;
  const total = isAll ? weights.reduce((sum, one) => sum + one, 0) : weight;
  const kept = keep(weights, topP, total);
  if (kept) return pick(weights, kept.count, random * kept.mass) ?? kept.count - 1;
  if (isAll) return pick(weights, weights.length, random * total) ?? weights.length - 1;
  // Tokens beyond the list are drawn from too. What they weigh is known where that is all of them.
  return topP < 1 ? null : pick(weights, weights.length, random * total);
}
