/** What was measured of a reading with OSSA (ossa.ts), as a run keeps it. Pure. */
import { z } from './json';

const kl = z.number();

/** A nudge of root mean square `epsilon`/255, and what became of the options. */
const tried = z.object({ epsilon: z.number(), kl, best: z.int() });

export const readingSchema = z.object({
  /** The token that was read: by its step and its place in it. */
  step: z.int(),
  token: z.int(),
  /** What it could have been, the one that was read first; probabilities among these alone. */
  options: z.array(z.object({ text: z.string(), probability: z.number() })),
  /** In the order in which the model was shown them. */
  pictures: z.array(
    z.object({
      picture: z.string(),
      /** Eigenvalues, largest first, for nudges of 1/255. */
      values: z.array(z.number()),
      /** Where v₁ lies: CELLS × CELLS digits of base 36, row by row, the largest `z`. */
      heat: z.string().check(z.maxLength(4_000)),
      /** |Σ p g| over √(Σ p |g|²). */
      residue: z.number(),
    }),
  ),
  /** Of `pictures`, the one that is nudged. */
  nudged: z.int(),
  /** v₁ of that picture, mean of the colours, a signed byte a pixel in base64, the largest 127, row by row. */
  direction: z.string().check(z.maxLength(120_000)),
  side: z.int(),
  /** v₁ that largest byte stands for. */
  scale: z.number(),
  along: z.array(tried),
  random: z.array(tried),
  /** The smallest nudge that was found to change what is read; null where none up to the largest did. */
  flips: z.object({ along: z.nullable(z.number()), random: z.nullable(z.number()) }),
});

export type Reading = z.infer<typeof readingSchema>;
export type Tried = z.infer<typeof tried>;

/** Parts of a side. */
export const CELLS = 48;

/** 0 to 1 each, for people's eyes. */
export const readHeat = (heat: string): readonly number[] => [...heat].map((digit) => parseInt(digit, 36) / 35);

export const writeHeat = (heat: readonly number[]): string =>
  heat.map((value) => Math.round(value * 35).toString(36)).join('');

/** The nudges that are tried, from far inside what the quadratic law holds for to where anything is read. */
export const EPSILONS: readonly number[] = Array.from({ length: 13 }, (_, at) => 0.015 * 2 ** at);

/** At the nearest nudge that was tried. */
export function triedAt(tries: readonly Tried[], epsilon: number): Tried | null {
  const far = (one: Tried) => Math.abs(Math.log(one.epsilon / epsilon));
  return tries.reduce<Tried | null>((best, one) => (best === null || far(one) < far(best) ? one : best), null);
}
