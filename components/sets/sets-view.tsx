'use client';
/** The page of sets: what is open in this tab, from the asking to the run that is looked at. What it is at stands in the address. */
import { FileQuestion, LoaderCircle } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { useFormatsWords } from '@/lib/words/formats';
import { EmptySets } from './empty-sets';
import { OneRun } from './one-run';
import { OwnRuns } from './own-runs';
import { SetTable } from './set-table-page';
import { closeSet, openAddress, stopReading, useSetState, type SetState } from './set-store';
import { useSetAddress } from './use-set-address';

/** @param banner what went wrong, where the page says such things */
export function SetsView({ banner }: { readonly banner: ReactNode }) {
  const state = useSetState();
  const place = useSetAddress();
  const [seen, setSeen] = useState<string | null>(null);
  const single = state.phase === 'open' && state.rows.length === 1 && state.files.length === 1;
  if (single && seen !== state.id) {
    return (
      <Centered banner={banner}>
        <OneRun state={state} onSet={() => setSeen(state.id)} />
      </Centered>
    );
  }
  const own = state.phase === 'open' && state.rows.length > 1 && state.files.every(({ format }) => format === 'loupe');
  if (own && seen !== state.id) {
    return (
      <Centered banner={banner}>
        <OwnRuns count={state.rows.length} onSet={() => setSeen(state.id)} />
      </Centered>
    );
  }
  if (state.rows.length > 0) return <SetTable key={state.id} state={state} place={place} banner={banner} />;
  return (
    <Centered banner={banner}>
      <Before state={state} />
    </Centered>
  );
}

function Centered({ banner, children }: { readonly banner: ReactNode; readonly children: ReactNode }) {
  return (
    <main className="mx-auto flex w-full max-w-[44rem] min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-4 py-10 tablet:px-6">
      {banner}
      {children}
    </main>
  );
}

function Before({ state }: { readonly state: SetState }) {
  const { page: words } = useFormatsWords();
  switch (state.phase) {
    case 'empty':
    case 'stopped':
      return <EmptySets />;
    case 'asking':
      return <Ask address={state.address ?? ''} />;
    case 'fetching':
      return <Going title={words.fetching(hostOf(state.address ?? ''))} progress={state.progress} />;
    case 'reading':
      return <Going title={words.opening(state.name)} progress={state.progress} />;
    case 'failed':
      return (
        <>
          <Explained title={words.nothing.title} text={state.problem ? words.failed[state.problem] : ''} />
          <EmptySets quiet />
        </>
      );
    case 'open':
      return <Nothing state={state} />;
    default:
      return state.phase satisfies never;
  }
}

function hostOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

function Ask({ address }: { readonly address: string }) {
  const { page: words } = useFormatsWords();
  const host = hostOf(address);
  return (
    <section aria-labelledby="ask-heading" className="flex flex-col gap-4">
      <h1 id="ask-heading" className="font-serif text-display">
        {words.ask.title(host)}
      </h1>
      <p className="rounded-m bg-sunken px-3 py-2 font-mono text-small break-all text-ink-soft">{address}</p>
      <p className="text-body text-ink-soft">{words.ask.about(host)}</p>
      <div className="flex gap-2">
        <Button weight="primary" onClick={() => void openAddress(address)}>
          {words.ask.open}
        </Button>
        <Button onClick={closeSet}>{words.ask.cancel}</Button>
      </div>
    </section>
  );
}

function Going({ title, progress }: { readonly title: string; readonly progress: number | null }) {
  const { page: words } = useFormatsWords();
  return (
    <section aria-live="polite" className="flex flex-col gap-4">
      <h1 className="flex items-center gap-3 font-serif text-title">
        <LoaderCircle size={20} aria-hidden className="animate-spin text-accent" />
        {title}
      </h1>
      <progress
        aria-label={title}
        max={1}
        {...(progress !== null && { value: progress })}
        className="h-1.5 w-full overflow-hidden rounded-full accent-accent"
      />
      <div>
        <Button onClick={stopReading}>{words.stop}</Button>
      </div>
    </section>
  );
}

function Explained({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <section className="flex flex-col gap-2">
      <h1 className="flex items-center gap-3 font-serif text-title">
        <FileQuestion size={22} aria-hidden className="text-ink-faint" />
        {title}
      </h1>
      <p role="alert" className="text-body text-ink-soft">
        {text}
      </p>
    </section>
  );
}

/** So many files are named; the rest are counted. */
const NAMED = 8;

function Nothing({ state }: { readonly state: SetState }) {
  const { page: words } = useFormatsWords();
  return (
    <>
      <Explained title={words.nothing.title} text={words.nothing.about} />
      <ul className="flex flex-col gap-1.5 text-small">
        {state.unread.slice(0, NAMED).map(({ path, problem, keys }) => (
          <li key={path}>
            <span className="font-medium wrap-anywhere">{path}</span>{' '}
            <span className="text-ink-soft">
              {words.unread[problem]} {keys && keys.length > 0 ? words.nothing.keys(keys) : ''}
            </span>
          </li>
        ))}
        {state.unread.length > NAMED ? <li>{words.nothing.more(state.unread.length - NAMED)}</li> : null}
      </ul>
      <EmptySets quiet />
    </>
  );
}
