'use client';
/** The run on screen with its branches, and the name of each. */
import { useMemo } from 'react';
import { familyOf, type Relative, type RunSummary } from '@/lib/library';
import { usePlayer } from '@/lib/player';
import { useSession } from '@/lib/session';
import { useForkWords } from '@/lib/words/fork';

export function useFamily(): { readonly family: readonly Relative[]; readonly shown: string | null } {
  const runs = useSession((state) => state.runs);
  const shown = usePlayer(({ run }) => run?.id ?? null);
  const family = useMemo(() => (shown === null ? [] : familyOf(runs, shown)), [runs, shown]);
  return { family, shown };
}

/** What was changed, in words. */
export function useBranchName(): (relative: Relative) => string {
  const { changes, original } = useForkWords().branches;
  return ({ run, depth }) => (depth === 0 ? original : (changes[run.change as keyof typeof changes] ?? changes.other));
}

export const answerIn = ({ answer }: RunSummary, none: string): string => answer.trim() || none;
