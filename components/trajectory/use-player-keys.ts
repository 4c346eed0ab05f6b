'use client';
/** Listens for the player's keys on the whole page; what each does is in player-keys.ts. */
import { useEffect } from 'react';
import { useSessionActions, useSessionStore, useViewActions, useViewStore } from '@/lib/session';
import { commandOf, type PlayerCommand } from './player-keys';

/** Mount once, where a picture is on screen. @param onShare what the key for sharing does; left out, nothing */
export function usePlayerKeys(onShare?: () => void): void {
  const session = useSessionStore();
  const { goTo, stepBy, play, pause, stop } = useSessionActions();
  const view = useViewStore();
  const { toggleBoxes, toggleCrop, setCamera, setHelp } = useViewActions();

  useEffect(() => {
    const commands = {
      next: () => stepBy(1),
      previous: () => stepBy(-1),
      first: () => goTo(0),
      last: () => goTo(session.getState().trajectory?.steps.length ?? 0),
      'play-pause': () => (session.getState().playing ? pause() : play()),
      boxes: toggleBoxes,
      crop: toggleCrop,
      fit: () => setCamera('fit'),
      share: () => onShare?.(),
      help: () => setHelp(!view.getState().help),
      escape: () => {
        if (view.getState().help) setHelp(false);
        else if (session.getState().phase !== 'idle') stop();
      },
    } as const satisfies Record<PlayerCommand, () => void>;
    const onKeyDown = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (command === null) return;
      // Escape is everyone's: others may still want it.
      if (command !== 'escape') event.preventDefault();
      commands[command]();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [session, view, goTo, stepBy, play, pause, stop, toggleBoxes, toggleCrop, setCamera, setHelp, onShare]);
}
