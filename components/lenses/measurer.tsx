'use client';
/** Who can measure the run on screen, and how far that is. Null where runs are only looked at: results that are kept show all the same. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { LensError, type LensMeans, type LensProblem } from '@/lib/lenses';
import { isHere, usePlayer } from '@/lib/player';
import { useSession, useSessionActions, type MeasuringMeans } from '@/lib/session';
import type { KeptLens } from '@/lib/trajectory';

export type Means = LensMeans & Pick<MeasuringMeans, 'run' | 'images'>;
export type Measure = (means: Means) => Promise<KeptLens>;

export interface Measurer {
  /** The run is finished, its picture is here, and nothing is going on. */
  readonly can: boolean;
  /** The lens that is being laid on it. */
  readonly busy: string | null;
  /** Null until the model is there. */
  readonly progress: { readonly done: number; readonly of: number } | null;
  readonly refused: { readonly lens: string; readonly problem: LensProblem } | null;
  readonly start: (lens: string, measure: Measure) => void;
  readonly stop: () => void;
}

const MeasurerContext = createContext<Measurer | null>(null);

export const useMeasurer = (): Measurer | null => useContext(MeasurerContext);

/** Measures with the session's model. */
export function SessionMeasurer({ children }: { readonly children: ReactNode }): ReactNode {
  const { measure, stop } = useSessionActions();
  const isIdle = useSession((state) => state.phase === 'idle');
  const isWhole = usePlayer((state) => state.run !== null && !state.live && isHere(state.run, state));
  const [busy, setBusy] = useState<string | null>(null);
  const [progress, setProgress] = useState<Measurer['progress']>(null);
  const [refused, setRefused] = useState<Measurer['refused']>(null);
  const start = useCallback(
    (lens: string, work: Measure) => {
      setBusy(lens);
      setProgress(null);
      setRefused(null);
      const told = (done: number, of: number) => setProgress({ done, of });
      void measure<LensProblem>(async (means) => {
        try {
          return { lens: await work({ ...means, told }) };
        } catch (error) {
          if (error instanceof LensError) return { problem: error.problem };
          throw error;
        }
      }).then((problem) => {
        setBusy(null);
        if (problem) setRefused({ lens, problem });
      });
    },
    [measure],
  );
  const measurer = useMemo(
    (): Measurer => ({ can: isIdle && isWhole, busy, progress, refused, start, stop }),
    [isIdle, isWhole, busy, progress, refused, start, stop],
  );
  return <MeasurerContext.Provider value={measurer}>{children}</MeasurerContext.Provider>;
}
