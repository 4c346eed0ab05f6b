'use client';
/**
 * The set, its filter, the row and the step in the address: `/set?open=<url>` or `/set?set=<id>`, with `beside-open` or `beside` what is laid
 * beside it, and what of it is shown. On load, and on back
 * and forward, the address is what counts; a row is a new entry of the browser's history, all else changes the current one.
 */
import { useCallback, useEffect, useState } from 'react';
import { readPlace, writePlace, type SetPlace } from './arrange-rows';
import { besideSet, mainSet, useSetState, type SetState } from './set-store';

export interface Placed {
  readonly place: SetPlace;
  readonly change: (change: Partial<SetPlace>) => void;
}

const namesOf = (of: string, { kept, address }: Pick<SetState, 'kept' | 'address'>): string =>
  kept !== null
    ? `${of === '' ? 'set' : of}=${kept}`
    : address !== null
      ? `${of === '' ? '' : `${of}-`}open=${encodeURIComponent(address)}`
      : '';

const search = () => (typeof window === 'undefined' ? '' : window.location.search);

const namesSet = (given: string): boolean => /[?&](set|open)=/.test(given);

export function useSetAddress(): Placed {
  const { id, kept, address } = useSetState();
  const { kept: besideKept, address: besideAddress } = useSetState(besideSet);
  // Without a set that it names, an address tells of one that is gone.
  const [place, setPlace] = useState<SetPlace>(() => readPlace(namesSet(search()) || id !== '' ? search() : ''));
  const [of, setOf] = useState(id);
  if (of !== id) {
    setOf(id);
    // Another set begins with all of its rows; the first one where its address says.
    if (of !== '') setPlace(readPlace(''));
  }

  useEffect(() => {
    const follow = (event?: PopStateEvent) => {
      const given = new URLSearchParams(search());
      const [set, open] = [given.get('set'), given.get('open')];
      const now = mainSet.getSetState();
      if (open !== null && now.address !== open) mainSet.askAddress(open);
      else if (set !== null && now.kept !== set) void mainSet.openKept(set);
      const [beside, besideOpen] = [given.get('beside'), given.get('beside-open')];
      const other = besideSet.getSetState();
      if (besideOpen !== null && other.address !== besideOpen) besideSet.askAddress(besideOpen);
      else if (beside !== null && other.kept !== beside) void besideSet.openKept(beside);
      else if (event && beside === null && besideOpen === null && namesOf('beside', other) !== '') besideSet.closeSet();
      setPlace(readPlace(search()));
    };
    follow();
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  useEffect(() => {
    const names = [namesOf('', { kept, address }), namesOf('beside', { kept: besideKept, address: besideAddress })];
    const base = names.filter((name) => name !== '').join('&');
    // Until it is there, the address says more than the page knows.
    if (base === '' && mainSet.getSetState().phase === 'empty') return;
    const written = window.location.pathname + writePlace(base, place);
    if (written === window.location.pathname + search()) return;
    const before = readPlace(search());
    if (before.row === place.row) window.history.replaceState(window.history.state, '', written);
    else window.history.pushState(null, '', written);
  }, [kept, address, besideKept, besideAddress, place]);

  const change = useCallback((patch: Partial<SetPlace>) => setPlace((now) => ({ ...now, ...patch })), []);
  return { place, change };
}
