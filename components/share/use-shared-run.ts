'use client';
/**
 * Opens the share that the address names, again when the key in the address changes. The key is read from the fragment and
 * stays there, so that reloading and copying the address keep working.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { openLookedAt, type LookedAt } from '@/lib/player';
import {
  findShare,
  parseShareLink,
  type FoundShare,
  type OpenOptions,
  type ShareAddress,
  type SharedRun,
} from '@/lib/share';
import { asShareError } from './as-share-error';
import { isWorthRetrying, openFailureOf, type Failure, type OpenFailure } from './failures';

export interface OpenedRun extends LookedAt {
  readonly share: SharedRun;
  readonly key: string;
  /** It was deleted from the server when it was opened. */
  readonly once: boolean;
}

type Problem = Failure<OpenFailure>;

/** Something has to be done before it opens. */
export interface Gate {
  readonly found: FoundShare;
  /** Why it did not open when it was tried. */
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly received: number;
  readonly total: number;
}

export type SharedRunState =
  | { readonly phase: 'opening'; readonly received: number; readonly total: number }
  | ({ readonly phase: 'failed' } & Problem)
  | { readonly phase: 'gate'; readonly gate: Gate }
  | { readonly phase: 'open'; readonly run: OpenedRun };

const OPENING: SharedRunState = { phase: 'opening', received: 0, total: 0 };

/** What is wrong with the address before anything is asked of the server; else the address. */
function readLocation(): ShareAddress | OpenFailure {
  const { hash, href, pathname, search } = window.location;
  const address = parseShareLink(href);
  if (address === null) return hash.replace('#', '') === '' && !/%23/.test(pathname + search) ? 'no-key' : 'bad-link';
  // A key that came with the path goes back behind the #, where neither a reload nor a copy shows it to a server.
  if (/%23/.test(pathname + search)) {
    const page = /^\/[te]\//.exec(pathname)?.[0] ?? '/t/';
    const query = address.step === null ? '' : `?step=${address.step}`;
    window.history.replaceState(window.history.state, '', `${page}${address.id}${query}#${address.key}`);
  }
  return address;
}

async function show(found: FoundShare, address: ShareAddress, password: string | null, options: OpenOptions) {
  const share = await found.open(password, options);
  const { trajectory, images } = share;
  const lookedAt = await openLookedAt(trajectory, images);
  // The question stands alone at first, unless the link names a step.
  lookedAt.player.actions.move(address.step ?? 0);
  return { ...lookedAt, share, key: address.key, once: found.once };
}

export interface SharedRunOpening {
  readonly state: SharedRunState;
  readonly retry: () => void;
  /** Past the gate; the password where one is asked for. */
  readonly enter: (password: string | null) => void;
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

  const enter = useRef<(password: string | null) => void>(() => undefined);

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    let opened: OpenedRun | null = null;
    const problemOf = (cause: unknown): Problem => {
      const { code, detail } = asShareError(cause);
      return { code: openFailureOf(code, window.location.protocol), detail };
    };
    const fail = (cause: unknown): void => {
      if (!signal.aborted) setState({ phase: 'failed', ...problemOf(cause) });
    };
    const finish = (run: OpenedRun): void => {
      if (signal.aborted) return run.close();
      opened = run;
      setState({ phase: 'open', run });
    };
    const progress = (receiving: (received: number, total: number) => SharedRunState): OpenOptions => ({
      signal,
      onProgress: (received, total) => {
        if (!signal.aborted) setState(receiving(received, total));
      },
    });

    const stopAt = (found: FoundShare, address: ShareAddress): void => {
      const gate: Gate = { found, problem: null, busy: false, received: 0, total: 0 };
      const busy = { ...gate, busy: true };
      enter.current = (password) => {
        setState({ phase: 'gate', gate: busy });
        const options = progress((received, total) => ({ phase: 'gate', gate: { ...busy, received, total } }));
        show(found, address, password, options).then(finish, (cause: unknown) => {
          const problem = problemOf(cause);
          const again = problem.code === 'wrong-password' || isWorthRetrying(problem.code);
          if (!again) fail(cause);
          else if (!signal.aborted) setState({ phase: 'gate', gate: { ...gate, problem } });
        });
      };
      setState({ phase: 'gate', gate });
    };

    const start = async (): Promise<void> => {
      const address = readLocation();
      if (typeof address === 'string') return setState({ phase: 'failed', code: address, detail: null });
      const options = progress((received, total) => ({ phase: 'opening', received, total }));
      const found = await findShare(address, options);
      if (signal.aborted) return;
      if (found.locked || found.once) stopAt(found, address);
      else finish(await show(found, address, null, options));
    };
    start().catch(fail);
    return () => {
      abort.abort();
      opened?.close();
    };
  }, [id, attempt]);

  return { state, retry, retried, enter: useCallback((password) => enter.current(password), []) };
}
