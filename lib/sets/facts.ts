/** What a table says of one run: small, plain data, so that twenty thousand rows fit where their runs would not. */
import {
  patternsOf,
  rewardFor,
  rewardOfV2,
  toolFaultOf,
  toolUsesOf,
  type PatternId,
  type ToolClass,
  type ToolFault,
} from '@/lib/review';
import {
  answerOf,
  callCount,
  isOpenCall,
  questionOf,
  tokenCount,
  wordsOf,
  type StopReason,
  type Trajectory,
} from '@/lib/trajectory';
import { overlapsOf, type Overlaps } from './overlaps';
import { questionKey } from './pairs';
import { verdictOf, type Verdict } from './verdict';

/** How a run ended; `running` where it has not. */
export type Outcome = StopReason | 'running';

export interface RunFacts extends Overlaps {
  readonly id: string;
  /** The run that it is a branch of; null where it is none. */
  readonly parent: string | null;
  /** As asked, options and all. */
  readonly question: string;
  /** The same for the same question and picture in another set (`pairSets`). */
  readonly key: string;
  /** The part of the data it belongs to, as its file names it; null where it does not. */
  readonly kind: string | null;
  readonly answer: string | null;
  /** What is accepted; empty where nobody said. */
  readonly wanted: readonly string[];
  readonly verdict: Verdict;
  readonly outcome: Outcome;
  /** Calls that were carried out, and calls that were refused or never finished. */
  readonly calls: number;
  readonly refused: number;
  /** Tokens the model wrote; null where nobody counted. */
  readonly tokens: number | null;
  /** Characters the model wrote, tags aside. */
  readonly characters: number;
  readonly rewards: {
    /** DeepEyes' formula as the paper prints it, and as its code weighs it; null where nobody knows whether the answer is right. */
    readonly paper: number | null;
    readonly code: number | null;
    /** DeepEyesV2's, by its code. */
    readonly v2: number | null;
    /** The one the file tells. */
    readonly told: number | null;
  };
  readonly patterns: readonly PatternId[];
  /** What each call was for. */
  readonly tools: readonly ToolClass[];
  /** Calls that were refused or whose code raised something, and calls of code that does nothing. */
  readonly failedCalls: number;
  readonly placeholders: number;
  /** Why it went wrong, where that can be told. */
  readonly fault: ToolFault | null;
  readonly trainingStep: number | null;
}

export function factsOf(run: Trajectory): RunFacts {
  const verdict = verdictOf(run);
  const calls = callCount(run);
  const asked = run.steps.filter((step) => step.type === 'call').length;
  const reward = verdict.right === null ? null : rewardFor(run, verdict.right);
  const uses = toolUsesOf(run);
  return {
    id: run.id,
    parent: run.parent?.runId ?? null,
    question: questionOf(run),
    key: questionKey(run),
    kind: run.source?.kind ?? null,
    answer: answerOf(run),
    wanted: run.truth?.answers ?? [],
    verdict,
    outcome: run.stop?.reason ?? 'running',
    calls,
    refused: asked - calls,
    tokens: tokensOfRun(run),
    characters: run.steps.reduce((sum, step) => sum + wordsOf(step).length, 0),
    ...overlapsOf(run),
    rewards: {
      paper: reward?.paper.total ?? null,
      code: reward?.code.total ?? null,
      v2: verdict.right === null ? null : (rewardOfV2(run, verdict.right)?.total ?? null),
      told: run.source?.scores?.find(({ name }) => TOLD.test(name))?.value ?? null,
    },
    patterns: patternsOf(run).map(({ id }) => id),
    tools: uses.map(({ is }) => is),
    failedCalls: uses.filter(({ error }) => error !== null).length,
    placeholders: uses.filter(({ placeholder }) => placeholder).length,
    fault: toolFaultOf(run, verdict.right),
    trainingStep: run.source?.trainingStep ?? null,
  };
}

/** What files call the whole of a reward. */
const TOLD = /^(?:reward|score|total_reward)$/i;

function tokensOfRun(run: Trajectory): number | null {
  const kept = tokenCount(run);
  if (kept > 0 && !run.steps.some(isOpenCall)) return kept;
  const told = run.usage.flatMap(({ outputTokens }) => outputTokens ?? []);
  return told.length > 0 ? told.reduce((sum, count) => sum + count, 0) : kept > 0 ? kept : null;
}
