'use client';
/** Tells those who cannot see the page what happens. Its place is there from the start; its words come once there is something to say. */
import { lazyView } from '@/components/ui/lazy-view';
import { usePlayer } from '@/lib/player';
import { useSession } from '@/lib/session';

const StatusText = lazyView(() => import('./status-text').then((module) => module.StatusText));

export function LiveStatus() {
  const isShown = usePlayer(({ run, source }) => run !== null || source !== null);
  const isBusy = useSession(({ phase }) => phase !== 'idle');
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {isShown || isBusy ? <StatusText /> : null}
    </p>
  );
}
