'use client';
/** Beside the question: what the model may search, where its searches go, and the sheet in which that is chosen. */
import { ChevronRight, Search } from 'lucide-react';
import { useState } from 'react';
import { IN_COLLECTION, IN_SITE } from '@/lib/search';
import { SHIPPED_MODEL, useSession } from '@/lib/session';
import { useSearchWords } from '@/lib/words/search';
import { SearchSheet } from './search-sheet';

export const hostOf = (address: string): string => address.replace(/^https?:\/\/|[/?].*$/g, '');

export function SearchLine() {
  const words = useSearchWords();
  const searchIn = useSession((state) => state.settings.searchIn);
  // The shipped model was taught no search: there is nothing to choose for it.
  const isShipped = useSession((state) => state.settings.modelUrl === SHIPPED_MODEL);
  const [open, setOpen] = useState(false);
  if (isShipped && searchIn === '') return null;
  const isWeb = searchIn !== '' && searchIn !== IN_COLLECTION;
  const name =
    searchIn === ''
      ? words.choice.nothing
      : searchIn === IN_COLLECTION
        ? words.choice.collection
        : searchIn === IN_SITE
          ? words.choice.title
          : hostOf(searchIn);
  return (
    <>
      {isWeb ? (
        <p className="text-small wrap-anywhere text-ink-soft">
          {searchIn === IN_SITE ? words.leaves.site : words.leaves.engine(hostOf(searchIn))}
        </p>
      ) : null}
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-haspopup="dialog"
        aria-label={words.choice.change(name)}
        className="-mx-2 -my-1 flex h-8 max-w-full items-center gap-1.5 self-start rounded-m px-2 text-small text-ink-faint hover:bg-hover hover:text-ink"
      >
        <Search size={14} aria-hidden className="shrink-0" />
        <span className="min-w-0 truncate">{words.choice.line(name)}</span>
        <ChevronRight size={14} aria-hidden className="shrink-0" />
      </button>
      <SearchSheet open={open} onOpenChange={setOpen} />
    </>
  );
}
