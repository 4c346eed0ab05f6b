/** The collection as the page shows it: its files, what is being added, and how that ended. */
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  ownCollection,
  SearchError,
  type FilesAdded,
  type GivenFile,
  type KeptFile,
  type SearchErrorCode,
} from '@/lib/search';

export interface CollectionWork {
  /** Null until they were read. */
  readonly files: readonly KeptFile[] | null;
  /** Bytes; null where nothing is being added. */
  readonly going: { readonly done: number; readonly total: number } | null;
  readonly outcome: Outcome | null;
  readonly add: (files: readonly GivenFile[]) => Promise<void>;
  readonly stop: () => void;
  readonly remove: (ids: readonly number[]) => Promise<void>;
}

export type Outcome =
  | { readonly kind: 'added'; readonly report: FilesAdded }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly code: SearchErrorCode };

export const codeOf = (error: unknown): SearchErrorCode =>
  error instanceof SearchError ? error.code : 'worker-failed';

export function useCollection(): CollectionWork {
  const [files, setFiles] = useState<readonly KeptFile[] | null>(null);
  const [going, setGoing] = useState<CollectionWork['going']>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const abort = useRef<AbortController | null>(null);

  const list = useCallback(async () => {
    try {
      setFiles(await ownCollection().files());
    } catch (error) {
      setFiles([]);
      setOutcome({ kind: 'failed', code: codeOf(error) });
    }
  }, []);

  useEffect(() => {
    let here = true;
    ownCollection()
      .files()
      .then(
        (found) => here && setFiles(found),
        (error: unknown) => {
          if (!here) return;
          setFiles([]);
          setOutcome({ kind: 'failed', code: codeOf(error) });
        },
      );
    return () => {
      here = false;
      abort.current?.abort();
    };
  }, []);

  const add = async (given: readonly GivenFile[]) => {
    if (abort.current || given.length === 0) return;
    const mine = new AbortController();
    abort.current = mine;
    setOutcome(null);
    setGoing({ done: 0, total: given.reduce((sum, { file }) => sum + file.size, 0) });
    try {
      for await (const event of ownCollection().add(given, mine.signal)) {
        if ('report' in event) setOutcome({ kind: 'added', report: event.report });
        else setGoing(event);
      }
    } catch (error) {
      setOutcome(mine.signal.aborted ? { kind: 'stopped' } : { kind: 'failed', code: codeOf(error) });
    } finally {
      abort.current = null;
      setGoing(null);
      await list();
    }
  };

  const remove = async (ids: readonly number[]) => {
    setOutcome(null);
    try {
      await ownCollection().remove(ids);
    } catch (error) {
      setOutcome({ kind: 'failed', code: codeOf(error) });
    }
    await list();
  };

  return { files, going, outcome, add, stop: () => abort.current?.abort(), remove };
}
