'use client';
/** A row read whole, with a player of its own, for as long as it is looked at. */
import { useEffect, useRef, useState } from 'react';
import type { FormatProblem, OpenedRow } from '@/lib/formats';
import { openLookedAt, type LookedAt } from '@/lib/player';
import type { SetState, SetStore } from './set-store';

export type Opened =
  | (LookedAt &
      Pick<Extract<OpenedRow, { run: unknown }>, 'run' | 'files' | 'notes'> & {
        readonly of: number;
      })
  | { readonly problem: FormatProblem };

/** Read whole, and again when its file is read otherwise or a picture has come. What was shown stays until the next is there. */
export function useOpenedRow(store: SetStore, { rows }: SetState, index: number, step: number | null): Opened | null {
  const [opened, setOpened] = useState<Opened | null>(null);
  const shown = useRef<LookedAt | null>(null);
  // Where one begins, not what one follows.
  const begin = useRef(step);
  useEffect(() => {
    begin.current = step;
  }, [step]);
  const row = rows[index];
  useEffect(() => {
    let here = true;
    const show = (made: Opened) => {
      const own = 'player' in made ? made : null;
      if (!here) return own?.close();
      shown.current?.close();
      shown.current = own;
      setOpened(made);
    };
    void openRow(store, index, () => begin.current).then(show);
    return () => {
      here = false;
    };
  }, [store, index, row]);
  useEffect(() => () => shown.current?.close(), []);
  return opened;
}

async function openRow(store: SetStore, index: number, begin: () => number | null): Promise<Opened> {
  try {
    const read = await store.readSetRow(index);
    if ('problem' in read) return read;
    const { run, files, notes } = read;
    const lookedAt = await openLookedAt(run, files);
    lookedAt.player.actions.move(begin() ?? run.steps.length);
    return { ...lookedAt, notes, run, files, of: index };
  } catch (error) {
    return {
      problem: { code: 'reader-failed', params: { message: error instanceof Error ? error.message : String(error) } },
    };
  }
}
