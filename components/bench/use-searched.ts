/** What the questions of a data set are looked up in: what it brings, else what the person chose. */
import { useState } from 'react';
import { openCollection, type DataSet } from '@/lib/bench';
import { pageStorage } from '@/lib/library';
import { sourceOf, type SearchSource } from '@/lib/search';
import { useSession } from '@/lib/session';

export interface Searched {
  readonly preparing: boolean;
  readonly failed: boolean;
  /** Null: there is nothing to search. Undefined: it failed. */
  readonly open: (dataSet: DataSet) => Promise<SearchSource | null | undefined>;
}

export function useSearched(): Searched {
  const searchIn = useSession((state) => state.settings.searchIn);
  const [state, setState] = useState<'idle' | 'preparing' | 'failed'>('idle');
  return {
    preparing: state === 'preparing',
    failed: state === 'failed',
    async open({ collection }) {
      setState('preparing');
      try {
        const found = collection
          ? await openCollection(collection, new AbortController().signal)
          : await sourceOf(searchIn, pageStorage());
        setState('idle');
        return found;
      } catch {
        setState('failed');
        return undefined;
      }
    },
  };
}
