'use client';
/** Listens for the player's keys on the whole page; what each does is in player-keys.ts. */
import { useEffect } from 'react';
import { usePlayerStore } from '@/lib/player';
import { commandOf, type PlayerCommand } from './player-keys';

interface PageKeys {
  /** What the key for sharing does; left out, nothing. */
  readonly onShare?: (() => void) | undefined;
  /** Escape, where it does not close the help. */
  readonly onStop?: () => void;
}

/** Mount once, where a picture is on screen. */
export function usePlayerKeys({ onShare, onStop }: PageKeys = {}): void {
  const player = usePlayerStore();

  useEffect(() => {
    const { move, step, play, pause } = player.actions;
    const { toggleBoxes, toggleCrop, toggleDetails, toggleEye, setCamera, setHelp } = player.view.actions;
    const commands = {
      next: () => step(1),
      previous: () => step(-1),
      first: () => move(0),
      last: () => move(player.getState().run?.steps.length ?? 0),
      'play-pause': () => (player.getState().playing ? pause() : play()),
      boxes: toggleBoxes,
      crop: toggleCrop,
      eye: toggleEye,
      details: toggleDetails,
      fit: () => setCamera('fit'),
      share: () => onShare?.(),
      help: () => setHelp(!player.view.getState().help),
      escape: () => (player.view.getState().help ? setHelp(false) : onStop?.()),
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
  }, [player, onShare, onStop]);
}
