'use client';
/** The runs in which the question of a run was asked again, each with a seed of its own, read from what is kept. */
import { useEffect, useMemo, useState } from 'react';
import type { Trajectory } from '@/lib/trajectory';
import { useSession, useSessionActions } from './react';

interface AskedAgain {
  /** The run that is asked again: the one given, or the one that it repeats. Null until it was read. */
  readonly first: Trajectory | null;
  /** In the order in which they were made. Empty until they were read. */
  readonly again: readonly Trajectory[];
}

export function useAskedAgain(run: Trajectory): AskedAgain {
  const runs = useSession((state) => state.runs);
  const { readRun } = useSessionActions();
  const first = run.parent?.change?.kind === 'again' ? run.parent.runId : run.id;
  const isFirst = first === run.id;
  const ids = useMemo(() => {
    const again = runs.filter((one) => one.parentId === first && one.change === 'again' && one.status === 'done');
    return [...(isFirst ? [] : [first]), ...again.map(({ id }) => id).toReversed()].join('\n');
  }, [runs, first, isFirst]);
  const [read, setRead] = useState<readonly Trajectory[]>([]);
  useEffect(() => {
    let here = true;
    void Promise.all(ids === '' ? [] : ids.split('\n').map(readRun)).then((found) => {
      if (here) setRead(found.filter((one) => one !== null));
    });
    return () => {
      here = false;
    };
  }, [ids, readRun]);
  return {
    first: isFirst ? run : (read.find(({ id }) => id === first) ?? null),
    again: read.filter((one) => one.parent?.runId === first && one.parent.change?.kind === 'again'),
  };
}
