'use client';
/** `n` and `p`: to the next and the previous row that is shown. */
import { useEffect } from 'react';
import { isKeyTaken } from '@/components/ui/key-taken';

export function useRowKeys({
  next,
  previous,
  onOpen,
}: {
  readonly next: number | null;
  readonly previous: number | null;
  readonly onOpen: (row: number | null) => void;
}): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isKeyTaken(event) || event.shiftKey) return;
      const to = { n: next, p: previous }[event.key.toLowerCase()];
      if (to === undefined || to === null) return;
      event.preventDefault();
      onOpen(to);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [next, previous, onOpen]);
}
