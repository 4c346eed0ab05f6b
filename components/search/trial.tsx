/** Searching the collection as a model would, with the same results. */
import { Search } from 'lucide-react';
import { useId, useRef, useState, type SubmitEvent } from 'react';
import { Button } from '@/components/ui/button';
import { isComposing } from '@/components/ui/composing';
import { pageStorage } from '@/lib/library';
import {
  collectionSource,
  ownCollection,
  readFaults,
  type Found,
  type Opened,
  type SearchErrorCode,
} from '@/lib/search';
import { useSearchWords } from '@/lib/words/search';
import { FoundList } from './found-list';
import { codeOf } from './use-collection';

type Shown = { readonly found: readonly Found[] } | { readonly code: SearchErrorCode };

export function Trial({ empty }: { readonly empty: boolean }) {
  const { trial: words, errors } = useSearchWords();
  const id = useId();
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState<Shown | null>(null);
  const [read, setRead] = useState<Opened | { readonly address: string; readonly code: SearchErrorCode } | null>(null);
  const latest = useRef<AbortController | null>(null);
  const source = () => collectionSource(ownCollection(), readFaults(pageStorage()));

  const search = async (event: SubmitEvent) => {
    event.preventDefault();
    if (query.trim() === '') return;
    latest.current?.abort();
    const mine = new AbortController();
    latest.current = mine;
    setRead(null);
    try {
      const found = await source().search(query, mine.signal);
      if (latest.current === mine) setShown({ found });
    } catch (error) {
      if (latest.current === mine) setShown({ code: codeOf(error) });
    }
  };
  const open = async (address: string) => {
    if (read?.address === address) return setRead(null);
    try {
      setRead((await source().open?.(address, new AbortController().signal)) ?? null);
    } catch (error) {
      setRead({ address, code: codeOf(error) });
    }
  };

  if (empty) return null;
  return (
    <section aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`} className="font-serif text-title font-medium">
        {words.heading}
      </h2>
      <form onSubmit={(event) => void search(event)} role="search" className="mt-3 flex gap-2">
        <input
          type="search"
          aria-label={words.label}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          // An input method's Enter picks a character.
          onKeyDown={(event) => event.key === 'Enter' && isComposing(event) && event.preventDefault()}
          className="h-9 min-w-0 flex-1 rounded-m border border-line-strong bg-surface px-3 text-small"
        />
        <Button type="submit" size="small" disabled={query.trim() === ''}>
          <Search size={15} aria-hidden />
          {words.go}
        </Button>
      </form>
      <div role="status" className="mt-3 text-small">
        {shown && 'code' in shown ? <p className="text-danger">{errors[shown.code]}</p> : null}
        {shown && 'found' in shown ? (
          <p className="text-ink-soft">{shown.found.length === 0 ? words.nothing : words.found(shown.found.length)}</p>
        ) : null}
      </div>
      {shown && 'found' in shown ? <FoundList found={shown.found} read={read} onOpen={(at) => void open(at)} /> : null}
    </section>
  );
}
