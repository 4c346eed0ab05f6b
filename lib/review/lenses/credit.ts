/**
 * What of a token's likelihood is owed to this input and not to any (CREDIT, arXiv 2605.11613). α, the number of other inputs and how
 * their mean is taken are not in what is public of the paper: they are reconstructed here, and free. Log-probabilities are natural. Pure.
 */

/** Of log-probabilities, or of probabilities. */
export type GenericMean = 'mean-log' | 'log-mean';

/** Ĝ: how likely a token is under other inputs. @param others its log-probability under each; at least one */
export function genericOf(others: readonly number[], how: GenericMean): number {
  if (others.length === 0) throw new RangeError('no other input');
  if (how === 'mean-log') return others.reduce((sum, one) => sum + one, 0) / others.length;
  const most = Math.max(...others);
  if (most === -Infinity) return most;
  return most + Math.log(others.reduce((sum, one) => sum + Math.exp(one - most), 0) / others.length);
}

export interface Credited {
  /** log p of the token with feedback, with this input. */
  readonly told: number;
  /** log p of the token as it was written, without feedback. */
  readonly own: number;
  /** log p with feedback under other inputs. */
  readonly others: readonly number[];
}

/** R = log p(y | x, z) − α·Ĝ − log p(y | x). With α = 0 it is the raw reward of self-distillation. */
export function creditOf({ told, own, others }: Credited, alpha: number, how: GenericMean): number {
  return alpha === 0 ? told - own : told - alpha * genericOf(others, how) - own;
}

/**
 * log p − α·Ĝ without feedback: with α = 1 what a token loses, in nats, when its input is another one. Called contrast, because the paper
 * has feedback here and this has none.
 */
export function contrastOf(own: number, others: readonly number[], alpha: number, how: GenericMean): number {
  return alpha === 0 ? own : own - alpha * genericOf(others, how);
}
