'use client';
/** Every share made in this browser, with the keys and delete tokens that exist nowhere else. */
import { Sheet } from '@/components/ui/sheet';
import { useShareWords } from '@/lib/words/share';
import { OwnShareRow } from './own-share-row';
import { useNow } from './use-now';
import { useOwnShares } from './use-own-shares';

interface OwnSharesSheetProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function OwnSharesSheet({ open, onOpenChange }: OwnSharesSheetProps) {
  const { own: words } = useShareWords();
  const shares = useOwnShares();
  const now = useNow(open);
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={words.title}>
      <p className="text-small text-ink-faint">{words.about}</p>
      {shares.length === 0 ? (
        <p className="mt-10 text-center font-serif text-lead text-ink-soft">{words.none}</p>
      ) : (
        <ul className="mt-3">
          {shares.map((own) => (
            <OwnShareRow key={own.id} own={own} now={now} />
          ))}
        </ul>
      )}
    </Sheet>
  );
}
