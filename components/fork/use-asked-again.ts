'use client';
/** The runs in which the question of a run was asked again, each with a seed of its own, read from what is kept. */
import { useEffect, useMemo, useState } from 'react';
import { useSession, useSessionActions } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';

/** The run that is asked again: the one on screen, or the one that it repeats. */
export function repeatedId(run: Trajectory): string {
  return run.parent?.change?.kind === 'again' ? run.parent.runId : run.id;
}

/** The first run, and the others in the order in which they were made. Empty until they were read. */
export function useAskedAgain(run: Trajectory): {
  readonly first: Trajectory | null;
  readonly again: readonly Trajectory[];
} {
  const runs = useSession((state) => state.runs);
  const { readRun } = useSessionActions();
  const first = repeatedId(run);
  const ids = useMemo(() => {
    const again = runs.filter((one) => one.parentId === first && one.change === 'again' && one.status === 'done');
    return [first, ...again.map(({ id }) => id).toReversed()].join('\n');
  }, [runs, first]);
  const [read, setRead] = useState<{ readonly ids: string; readonly runs: readonly Trajectory[] }>({
    ids: '',
    runs: [],
  });
  useEffect(() => {
    if (!ids.includes('\n')) return;
    let here = true;
    void Promise.all(ids.split('\n').map(readRun)).then((found) => {
      if (here) setRead({ ids, runs: found.filter((one) => one !== null) });
    });
    return () => {
      here = false;
    };
  }, [ids, readRun]);
  return {
    first: read.runs.find(({ id }) => id === first) ?? null,
    again: ids.includes('\n') ? read.runs.filter(({ id }) => id !== first) : [],
  };
}
