'use client';
/**
 * The run that was made to be laid beside the one on screen: its parent or a child of it, read from what is kept, and the runs in which both
 * were asked again with other seeds. The run that was asked again last is remembered as well, so that a browser that keeps nothing can
 * still compare.
 */
import { useEffect, useMemo, useState } from 'react';
import { counterpartSettings, isCounterpart } from '@/lib/review';
import { useSession, useSessionActions } from '@/lib/session';
import { useAskedAgain } from '@/lib/session/use-asked-again';
import type { Trajectory } from '@/lib/trajectory';

let askedLast: Trajectory | null = null;

/** Asks a run's question the other way round. */
export function useAskCounterpart(): (run: Trajectory) => void {
  const { askAgain } = useSessionActions();
  return (run) => {
    askedLast = run;
    void askAgain(run, counterpartSettings(run));
  };
}

/** A run, the same asked the other way round, and both asked again. */
interface Counterparts {
  /** The one given, or the one that it repeats with another seed. */
  readonly run: Trajectory;
  /** Null where there is none yet. */
  readonly other: Trajectory | null;
  readonly again: readonly Trajectory[];
}

export function useCounterparts(shown: Trajectory): Counterparts {
  const { first, again } = useAskedAgain(shown);
  const run = first ?? shown;
  const other = useCounterpart(run);
  const { again: others } = useAskedAgain(other ?? run);
  return { run, other, again: other ? [...again, ...others] : again };
}

function useCounterpart(run: Trajectory): Trajectory | null {
  const runs = useSession((state) => state.runs);
  const { readRun } = useSessionActions();
  const parent = run.parent?.runId;
  const relatives = useMemo(() => {
    const children = runs.filter(({ parentId }) => parentId === run.id);
    // One that came to its end says more than one that was cut short.
    const ended = children.toSorted((a, b) => Number(b.status === 'done') - Number(a.status === 'done'));
    return [...(parent === undefined ? [] : [parent]), ...ended.map(({ id }) => id)].join('\n');
  }, [runs, run.id, parent]);

  const [read, setRead] = useState<readonly Trajectory[]>([]);
  useEffect(() => {
    let here = true;
    const ids = relatives === '' ? [] : relatives.split('\n');
    void Promise.all(ids.map(readRun)).then((found) => {
      if (here) setRead(found.filter((one) => one !== null));
    });
    return () => {
      here = false;
    };
  }, [relatives, readRun]);

  const deleted = useSession((state) => state.removed.some(({ id }) => id === askedLast?.id));
  return [...read, ...(askedLast && !deleted ? [askedLast] : [])].find((one) => isCounterpart(run, one)) ?? null;
}
