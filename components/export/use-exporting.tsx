'use client';
/** The sheet of formats for whatever can be taken out when it is opened. Its code comes with its first use. */
import { useCallback, useState, type ReactNode } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import type { ExportScope } from '@/lib/export';

const ExportSheet = lazyView(() => import('./export-sheet').then((module) => module.ExportSheet));

export interface Exporting {
  /** One of them is chosen; at first the first. */
  readonly begin: (scopes: readonly ExportScope[]) => void;
  readonly sheet: ReactNode;
}

export function useExporting(): Exporting {
  const [scopes, setScopes] = useState<readonly ExportScope[]>([]);
  const [open, setOpen] = useState(false);
  const begin = useCallback((next: readonly ExportScope[]) => {
    setScopes(next);
    setOpen(true);
  }, []);
  return { begin, sheet: scopes.length > 0 ? <ExportSheet {...{ open, scopes }} onOpenChange={setOpen} /> : null };
}
