/**
 * Thought or picture? (after CREDIT): the run's tokens under another overview, another last crop, another question, and what an answer
 * followed when the two disagreed. How the numbers are had: lib/lenses. Pure.
 */
import { contrastOf, type GenericMean } from './credit';
import { z } from './json';

/** What is another one. */
export const SOURCES = ['overview', 'crop', 'question'] as const;
export type Source = (typeof SOURCES)[number];

const others = z.array(z.number());

/** As it is kept in a run: log-probabilities, one of each draw. Empty where that source comes only after the token, or there is none. */
export const contrastSchema = z.object({
  draws: z.int(),
  tokens: z.array(
    z.object({
      step: z.int(),
      token: z.int(),
      own: z.number(),
      overview: others,
      crop: others,
      question: others,
    }),
  ),
});

export type Contrast = z.infer<typeof contrastSchema>;
export type ContrastToken = Contrast['tokens'][number];

/** Null where the token has nothing of that source before it. */
export function dropOf(token: ContrastToken, source: Source, alpha: number, how: GenericMean): number | null {
  return token[source].length === 0 ? null : contrastOf(token.own, token[source], alpha, how);
}

/** The least and the most that any one draw takes away. */
export function spreadOf(token: ContrastToken, source: Source, alpha: number): readonly [number, number] | null {
  const drops = token[source].map((other) => contrastOf(token.own, [other], alpha, 'mean-log'));
  return drops.length === 0 ? null : [Math.min(...drops), Math.max(...drops)];
}

/** Sums over a step's tokens; null where the step has nothing of that source before it. */
export function stepDrops(
  { tokens }: Contrast,
  step: number,
  alpha: number,
  how: GenericMean,
): Readonly<Record<Source, number | null>> {
  const theirs = tokens.filter((token) => token.step === step);
  const sum = (source: Source) => {
    const drops = theirs.flatMap((token) => dropOf(token, source, alpha, how) ?? []);
    return drops.length === 0 ? null : drops.reduce((total, one) => total + one, 0);
  };
  return { overview: sum('overview'), crop: sum('crop'), question: sum('question') };
}

/**
 * What an answer followed: the picture that was put in the crop's place (or, where the thought was edited, the picture that stayed), the
 * thought, or neither.
 */
export const FOLLOWED = ['picture', 'thought', 'neither'] as const;
export type Followed = (typeof FOLLOWED)[number];

/** As it is kept. `pictureSays` is null where nobody knows what the picture says. */
export const followSchema = z.object({
  trials: z.array(
    z.object({
      change: z.enum(['crop', 'thought']),
      pictureSays: z.nullable(z.array(z.string())),
      thoughtSays: z.string(),
      answer: z.string(),
      followed: z.enum(FOLLOWED),
    }),
  ),
});

export type Follow = z.infer<typeof followSchema>;
export type FollowTrial = Follow['trials'][number];

export function countFollowed({ trials }: Follow, change: FollowTrial['change']): Readonly<Record<Followed, number>> {
  const count = (followed: Followed) =>
    trials.filter((trial) => trial.change === change && trial.followed === followed).length;
  return { picture: count('picture'), thought: count('thought'), neither: count('neither') };
}
