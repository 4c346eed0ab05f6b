'use client';
/** A newer version of the page is here: offered, never taken by itself, and not while a run is going. */
import { Button } from '@/components/ui/button';
import { useSession } from '@/lib/session';
import { useUpdateWords } from '@/lib/words/update';
import { asSentence } from '@/lib/words/sentences';

interface UpdateOfferProps {
  readonly apply: () => void;
  readonly onLater: () => void;
}

export function UpdateOffer({ apply, onLater }: UpdateOfferProps) {
  const idle = useSession((state) => state.phase === 'idle');
  const words = useUpdateWords();
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-accent-wash py-1.5 pr-2 pl-4 text-small tablet:pl-6"
    >
      <p className="min-w-0 flex-1 basis-64">
        <strong className="font-semibold">{asSentence(words.ready)}</strong>{' '}
        <span className="text-ink-soft">{idle ? words.about : words.afterRun}</span>
      </p>
      <p className="ml-auto flex gap-2">
        <Button size="small" disabled={!idle} onClick={apply}>
          {words.reload}
        </Button>
        <Button size="small" weight="quiet" onClick={onLater}>
          {words.later}
        </Button>
      </p>
    </div>
  );
}
