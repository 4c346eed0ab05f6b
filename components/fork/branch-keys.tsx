'use client';
/** `[` and `]` go through the branches of the run on screen, in the order of its tree. */
import { useEffect, type ReactNode } from 'react';
import { isKeyTaken } from '@/components/ui/key-taken';
import { useSessionStore } from '@/lib/session';
import { useFamily } from './use-family';

export function BranchKeys(): ReactNode {
  const { family, shown } = useFamily();
  const session = useSessionStore();
  useEffect(() => {
    if (family.length < 2) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const by = event.key === ']' ? 1 : event.key === '[' ? -1 : 0;
      if (by === 0 || isKeyTaken(event) || session.getState().phase !== 'idle') return;
      event.preventDefault();
      const at = family.findIndex(({ run }) => run.id === shown);
      const next = family[(at + by + family.length) % family.length];
      if (next) void session.actions.openRun(next.run.id);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [family, shown, session]);
  return null;
}
