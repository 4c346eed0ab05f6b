'use client';
/** Opens what another app handed over: a picture, or runs as files, of which the first is shown. */
import { useEffect } from 'react';
import { useSessionActions } from '@/lib/session';

export function useReceived(ready: boolean): void {
  const { openImage, importFiles, openRun } = useSessionActions();
  useEffect(() => {
    if (!ready || !/[?&](?:received|opened)\b/.test(location.search)) return;
    const take = async () => {
      const { takeReceived } = await import('@/lib/offline');
      const file = await takeReceived();
      history.replaceState(history.state, '', '/');
      if (!file) return;
      if (!/\.(?:jsonl?|zip)$/i.test(file.name)) return openImage(file, file.name);
      const [first] = (await importFiles([file]))?.added ?? [];
      if (first !== undefined) await openRun(first);
    };
    take().catch(() => undefined);
  }, [ready, openImage, importFiles, openRun]);
}
