/** The dialect of the model that is loaded, which comes with the agent's code; null until both are there. */
import { useEffect, useState } from 'react';
import type { findDialect } from '@/lib/agent';
import { useSession } from '@/lib/session';

type Dialect = NonNullable<ReturnType<typeof findDialect>>;

export function useDialect(): Dialect | null {
  const id = useSession((state) => state.engine?.card.dialect ?? null);
  const own = useSession((state) => state.dialects);
  const [known, setKnown] = useState<{ readonly id: string; readonly dialect: Dialect | null } | null>(null);
  useEffect(() => {
    if (id === null) return;
    let here = true;
    // It is here already where anything was asked.
    void import('@/lib/agent').then(({ findDialect }) => {
      if (here) setKnown({ id, dialect: findDialect(id, own) });
    });
    return () => {
      here = false;
    };
  }, [id, own]);
  return known !== null && known.id === id ? known.dialect : null;
}
