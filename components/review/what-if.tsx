'use client';
/**
 * What if it had not looked? One press asks the same question again with the tools switched: a run like any other, that is
 * streamed, stopped and kept, with this one as its parent. Wherever two such runs are known they are laid side by side.
 */
import { Eye, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { hasTools } from '@/lib/review';
import { isHere, usePlayer } from '@/lib/player';
import { useSession } from '@/lib/session';
import { callCount, type Trajectory } from '@/lib/trajectory';
import { useReviewWords } from '@/lib/words/review';
import { SideBySide } from './side-by-side';
import { useAskCounterpart, useCounterparts } from './use-counterpart';

interface WhatIfProps {
  readonly run: Trajectory;
  /** Null where nobody knows the answer. */
  readonly accepted: readonly string[] | null;
  /** How often a guess would be right, 0 to 1; null where nobody knows. */
  readonly chance: number | null;
}

export function WhatIf({ run: shown, accepted, chance }: WhatIfProps): ReactNode {
  const { whatIf: words } = useReviewWords();
  const { run, other, again } = useCounterparts(shown);
  const idle = useSession((state) => state.phase === 'idle');
  const pictured = usePlayer((state) => isHere(run, state));
  const ask = useAskCounterpart();
  const ready = idle && pictured;

  if (other) {
    const ended = [run, other].find(({ status }) => status === 'done');
    const broken = run.status !== 'running' && (run.status !== 'done' || other.status !== 'done');
    return (
      <SideBySide
        {...{ shown, run, other, again, accepted, chance, ready }}
        onAgain={ended && broken && ready ? () => ask(ended) : undefined}
      />
    );
  }
  const tools = hasTools(run);
  if (run.status !== 'done' || !ready || (tools && callCount(run) === 0)) return null;
  const Icon = tools ? EyeOff : Eye;
  return (
    <div className="ml-10 flex flex-wrap items-center gap-x-3 gap-y-1">
      <Button size="small" onClick={() => ask(run)}>
        <Icon size={16} aria-hidden />
        {tools ? words.notLooked : words.looked}
      </Button>
      <p className="text-micro text-ink-faint">{tools ? words.notLookedAbout : words.lookedAbout}</p>
    </div>
  );
}
