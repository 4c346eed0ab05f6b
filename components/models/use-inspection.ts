import { useCallback, useEffect, useState } from 'react';
import { noticeOfError, useSession, type Notice } from '@/lib/session';
import type { ModelDesk, ModelFacts } from './model-desk';

export interface Inspection {
  readonly facts: ModelFacts | null;
  readonly failed: Notice | null;
  readonly again: () => void;
}

type Outcome = Pick<Inspection, 'facts' | 'failed'>;

const ASKING: Outcome = { facts: null, failed: null };

/** Asks what a repository holds, and again when the hub or the token is another. */
export function useInspection(desk: ModelDesk, id: string, revision: string | null): Inspection {
  const hub = useSession((state) => state.hub);
  const device = useSession((state) => state.settings.device);
  const [outcome, setOutcome] = useState(ASKING);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    desk.inspect({ id, revision, hub, device }, abort.signal).then(
      (facts) => !abort.signal.aborted && setOutcome({ facts, failed: null }),
      (error: unknown) => !abort.signal.aborted && setOutcome({ facts: null, failed: noticeOfError(error) }),
    );
    return () => abort.abort();
  }, [desk, id, revision, hub, device, times]);
  const again = useCallback(() => {
    setOutcome(ASKING);
    setTimes((before) => before + 1);
  }, []);
  return { ...outcome, again };
}
