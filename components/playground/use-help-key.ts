'use client';
/** `?` opens the help on every page, also where the player's own keys are not listened for. Inert while typing. */
import { useEffect } from 'react';
import { keyOf } from '@/components/ui/key-of';
import { useViewActions } from '@/lib/player';

export function useHelpKey(): void {
  const { setHelp } = useViewActions();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // On `window`, after the player's keys: what they took is marked as taken.
      if (keyOf(event) !== '?' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('input, textarea, select, [contenteditable], [role="dialog"]')) return;
      event.preventDefault();
      setHelp(true);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [setHelp]);
}
