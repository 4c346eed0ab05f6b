'use client';
/** What stands under a run's last step: reward, patterns, and what if. Each is silent where it has nothing to say. */
import type { ReactNode } from 'react';
import { isGuess, patternsOf, rewardOf, rewardOfV2, toolFaultOf, toolUsesOf, type KnownAnswer } from '@/lib/review';
import { usePlayer, useView } from '@/lib/player';
import { chanceOf, readQuestion } from '@/lib/scene';
import { questionOf, type Trajectory } from '@/lib/trajectory';
import { PatternChips } from './pattern-chips';
import { RawRun } from './raw-run';
import { RewardPanel } from './reward-panel';
import { ToolUses } from './tool-uses';
import { useKnownAnswer } from './use-known-answer';
import { Wrote } from './wrote';
import { WhatIf } from './what-if';

export interface RunReviewProps {
  /** Offers to ask again. Not where runs are only looked at. */
  readonly whatIf?: boolean;
  /** Where it is known already; else it is looked for by picture and question. */
  readonly known?: KnownAnswer;
}

export function RunReview(props: RunReviewProps): ReactNode {
  const run = usePlayer((state) => state.run);
  return run ? <Review key={run.id} run={run} {...props} /> : null;
}

function Review({ run, whatIf = false, known: told }: RunReviewProps & { readonly run: Trajectory }): ReactNode {
  const found = useKnownAnswer(run);
  const known = told ?? found;
  const reward = known && rewardOf(run, known.accepted);
  const guess = isGuess(run);
  // What a guess happens to look like is no way of thinking.
  const patterns = guess ? [] : patternsOf(run);
  const details = useView((view) => view.details);
  const uses = toolUsesOf(run);
  // That a run zoomed can be seen; what code and searches were for is worth saying.
  const showsUses = uses.some(({ is, error }) => is !== 'crop' || error !== null) || (details && uses.length > 0);
  const v2 = reward && rewardOfV2(run, reward.right);
  return (
    <div className="flex flex-col gap-3 py-3 pr-1 empty:hidden">
      {known && run.status === 'done' ? <Wrote run={run} known={known} own={found?.own ?? false} /> : null}
      {(reward && details) || patterns.length > 0 || showsUses ? (
        <div className="ml-10 flex flex-col gap-2.5">
          {reward && details ? <RewardPanel reward={reward} v2={v2} known={known} /> : null}
          {patterns.length > 0 ? <PatternChips patterns={patterns} /> : null}
          {showsUses ? <ToolUses uses={uses} fault={toolFaultOf(run, reward?.right ?? null)} /> : null}
        </div>
      ) : null}
      {details ? <RawRun run={run} /> : null}
      {whatIf ? <WhatIf run={run} accepted={known?.accepted ?? null} chance={chanceOfRun(run, known)} /> : null}
    </div>
  );
}

function chanceOfRun(run: Trajectory, known: KnownAnswer | null): number | null {
  const kind = known?.kind ?? readQuestion(questionOf(run))?.kind;
  return kind ? chanceOf(kind) : null;
}
