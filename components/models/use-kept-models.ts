import { useCallback, useEffect, useState } from 'react';
import type { KeptModel, ModelDesk } from './model-desk';

export interface KeptModels {
  /** Null until it was read. */
  readonly models: readonly KeptModel[] | null;
  /** What they take together. */
  readonly bytes: number;
  readonly read: () => void;
}

/** What is on this disk; read again when `changed` does. */
export function useKeptModels(desk: ModelDesk, changed: unknown): KeptModels {
  const [{ models, bytes }, setKept] = useState<Omit<KeptModels, 'read'>>({ models: null, bytes: 0 });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let here = true;
    Promise.all([desk.kept(), desk.keptBytes()]).then(
      ([kept, all]) => here && setKept({ models: kept, bytes: all }),
      () => here && setKept({ models: [], bytes: 0 }),
    );
    return () => {
      here = false;
    };
  }, [desk, changed, times]);
  const read = useCallback(() => setTimes((before) => before + 1), []);
  return { models, bytes, read };
}
