/** Results as a model is told them, each to be read where it stands. */
import type { Found, Opened, SearchErrorCode } from '@/lib/search';
import { Button } from '@/components/ui/button';
import { useSearchWords } from '@/lib/words/search';

interface FoundListProps {
  readonly found: readonly Found[];
  /** The one that is read, or why it cannot be. */
  readonly read: Opened | { readonly address: string; readonly code: SearchErrorCode } | null;
  readonly onOpen: (address: string) => void;
}

export function FoundList({ found, read, onOpen }: FoundListProps) {
  const { trial: words, errors } = useSearchWords();
  return (
    <ol className="mt-2 flex flex-col gap-4">
      {found.map(({ title, address, excerpt, date }) => {
        const isRead = read?.address === address;
        return (
          <li key={address} className="min-w-0">
            <h3 dir="auto" className="font-medium wrap-anywhere">
              {title}
            </h3>
            <p className="text-micro wrap-anywhere text-ink-soft">{[address, date].filter(Boolean).join(' · ')}</p>
            {isRead ? null : (
              <p dir="auto" className="mt-1 text-small wrap-anywhere text-ink-soft">
                {excerpt}
              </p>
            )}
            {isRead && 'text' in read ? (
              <div
                tabIndex={0}
                role="region"
                aria-label={title}
                className="mt-2 max-h-80 overflow-auto rounded-m bg-sunken px-3 py-2 text-small wrap-anywhere whitespace-pre-wrap"
              >
                {read.text}
              </div>
            ) : null}
            {isRead && 'code' in read ? <p className="mt-1 text-small text-danger">{errors[read.code]}</p> : null}
            <Button
              weight="quiet"
              size="small"
              aria-expanded={isRead}
              onClick={() => onOpen(address)}
              className="-ml-2"
            >
              {isRead ? words.close : words.open}
            </Button>
          </li>
        );
      })}
    </ol>
  );
}
