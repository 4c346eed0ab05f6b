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
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-accent-wash py-1.5 pr-2 pl-4 text-small tablet:pl-6"
    >
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-semibold">{words.ready}.</strong>{' '}
        <span className="text-ink-soft">{idle ? words.about : words.afterRun}</span>
      </p>
      <p className="ml-auto flex gap-2">
        <Button size="small" disabled={!idle} onClick={apply}>
          {words.reload}
        </Button>
        <Button size="small" weight="quiet" onClick={() => setApply(null)}>
          {words.later}
        </Button>
      </p>
    </div>
  );
}
