/**
 * AntiSD (arXiv 2605.11609): what a token already knows of an answer that was given away, and what the method makes of that. The student
 * reads the question, the teacher is the same model with something given away beforehand (the context c). Nats throughout. Pure.
 */
import { z } from './json';

/** u = log p(y | x, c) − log p(y | x): the pointwise mutual information of a token and what was given away. */
export function pmiOf(teacher: number, student: number): number {
  return teacher - student;
}

const softplus = (value: number): number => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));

/** φ(u) = ½ (softplus(u) − log 2): −φ ends at ½ log 2 where u is far below 0, and falls without end above. */
export function phiOf(u: number): number {
  return (softplus(u) - Math.LN2) / 2;
}

/** Default self-distillation adds λu to a token's advantage; AntiSD takes λφ(u) away. */
export function shapedAdvantage(advantage: number, u: number, lambda: number, way: 'default' | 'anti'): number {
  return way === 'default' ? advantage + lambda * u : advantage - lambda * phiOf(u);
}

export const ANTISD = {
  /** λ while the gate is open. */
  most: 0.5,
  /** Steps of training in which the gate stays shut and the teacher's entropy is taken. */
  warmUp: 5,
  /** It shuts below this share of the entropy of the warm-up, and opens at that entropy. */
  down: 0.93,
} as const;

export interface Gate {
  readonly isOpen: boolean;
  readonly lambda: number;
}

/** @param entropies the teacher's median entropy at each step of training, in order @returns the gate at each of them, and its thresholds */
export function gatesOf(entropies: readonly number[]): {
  readonly gates: readonly Gate[];
  /** Null before the warm-up is over. */
  readonly up: number | null;
  readonly down: number | null;
} {
  const warm = entropies.slice(0, ANTISD.warmUp);
  // The paper does not say what is recorded over the five steps [R]: their mean.
  const up = warm.length < ANTISD.warmUp ? null : warm.reduce((sum, one) => sum + one, 0) / warm.length;
  const down = up === null ? null : ANTISD.down * up;
  let isOpen = false;
  const gates = entropies.map((entropy, step): Gate => {
    if (up === null || down === null || step < ANTISD.warmUp) return { isOpen: false, lambda: 0 };
    if (entropy < down) isOpen = false;
    else if (entropy >= up) isOpen = true;
    return { isOpen, lambda: isOpen ? ANTISD.most : 0 };
  });
  return { gates, up, down };
}

/**
 * The entropy of a distribution of which only the likeliest are known: what is left of the probability counts as one more token, so it is
 * never more than the true one. @param top natural logarithms of probabilities
 */
export function entropyOf(top: readonly number[]): number {
  const known = top.map(Math.exp);
  const left = Math.max(0, 1 - known.reduce((sum, one) => sum + one, 0));
  return [...known, left].reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}

/** Of at least one. */
export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** As it is kept in a run. */
export const antisdSchema = z.object({
  /** What was given away. */
  context: z.enum(['look', 'answer']),
  tokens: z.array(
    z.object({
      step: z.int(),
      token: z.int(),
      student: z.number(),
      teacher: z.number(),
      /** Of the teacher, from below. */
      entropy: z.number(),
    }),
  ),
});

export type AntiSd = z.infer<typeof antisdSchema>;

/** Σu of each step, in the order of the steps. */
export function sumsByStep(
  tokens: readonly { readonly step: number; readonly value: number }[],
): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const { step, value } of tokens) sums.set(step, (sums.get(step) ?? 0) + value);
  return sums;
}
