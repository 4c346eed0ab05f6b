'use client';
/** On the pages beside the first one: a kept run that is opened there is shown on the first page. */
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { usePlayerStore, type PlayerState } from '@/lib/player';

type Shown = Pick<PlayerState, 'live' | 'run'>;

/** Somebody opened a run just now. One that begins because the model has loaded meanwhile calls nobody away. */
export function wasOpened(state: Shown, before: Shown): boolean {
  return !state.live && state.run !== null && state.run.id !== before.run?.id;
}

export function useRunLeadsHome(): void {
  const router = useRouter();
  const player = usePlayerStore();
  useEffect(
    () =>
      player.subscribe((state, before) => {
        if (wasOpened(state, before)) router.push('/');
      }),
    [player, router],
  );
}
