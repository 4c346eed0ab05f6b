'use client';
import { useEffect } from 'react';
import { keyOf } from '@/components/ui/key-of';
import type { HistoryAction } from './draft-history';

/** Ctrl+Z and Ctrl+Shift+Z (⌘ on a Mac), Ctrl+Y; a field that is written in has its own. */
export function useUndoKeys(dispatch: (action: HistoryAction) => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      if (
        event.target instanceof Element &&
        event.target.closest('input:not([type=range]):not([type=radio]), textarea')
      )
        return;
      const key = keyOf(event);
      const type = key === 'z' ? (event.shiftKey ? 'redo' : 'undo') : key === 'y' ? 'redo' : null;
      if (type === null) return;
      event.preventDefault();
      dispatch({ type });
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [dispatch]);
}
