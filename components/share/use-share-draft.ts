'use client';
/**
 * A share in the making: what the server takes, what would leave (packed anew for every change of the options, so that the
 * size shown is the size sent), the upload and its end. Everything stops when the dialog that uses it goes away.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import {
  deleteShare,
  packShare,
  readShareLimits,
  uploadShare,
  type OwnShare,
  type PackedShare,
  type ShareError,
  type ShareExpiry,
  type ShareLimits,
  type ShareSource,
} from '@/lib/share';
import { asShareError } from './as-share-error';
import { ownShares } from './use-own-shares';

export interface ShareChoice {
  readonly includeImage: boolean;
  readonly upTo: number | null;
  readonly includeBeside: boolean;
  readonly expiry: ShareExpiry;
  /** Null: the link is enough. */
  readonly password: string | null;
  readonly once: boolean;
}

/** What guessing begins to cost; a few words are better. */
export const MIN_PASSWORD_LETTERS = 8;

export type Progress =
  | { readonly phase: 'choosing' }
  | { readonly phase: 'sending'; readonly sent: number; readonly total: number }
  | { readonly phase: 'done'; readonly own: OwnShare; readonly packed: PackedShare }
  | { readonly phase: 'deleting'; readonly own: OwnShare; readonly packed: PackedShare }
  | { readonly phase: 'gone' };

export interface ShareDraft {
  /** Null while the server is being asked. */
  readonly limits: ShareLimits | null;
  readonly choice: ShareChoice;
  readonly choose: (choice: Partial<ShareChoice>) => void;
  /** What would leave with these options; null while it is packed or where it cannot be. */
  readonly packed: PackedShare | null;
  readonly progress: Progress;
  /** The last thing that failed; null after anything that worked. */
  readonly error: ShareError | null;
  /** Asks the server for its limits once more. */
  readonly askAgain: () => void;
  readonly send: () => void;
  readonly cancel: () => void;
  readonly remove: () => void;
}

const USUAL_EXPIRY: ShareExpiry = '30-days';

/** The usual one where the server offers it, else the longest it does. */
function fitExpiry(wanted: ShareExpiry, { expiries }: ShareLimits): ShareExpiry {
  return expiries.includes(wanted) ? wanted : (expiries.at(-1) ?? wanted);
}

interface PackResult {
  readonly key: string;
  readonly packed: PackedShare | null;
  readonly error: ShareError | null;
}

export function useShareDraft(source: ShareSource): ShareDraft {
  const [limits, setLimits] = useState<ShareLimits | null>(null);
  const [choice, setChoice] = useState<ShareChoice>({
    ...{ includeImage: true, upTo: null, includeBeside: source.together === true, expiry: USUAL_EXPIRY },
    ...{ password: null, once: false },
  });
  const [result, setResult] = useState<PackResult | null>(null);
  const [progress, setProgress] = useState<Progress>({ phase: 'choosing' });
  const [error, setError] = useState<ShareError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const sending = useRef<AbortController | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    readShareLimits({ signal: abort.signal }).then(
      (read) => {
        setLimits(read);
        setChoice((now) => ({ ...now, expiry: fitExpiry(now.expiry, read) }));
      },
      (cause: unknown) => {
        if (!abort.signal.aborted) setError(asShareError(cause));
      },
    );
    return () => abort.abort();
  }, [attempt]);

  const { includeImage, upTo, includeBeside, expiry, password, once } = choice;
  const locked = password !== null;
  const key = `${includeImage}/${upTo}/${includeBeside}/${locked}`;
  useEffect(() => {
    const abort = new AbortController();
    packShare(source, { includeImage, upTo, includeBeside, locked }, abort.signal).then(
      (packed) => setResult({ key, packed, error: null }),
      (cause: unknown) => {
        if (!abort.signal.aborted) setResult({ key, packed: null, error: asShareError(cause) });
      },
    );
    return () => abort.abort();
  }, [source, includeImage, upTo, includeBeside, locked, key]);

  useEffect(() => () => sending.current?.abort(), []);

  const current = result?.key === key ? result : null;
  const packed = current?.packed ?? null;

  const send = useCallback(() => {
    if (!packed || sending.current) return;
    const abort = new AbortController();
    sending.current = abort;
    setError(null);
    setProgress({ phase: 'sending', sent: 0, total: packed.bytes });
    uploadShare(packed, {
      ...{ expiry, password, once },
      signal: abort.signal,
      onProgress: (sent, total) => {
        if (!abort.signal.aborted) setProgress({ phase: 'sending', sent, total });
      },
    })
      .then(
        (own) => {
          // First of all, kept: its delete token exists nowhere else.
          ownShares().add(own);
          setProgress({ phase: 'done', own, packed });
        },
        (cause: unknown) => {
          setProgress({ phase: 'choosing' });
          if (!abort.signal.aborted) setError(asShareError(cause));
        },
      )
      .finally(() => {
        sending.current = null;
      });
  }, [packed, expiry, password, once]);

  const remove = useCallback(() => {
    if (progress.phase !== 'done') return;
    const { own } = progress;
    setError(null);
    setProgress({ ...progress, phase: 'deleting' });
    deleteShare(own).then(
      () => {
        ownShares().remove(own.id);
        setProgress({ phase: 'gone' });
      },
      (cause: unknown) => {
        setError(asShareError(cause));
        setProgress(progress);
      },
    );
  }, [progress]);

  return {
    limits,
    choice,
    choose: (change) => {
      setError(null);
      setChoice((now) => ({ ...now, ...change }));
    },
    packed,
    progress,
    error: error ?? current?.error ?? null,
    askAgain: () => {
      setError(null);
      setAttempt((count) => count + 1);
    },
    send,
    cancel: () => sending.current?.abort(),
    remove,
  };
}
