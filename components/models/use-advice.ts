import { useEffect, useState } from 'react';
import { useSession } from '@/lib/session';
import type { Advice, ModelDesk } from './model-desk';

/** What to begin with here; null until it is found out, and where it cannot be. */
export function useAdvice(desk: Pick<ModelDesk, 'advise'>): Advice | null {
  const device = useSession((state) => state.settings.device);
  const [advice, setAdvice] = useState<Advice | null>(null);
  useEffect(() => {
    let here = true;
    desk.advise(device).then(
      (found) => here && setAdvice(found),
      () => here && setAdvice(null),
    );
    return () => {
      here = false;
    };
  }, [desk, device]);
  return advice;
}
