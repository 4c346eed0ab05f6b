'use client';
/** Escape where the player's keys are not listened for. */
import { useEffect } from 'react';
import { isKeyTaken } from '@/components/ui/key-taken';

/** @param onEscape null: nothing to leave */
export function useEscape(onEscape: (() => void) | null): void {
  useEffect(() => {
    if (!onEscape) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.shiftKey && !isKeyTaken(event)) onEscape();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onEscape]);
}
