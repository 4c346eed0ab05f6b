'use client';
/**
 * Opens the share that the address names, again when the key in the address changes. The key is read from the fragment and
 * stays there, so that reloading and copying the address keep working.
 */
import { useCallback, useEffect, useState } from 'react';
import { createView, openLookedAt, type LookedAt, type View } from '@/lib/session';
import { keyOfFragment, openShare, stepOfQuery, type SharedRun } from '@/lib/share';
import { asShareError } from './as-share-error';
import { openFailureOf, type OpenFailure } from './words';

export interface OpenedRun extends LookedAt {
  readonly share: SharedRun;
  readonly key: string;
  readonly view: View;
}

export type SharedRunState =
  | { readonly phase: 'opening'; readonly received: number; readonly total: number }
  | { readonly phase: 'failed'; readonly code: OpenFailure; readonly detail: number | null }
  | { readonly phase: 'open'; readonly run: OpenedRun };

const OPENING: SharedRunState = { phase: 'opening', received: 0, total: 0 };

interface Address {
  readonly key: string;
  readonly step: number | null;
}

/** What is wrong with the address before anything is asked of the server; else the address. */
function readLocation(): Address | OpenFailure {
  const { hash, search } = window.location;
  if (hash.replace('#', '') === '') return 'no-key';
  const key = keyOfFragment(hash);
  return key === null ? 'bad-link' : { key, step: stepOfQuery(search) };
}

async function open(id: string, address: Address, signal: AbortSignal, onProgress: (r: number, t: number) => void) {
  const share = await openShare({ id, key: address.key }, { signal, onProgress });
  const { trajectory, images } = share;
  const lookedAt = await openLookedAt(trajectory, images);
  if (address.step !== null) lookedAt.session.actions.goTo(address.step);
  return { ...lookedAt, share, key: address.key, view: createView(lookedAt.session) };
}

export interface SharedRunOpening {
  readonly state: SharedRunState;
  readonly retry: () => void;
  /** The person pressed for it: what comes next takes the focus that the press had. */
  readonly retried: boolean;
}

export function useSharedRun(id: string): SharedRunOpening {
  const [state, setState] = useState<SharedRunState>(OPENING);
  const [attempt, setAttempt] = useState(0);
  const [retried, setRetried] = useState(false);
  const again = useCallback(() => {
    setState(OPENING);
    setAttempt((count) => count + 1);
  }, []);
  const retry = useCallback(() => {
    setRetried(true);
    again();
  }, [again]);

  useEffect(() => {
    window.addEventListener('hashchange', again);
    return () => window.removeEventListener('hashchange', again);
  }, [again]);

  useEffect(() => {
    const abort = new AbortController();
    let opened: OpenedRun | null = null;
    const start = async () => {
      const address = readLocation();
      if (typeof address === 'string') return setState({ phase: 'failed', code: address, detail: null });
      try {
        const run = await open(id, address, abort.signal, (received, total) => {
          if (!abort.signal.aborted) setState({ phase: 'opening', received, total });
        });
        if (abort.signal.aborted) return run.close();
        opened = run;
        setState({ phase: 'open', run });
      } catch (cause) {
        if (abort.signal.aborted) return;
        const { code, detail } = asShareError(cause);
        setState({ phase: 'failed', code: openFailureOf(code, window.location.protocol), detail });
      }
    };
    void start();
    return () => {
      abort.abort();
      opened?.close();
    };
  }, [id, attempt]);

  return { state, retry, retried };
}
