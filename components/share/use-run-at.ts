'use client';
/** One run or another of a set that was shared as one. */
import { useEffect, useRef, useState } from 'react';
import { openLookedAt } from '@/lib/player';
import type { OpenedRun } from './use-shared-run';

export interface RunAt {
  readonly at: number;
  readonly run: OpenedRun;
}

/** The run that is shown: the one before it until the next is there. */
export function useRunAt(opened: OpenedRun, at: number): RunAt {
  const [other, setOther] = useState<RunAt | null>(null);
  const shown = useRef<(() => void) | null>(null);
  useEffect(() => {
    const trajectory = at === 0 ? undefined : opened.share.more[at - 1];
    if (!trajectory) return;
    let here = true;
    void openLookedAt(trajectory, opened.share.images).then((lookedAt) => {
      if (!here) return lookedAt.close();
      shown.current?.();
      shown.current = lookedAt.close;
      setOther({ at, run: { ...opened, ...lookedAt, share: { ...opened.share, trajectory, cut: null } } });
    });
    return () => {
      here = false;
    };
  }, [opened, at]);
  useEffect(() => () => shown.current?.(), []);
  return at === 0 || !other ? { at: 0, run: opened } : other;
}
