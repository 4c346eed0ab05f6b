'use client';
/**
 * The app without a network, from the page's side: started when the page is idle, so that nothing waits for it, and the offer of a newer
 * version, which is never taken by itself.
 */
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { fetchIdleParts } from '@/components/ui/idle-parts';
import { useSession } from '@/lib/session';
import { useReliabilityWords } from '@/lib/words/reliability';

async function start(onUpdate: (apply: () => void) => void): Promise<void> {
  const [{ startOffline }, { ORT_PATH }] = await Promise.all([import('@/lib/offline'), import('@/lib/engine')]);
  await startOffline(onUpdate, ORT_PATH);
}

export function UpdateOffer() {
  const [apply, setApply] = useState<(() => void) | null>(null);
  const idle = useSession((state) => state.phase === 'idle');
  const { update: words } = useReliabilityWords();
  useEffect(() => {
    fetchIdleParts(() => void start((take) => setApply(() => take)).catch(() => undefined));
  }, []);
  if (!apply) return null;
  return (
    <div
      role="status"
      className="fixed right-3 bottom-3 z-30 flex max-w-sm flex-wrap items-center gap-3 rounded-m border border-line bg-raised p-3 text-small shadow-2"
    >
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">{words.ready}.</strong>{' '}
        <span className="text-ink-soft">{idle ? words.about : words.afterRun}</span>
      </p>
      <p className="flex gap-2">
        <Button size="small" weight="primary" disabled={!idle} onClick={apply}>
          {words.reload}
        </Button>
        <Button size="small" weight="quiet" onClick={() => setApply(null)}>
          {words.later}
        </Button>
      </p>
    </div>
  );
}
