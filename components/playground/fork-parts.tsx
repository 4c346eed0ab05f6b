'use client';
/** What changes a run, mounted where it belongs on the page at work; the code comes with the first picture (components/fork). */
import { useCallback, type ReactNode } from 'react';
import type { TrajectoryPanelProps } from '@/components/trajectory';
import { lazyView } from '@/components/ui/lazy-view';
import { usePlayer, usePlayerStore } from '@/lib/player';
import { useSession, useSessionActions } from '@/lib/session';

export const DraftBar = lazyView(() => import('@/components/fork').then((module) => module.DraftBar));
export const FollowUp = lazyView(() => import('@/components/fork').then((module) => module.FollowUp));
export const UnderRun = lazyView(() => import('./beside-run').then((module) => module.UnderRun));
export const BesideRun = lazyView(() => import('./beside-run').then((module) => module.BesideRun));
export const AskedPictures = lazyView(() => import('./asked-pictures').then((module) => module.AskedPictures));
export const AddPicture = lazyView(() => import('./asked-pictures').then((module) => module.AddPicture));
const StepTools = lazyView(() => import('@/components/fork').then((module) => module.StepTools));

const stepTools = (step: number): ReactNode => <StepTools key={step} step={step} />;

/** What the trajectory offers beside telling, where a run can be changed. */
export function useChanges(): Pick<TrajectoryPanelProps, 'stepTools' | 'onTake'> {
  const { fork } = useSessionActions();
  const isIdle = useSession((state) => state.phase === 'idle');
  const isHere = usePlayer((state) => state.source !== null && state.run !== null && !state.live);
  const take = useCallback<NonNullable<TrajectoryPanelProps['onTake']>>(
    ({ step, index }, taken) => void fork({ kind: 'token', step, token: index, taken }),
    [fork],
  );
  return { stepTools, onTake: isIdle && isHere ? take : undefined };
}

/** Asks the question in the field, about the region that was drawn for it where there is one. */
export function useAsk(): () => void {
  const player = usePlayerStore();
  const { ask } = useSessionActions();
  return useCallback(() => {
    const { draft } = player.view.getState();
    player.view.actions.endDraft();
    void ask(draft?.purpose === 'ask' && draft.box ? draft.box : undefined);
  }, [player, ask]);
}
