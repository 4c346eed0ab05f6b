'use client';
/** Pasting a model's answer over a picture: the sheet, whose code comes with its first use. */
import { useCallback, useState, type ReactNode } from 'react';
import { lazyView } from '@/components/ui/lazy-view';

const PasteSheet = lazyView(() => import('@/components/answer').then((module) => module.PasteSheet));

export interface Pasting {
  /** Opens the sheet, with these words in its field. */
  readonly begin: (text?: string) => void;
  readonly sheet: ReactNode;
}

export function usePasting(): Pasting {
  const [begun, setBegun] = useState({ count: 0, text: '' });
  const [open, setOpen] = useState(false);
  const begin = useCallback((text = '') => {
    setBegun(({ count }) => ({ count: count + 1, text }));
    setOpen(true);
  }, []);
  return { begin, sheet: begun.count > 0 ? <PasteSheet open={open} onOpenChange={setOpen} {...begun} /> : null };
}
