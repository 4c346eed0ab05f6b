'use client';
/**
 * The run and the step in the address: `/?run=<id>&step=<n>`. A run that appears is a new entry of the browser's history, a
 * step only changes the current one. On load, and on back and forward, the address is what counts.
 */
import { useEffect } from 'react';
import type { PlayerState } from '@/lib/player';
import { useSessionStore, type Session } from '@/lib/session';

/** Browsers refuse too many changes of the address; a live run makes several a second. */
const SETTLE_MS = 250;

export interface RunAddress {
  readonly run: string | null;
  readonly step: number | null;
}

export function readAddress(search: string): RunAddress {
  const given = new URLSearchParams(search);
  const step = Number.parseInt(given.get('step') ?? '', 10);
  return { run: given.get('run'), step: Number.isFinite(step) && step >= 0 ? step : null };
}

export function writeAddress({ run, cursor }: Pick<PlayerState, 'run' | 'cursor'>): string {
  return run ? `?run=${encodeURIComponent(run.id)}&step=${cursor}` : '';
}

async function follow({ actions, player }: Session, address: RunAddress): Promise<void> {
  const shown = player.getState().run?.id ?? null;
  if (address.run === null) {
    if (shown !== null) actions.clear();
    return;
  }
  if (address.run !== shown) await actions.openRun(address.run);
  if (address.step !== null && player.getState().run?.id === address.run) player.actions.move(address.step);
}

/** @param ready false until the real session is there: the address must not be overwritten before it was followed */
export function useRunUrl(ready: boolean): void {
  const session = useSessionStore();
  useEffect(() => {
    if (!ready) return;
    let following = false;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const written = () => window.location.pathname + writeAddress(session.player.getState());
    const replace = () => {
      timer = null;
      if (!following && written() !== window.location.pathname + window.location.search) {
        window.history.replaceState(window.history.state, '', written());
      }
    };
    const go = async () => {
      following = true;
      try {
        await follow(session, readAddress(window.location.search));
      } finally {
        following = false;
      }
      // A step beyond the run's last is put right.
      if (session.player.getState().run) replace();
    };

    const first = readAddress(window.location.search);
    if (first.run !== null && first.run !== session.player.getState().run?.id) void go();
    else replace();

    const unsubscribe = session.player.subscribe((state, before) => {
      // Between two runs there is none for a moment; that is not a place to go back to.
      if (following || (state.run === null && state.live)) return;
      const runChanged = state.run?.id !== before.run?.id;
      if (runChanged && readAddress(window.location.search).run !== (state.run?.id ?? null)) {
        window.history.pushState(null, '', written());
      } else if (state.cursor !== before.cursor) {
        timer ??= setTimeout(replace, SETTLE_MS);
      }
    });
    const onPop = () => void go();
    window.addEventListener('popstate', onPop);
    return () => {
      unsubscribe();
      window.removeEventListener('popstate', onPop);
      if (timer !== null) clearTimeout(timer);
    };
  }, [session, ready]);
}
