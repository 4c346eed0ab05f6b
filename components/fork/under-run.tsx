'use client';
/** What stands under a finished run: its tree, and the same question many times. */
import type { ReactNode } from 'react';
import { usePlayer } from '@/lib/player';
import { AskTimes } from './ask-times';
import { BranchTree } from './branch-tree';

export function UnderRun(): ReactNode {
  const run = usePlayer((state) => state.run);
  if (!run) return null;
  return (
    <div className="mt-3 flex flex-col gap-3 pr-1 empty:hidden">
      <AskTimes key={run.id} run={run} />
      <BranchTree />
    </div>
  );
}
