import { useCallback, useEffect, useState } from 'react';
import type { KeptModel, ModelDesk } from './model-desk';

export interface KeptModels {
  /** Null until it was read. */
  readonly models: readonly KeptModel[] | null;
  readonly read: () => void;
}

/** What is on this disk; read again when `changed` does. */
export function useKeptModels(desk: ModelDesk, changed: unknown): KeptModels {
  const [models, setModels] = useState<readonly KeptModel[] | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    let here = true;
    desk.kept().then(
      (kept) => here && setModels(kept),
      () => here && setModels([]),
    );
    return () => {
      here = false;
    };
  }, [desk, changed, times]);
  const read = useCallback(() => setTimes((before) => before + 1), []);
  return { models, read };
}
