/**
 * DeepEyesV2's reward (arXiv 2511.05271) of one finished run. The paper prints `R_acc + R_format` and drops the bonus for tools; its code
 * weighs `0.8·acc + 0.2·fmt`, and on questions that ask for a search takes a tenth of the accuracy for searching at all.
 */
import { answerOf, type Trajectory } from '@/lib/trajectory';
import { count, writtenBy } from './reward';

export interface RewardV2 {
  readonly accuracy: 0 | 1;
  readonly format: 0 | 1;
  /** Whether a tenth of the accuracy was taken: a question of search, and something was called. */
  readonly searched: boolean;
  /** By the code's weights. */
  readonly total: number;
  /** As the paper prints it, each term once. */
  readonly paper: number;
}

/** An answer this long counts as wrong and badly formed. */
export const LONGEST_ANSWER_V2 = 300;

const TAGS = ['think', 'code', 'tool_call', 'answer'] as const;

/** Code is written between tags of its own; every other call is a `<tool_call>`. */
const CODE = 'python';

/** @returns null for a run that did not come to its own end */
export function rewardOfV2(run: Trajectory, judged: boolean): RewardV2 | null {
  if (run.status !== 'done') return null;
  const answer = answerOf(run);
  const tooLong = (answer ?? '').length >= LONGEST_ANSWER_V2;
  const text = writtenBy(run);
  const balanced = TAGS.every((tag) => count(text, `<${tag}>`) === count(text, `</${tag}>`));
  const thinks = run.steps.some((step) => step.type === 'think');
  const accuracy = judged && !tooLong ? 1 : 0;
  const format = answer !== null && thinks && balanced && !tooLong ? 1 : 0;
  const searched =
    run.source?.kind === 'search' && run.steps.some((step) => step.type === 'call' && step.tool !== CODE);
  // Hundredths: the weights have no more.
  const total = Math.round(100 * (0.8 * accuracy * (searched ? 0.9 : 1) + 0.2 * format)) / 100;
  return { accuracy, format, searched, total, paper: accuracy + format };
}
