/**
 * DeepEyes' reward (arXiv 2505.14362) of one finished run whose answer is known, term by term, in two versions: the paper's
 * formula `R_acc + R_format + 1[R_acc > 0] · R_tool`, which prints no weights, and the released code's
 * `0.8·acc + 0.2·fmt + 1.2·tool` (vl_agent.py). docs/reward.md says what is theirs and what is ours.
 */
import { isRight } from '@/lib/scene';
import { answerOf, tokensOf, type StepOf, type Trajectory } from '@/lib/trajectory';

/** The terms before any weight. */
export interface RewardTerms {
  readonly accuracy: 0 | 1;
  readonly format: 0 | -1;
  /** 1 only where the answer is right and a crop was looked at. */
  readonly tool: 0 | 1;
}

/** The code's, for all that is looked at: natural pictures and charts. Its rule for mathematics has no tool term. */
export const CODE_WEIGHTS = { accuracy: 0.8, format: 0.2, tool: 1.2 } as const satisfies Record<
  keyof RewardTerms,
  number
>;

/** The paper prints none, so each term counts once. Ours. */
export const PAPER_WEIGHTS = { accuracy: 1, format: 1, tool: 1 } as const satisfies Record<keyof RewardTerms, number>;

/** What the code calls badly formed, in the order in which it is looked for. */
export type FormatProblem = 'think-tags' | 'answer-tags' | 'long-answer';

export interface Reward {
  readonly right: boolean;
  /** Crops the model was shown. */
  readonly looks: number;
  readonly terms: RewardTerms;
  /** Null: well formed, or what was written is not kept (`written` false). */
  readonly problem: FormatProblem | null;
  /** Whether the run holds its tokens: without them its tags cannot be counted, and it counts as well formed. */
  readonly written: boolean;
  readonly code: WeightedTerms;
  readonly paper: WeightedTerms;
}

type WeightedTerms = Readonly<Record<keyof RewardTerms | 'total', number>>;

/** An answer this long is no answer: it was written to please a judge. */
export const LONGEST_ANSWER = 1000;

/** @returns null for a run that did not come to its own end: it was stopped, failed, or is still going */
export function rewardOf(run: Trajectory, accepted: readonly string[]): Reward | null {
  return rewardFor(run, isRight(answerOf(run) ?? '', accepted));
}

/** The same where somebody else judged the answer. */
export function rewardFor(run: Trajectory, judged: boolean): Reward | null {
  if (run.status !== 'done') return null;
  const text = writtenBy(run);
  const problem = problemOf(text, answerOf(run) ?? '');
  const right = problem !== 'long-answer' && judged;
  const looks = run.steps.filter((step) => step.type === 'result' && showsPicture(step)).length;
  const terms: RewardTerms = {
    accuracy: right ? 1 : 0,
    format: problem === null ? 0 : -1,
    tool: right && looks > 0 ? 1 : 0,
  };
  return {
    right,
    looks,
    terms,
    problem,
    written: text !== '',
    code: weigh(terms, CODE_WEIGHTS),
    paper: weigh(terms, PAPER_WEIGHTS),
  };
}

function showsPicture({ parts, refused }: StepOf<'result'>): boolean {
  return refused === null && parts.some((part) => 'picture' in part);
}

/** `text` is all that the model wrote, tags included; empty where it is not kept. */
function problemOf(text: string, answer: string): FormatProblem | null {
  if (answer.length >= LONGEST_ANSWER) return 'long-answer';
  if (count(text, '<think>') !== count(text, '</think>')) return 'think-tags';
  const last = text.split('</think>').at(-1) ?? '';
  return count(last, '<answer>') === count(last, '</answer>') ? null : 'answer-tags';
}

/** All that the model wrote, tags included; empty where it is not kept. */
export function writtenBy(run: Trajectory): string {
  return run.steps.flatMap(tokensOf).reduce((whole, token) => whole + token.text, '');
}

export const count = (text: string, tag: string): number => text.split(tag).length - 1;

function weigh({ accuracy, format, tool }: RewardTerms, weights: Record<keyof RewardTerms, number>): WeightedTerms {
  const parts = {
    accuracy: tidy(accuracy * weights.accuracy),
    format: tidy(format * weights.format),
    tool: tidy(tool * weights.tool),
  };
  return { ...parts, total: tidy(parts.accuracy + parts.format + parts.tool) };
}

/** The weights have one decimal; binary fractions would add others, and a negative zero. */
const tidy = (value: number): number => Math.round(value * 10) / 10 + 0;
