'use client';
/** The step in the address, `/t/<id>?step=<n>#<key>`: a link to what is on screen. The key stays where it is. */
import { useEffect } from 'react';
import { usePlayerStore } from '@/lib/player';

/** Browsers refuse too many changes of the address; playing makes several a second. */
const SETTLE_MS = 250;

export function useStepUrl(): void {
  const player = usePlayerStore();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const write = () => {
      timer = null;
      const { pathname, hash } = window.location;
      const address = `${pathname}?step=${player.getState().cursor}${hash}`;
      window.history.replaceState(window.history.state, '', address);
    };
    // A step beyond the run's last is put right.
    const named = Number(new URLSearchParams(window.location.search).get('step'));
    if (named > player.getState().cursor) write();
    const unsubscribe = player.subscribe((state, before) => {
      if (state.cursor !== before.cursor) timer ??= setTimeout(write, SETTLE_MS);
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [player]);
}
