'use client';
/**
 * The set, its filter, the row and the step in the address: `/set?open=<url>` or `/set?set=<id>`, and what of it is shown. On load, and on back
 * and forward, the address is what counts; a row is a new entry of the browser's history, all else changes the current one.
 */
import { useCallback, useEffect, useState } from 'react';
import { readPlace, writePlace, type SetPlace } from './arrange-rows';
import { askAddress, getSetState, openKept, useSetState } from './set-store';

export interface Placed {
  readonly place: SetPlace;
  readonly change: (change: Partial<SetPlace>) => void;
}

const search = () => (typeof window === 'undefined' ? '' : window.location.search);

const namesSet = (given: string): boolean => /[?&](set|open)=/.test(given);

export function useSetAddress(): Placed {
  const { id, kept, address } = useSetState();
  // Without a set that it names, an address tells of one that is gone.
  const [place, setPlace] = useState<SetPlace>(() => readPlace(namesSet(search()) || id !== '' ? search() : ''));
  const [of, setOf] = useState(id);
  if (of !== id) {
    setOf(id);
    // Another set begins with all of its rows; the first one where its address says.
    if (of !== '') setPlace(readPlace(''));
  }

  useEffect(() => {
    const follow = () => {
      const given = new URLSearchParams(search());
      const [set, open] = [given.get('set'), given.get('open')];
      const now = getSetState();
      if (open !== null && now.address !== open) askAddress(open);
      else if (set !== null && now.kept !== set) void openKept(set);
      setPlace(readPlace(search()));
    };
    follow();
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  useEffect(() => {
    const base = kept !== null ? `set=${kept}` : address !== null ? `open=${encodeURIComponent(address)}` : '';
    // Until it is there, the address says more than the page knows.
    if (base === '' && getSetState().phase === 'empty') return;
    const written = window.location.pathname + writePlace(base, place);
    if (written === window.location.pathname + search()) return;
    const before = readPlace(search());
    if (before.row === place.row) window.history.replaceState(window.history.state, '', written);
    else window.history.pushState(null, '', written);
  }, [kept, address, place]);

  const change = useCallback((patch: Partial<SetPlace>) => setPlace((now) => ({ ...now, ...patch })), []);
  return { place, change };
}
