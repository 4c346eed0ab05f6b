'use client';
/** Two kept runs, each opened in a player of its own, and one moment for both: a step of either moves the other along. */
import { useEffect, useMemo, useState, useRef } from 'react';
import { openLookedAt, type LookedAt } from '@/lib/player';
import { alignRuns, divergenceOf, type Moment } from '@/lib/review';
import { useSessionActions } from '@/lib/session';
import type { FileHash, Trajectory } from '@/lib/trajectory';

export interface OpenedRun extends LookedAt {
  readonly run: Trajectory;
  readonly files: ReadonlyMap<FileHash, Blob>;
}

/** Reads a run that an address names otherwise than by the id of a kept one; null where there is none. */
export type ReadOther = (address: string) => Promise<Pick<OpenedRun, 'run' | 'files'> | null>;

export interface Pair {
  readonly a: OpenedRun;
  readonly b: OpenedRun;
}

/**
 * Null while they are opened; `missing` where one is not here.
 * @param readOther the same function each time; asked of what is no kept run
 */
export function usePair(a: string, b: string, readOther?: ReadOther): Pair | 'missing' | null {
  const { readWhole } = useSessionActions();
  const [pair, setPair] = useState<{ readonly of: string; readonly pair: Pair | 'missing' } | null>(null);
  const of = `${a}\n${b}`;
  useEffect(() => {
    let here = true;
    const opened: OpenedRun[] = [];
    const open = async (id: string): Promise<OpenedRun | null> => {
      const kept = await readWhole(id);
      const found = kept ? { run: kept.trajectory, files: kept.files } : await readOther?.(id).catch(() => null);
      if (!found) return null;
      const looked = { ...(await openLookedAt(found.run, found.files)), ...found };
      opened.push(looked);
      if (!here) looked.close();
      return looked;
    };
    void Promise.all([open(a), open(b)]).then(([one, other]) => {
      if (here) setPair({ of, pair: one && other ? { a: one, b: other } : 'missing' });
    });
    return () => {
      here = false;
      for (const { close } of opened) close();
    };
  }, [a, b, of, readWhole, readOther]);
  return pair?.of === of ? pair.pair : null;
}

/** Two runs that are here with their files, each in a player of its own. Null while they are opened. */
export function useGivenPair(a: Trajectory, b: Trajectory, files: ReadonlyMap<FileHash, Blob>): Pair | null {
  const [pair, setPair] = useState<Pair | null>(null);
  useEffect(() => {
    let here = true;
    const opened: OpenedRun[] = [];
    const open = async (run: Trajectory): Promise<OpenedRun> => {
      const looked = { ...(await openLookedAt(run, files)), run, files };
      opened.push(looked);
      if (!here) looked.close();
      return looked;
    };
    void Promise.all([open(a), open(b)]).then(([one, other]) => {
      if (here) setPair({ a: one, b: other });
    });
    return () => {
      here = false;
      for (const { close } of opened) close();
    };
  }, [a, b, files]);
  return pair && pair.a.run === a && pair.b.run === b ? pair : null;
}

export interface LinkedCursor {
  readonly moments: readonly Moment[];
  /** Index of the moment that is shown. */
  readonly at: number;
  readonly go: (at: number) => void;
  /** Index of the first moment that differs; null where none does. */
  readonly divergence: number | null;
}

export function useLinkedCursor({ a, b }: Pair): LinkedCursor {
  const moments = useMemo(() => alignRuns(a.run, b.run), [a, b]);
  const divergence = useMemo(() => divergenceOf(a.run, b.run, moments), [a, b, moments]);
  const [at, setAt] = useState(moments.length - 1);
  /** The same, for what happens between two drawings. */
  const shown = useRef(at);
  const go = useMemo(() => {
    return (to: number) => {
      const bounded = Math.min(Math.max(to, 0), moments.length - 1);
      const moment = moments[bounded];
      if (!moment) return;
      shown.current = bounded;
      setAt(bounded);
      // What is there already is left alone: a move ends whatever goes on.
      if (a.player.getState().cursor !== moment.a) a.player.actions.move(moment.a);
      if (b.player.getState().cursor !== moment.b) b.player.actions.move(moment.b);
    };
  }, [moments, a, b]);
  useEffect(() => {
    const follow = (side: 'a' | 'b') => (now: { readonly cursor: number }, before: { readonly cursor: number }) => {
      if (now.cursor === before.cursor) return;
      if (moments[shown.current]?.[side] === now.cursor) return;
      const next = moments.findIndex((moment) => moment[side] === now.cursor);
      if (next < 0) return;
      shown.current = next;
      // After this change is told to all: the other player's change would come in the middle of it.
      queueMicrotask(() => go(next));
    };
    const ends = [a.player.subscribe(follow('a')), b.player.subscribe(follow('b'))];
    return () => ends.forEach((end) => end());
  }, [a, b, moments, go]);
  return { moments, at, go, divergence };
}
