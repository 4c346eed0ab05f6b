'use client';
/** Opens what another app handed over: a picture, or runs as files, of which the first is shown. */
import { useEffect } from 'react';
import { useSessionActions } from '@/lib/session';

/** As the page was opened: the address changes with what is on screen. */
const ARRIVED_WITH = typeof location === 'undefined' ? '' : location.search;
let taken = false;

export function useReceived(ready: boolean): void {
  const { openImage, importFiles, openRun } = useSessionActions();
  useEffect(() => {
    if (!ready || taken || !/[?&](?:received|opened)\b/.test(ARRIVED_WITH)) return;
    taken = true;
    const take = async () => {
      const { takeReceived } = await import('@/lib/offline');
      const file = await takeReceived(new URLSearchParams(ARRIVED_WITH));
      if (!file) return;
      if (!/\.(?:jsonl?|zip)$/i.test(file.name)) return openImage(file, file.name);
      const [first] = (await importFiles([file]))?.added ?? [];
      if (first !== undefined) await openRun(first);
    };
    take().catch(() => undefined);
  }, [ready, openImage, importFiles, openRun]);
}
