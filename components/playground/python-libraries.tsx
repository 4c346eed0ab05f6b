'use client';
/** Under the switch for code: which libraries it finds, and the way to the real ones, from where they are said to come and how large they are. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { useSettingsWords } from '@/lib/words/settings';

type State =
  | { readonly kind: 'unknown' | 'small' | 'full' | 'failed' }
  | { readonly kind: 'going'; readonly done: number; readonly of: number };

interface Place {
  readonly address: string;
  readonly megabytes: number;
}

const BYTES_IN_MEGABYTE = 1e6;

const loadPython = () => import('@/lib/python');

/** Where the operator has them, else where Pyodide itself does. */
async function placeOf(): Promise<Place> {
  const { ABOUT_BYTES, OFFICIAL_ADDRESS } = await loadPython();
  const told = await fetch('/api/python')
    .then((answer) => answer.json() as Promise<{ address: string | null }>)
    .catch(() => ({ address: null }));
  return { address: told.address ?? OFFICIAL_ADDRESS, megabytes: Math.round(ABOUT_BYTES / BYTES_IN_MEGABYTE) };
}

const hostOf = (address: string): string => new URL(address, location.href).host;

export function PythonLibraries(): ReactNode {
  const words = useSettingsWords().libraries;
  const [state, setState] = useState<State>({ kind: 'unknown' });
  const [place, setPlace] = useState<Place | null>(null);
  const going = useRef<AbortController | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    void loadPython()
      .then(({ keptLibraries }) => keptLibraries(abort.signal))
      .then(
        (kept) => setState({ kind: kept ? 'full' : 'small' }),
        () => setState({ kind: 'small' }),
      );
    void placeOf().then(setPlace);
    return () => {
      abort.abort();
      going.current?.abort();
    };
  }, []);

  const get = async (address: string) => {
    const abort = new AbortController();
    going.current = abort;
    setState({ kind: 'going', done: 0, of: 0 });
    try {
      const { fetchLibraries } = await loadPython();
      await fetchLibraries({
        address,
        signal: abort.signal,
        onProgress: (done, of) => setState({ kind: 'going', done, of }),
      });
      setState({ kind: 'full' });
    } catch {
      setState({ kind: abort.signal.aborted ? 'small' : 'failed' });
    }
  };

  const remove = async () => {
    await (await loadPython()).forgetLibraries();
    setState({ kind: 'small' });
  };

  if (state.kind === 'unknown' || place === null) return null;
  return (
    <div className="space-y-2 pb-3 text-small text-ink-soft">
      {state.kind === 'full' ? (
        <div className="flex items-center justify-between gap-3">
          <p>{words.here}</p>
          <Button size="small" onClick={() => void remove()}>
            {words.remove}
          </Button>
        </div>
      ) : state.kind === 'going' ? (
        <div className="flex items-center justify-between gap-3">
          <p role="status">{words.going({ done: state.done, of: state.of })}</p>
          <Button size="small" onClick={() => going.current?.abort()}>
            {words.stop}
          </Button>
        </div>
      ) : (
        <>
          <p>{words.about({ megabytes: place.megabytes, host: hostOf(place.address) })}</p>
          {state.kind === 'failed' && <p role="alert">{words.failed}</p>}
          <Button size="small" onClick={() => void get(place.address)}>
            {words.get}
          </Button>
        </>
      )}
    </div>
  );
}
