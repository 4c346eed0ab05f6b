'use client';
/** The sheet of formats for whatever runs are meant when it is opened. Its code comes with its first use. */
import { useCallback, useState, type ReactNode } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import type { RunsToExport } from '@/lib/export';

const ExportSheet = lazyView(() => import('./export-sheet').then((module) => module.ExportSheet));

export interface Exporting {
  readonly begin: (runs: RunsToExport) => void;
  readonly sheet: ReactNode;
}

export function useExporting(): Exporting {
  const [runs, setRuns] = useState<RunsToExport | null>(null);
  const [open, setOpen] = useState(false);
  const begin = useCallback((next: RunsToExport) => {
    setRuns(next);
    setOpen(true);
  }, []);
  return { begin, sheet: runs ? <ExportSheet open={open} onOpenChange={setOpen} runs={runs} /> : null };
}
