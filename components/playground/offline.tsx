'use client';
/** The app without a network, from the page's side: started when the page is idle, so that nothing waits for it. */
import { useEffect, useState } from 'react';
import { fetchIdleParts } from '@/components/ui/idle-parts';
import { lazyView } from '@/components/ui/lazy-view';

const UpdateOffer = lazyView(() => import('./update-offer').then((module) => module.UpdateOffer));

async function start(onUpdate: (apply: () => void) => void): Promise<void> {
  const [{ startOffline }, { ORT_PATH }] = await Promise.all([import('@/lib/offline'), import('@/lib/engine')]);
  await startOffline(onUpdate, ORT_PATH);
}

export function Offline() {
  const [apply, setApply] = useState<(() => void) | null>(null);
  useEffect(() => {
    fetchIdleParts(() => void start((take) => setApply(() => take)).catch(() => undefined));
  }, []);
  return apply ? <UpdateOffer apply={apply} onLater={() => setApply(null)} /> : null;
}
