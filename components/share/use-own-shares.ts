'use client';
/** The list of one's own shares, live in this tab and across tabs. */
import { useSyncExternalStore } from 'react';
import { openOwnShares, type OwnShare, type OwnShares } from '@/lib/share';

let opened: OwnShares | null = null;

/** One a page: the library reads it from the browser's storage. */
export function ownShares(): OwnShares {
  opened ??= openOwnShares();
  return opened;
}

const NONE: readonly OwnShare[] = [];

export function useOwnShares(): readonly OwnShare[] {
  return useSyncExternalStore(
    (listener) => ownShares().subscribe(listener),
    () => ownShares().list(),
    () => NONE,
  );
}

/** Whether this browser keeps the way to delete that share beyond this tab. */
export function useIsKept(id: string): boolean {
  return useSyncExternalStore(
    (listener) => ownShares().subscribe(listener),
    () => ownShares().isKept(id),
    () => true,
  );
}
