'use client';
/** On the pages beside the first one: a kept run that is opened there is shown on the first page. */
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { useSessionStore, type SessionState } from '@/lib/session';

type Shown = Pick<SessionState, 'phase' | 'trajectory'>;

/** Somebody opened a run just now. One that begins because the model has loaded meanwhile calls nobody away. */
export function wasOpened(state: Shown, before: Shown): boolean {
  return state.phase !== 'running' && state.trajectory !== null && state.trajectory.id !== before.trajectory?.id;
}

export function useRunLeadsHome(): void {
  const router = useRouter();
  const session = useSessionStore();
  useEffect(
    () =>
      session.subscribe((state, before) => {
        if (wasOpened(state, before)) router.push('/');
      }),
    [session, router],
  );
}
