'use client';
/** The page of sets: what is open in this tab, from the asking to the run that is looked at. What it is at stands in the address. */
import { useState, type ReactNode } from 'react';
import { lazyView } from '@/components/ui/lazy-view';
import { useFormatsWords } from '@/lib/words/formats';
import { Ask, Explained, Going } from './before-set';
import { EmptySets } from './empty-sets';
import { OneRun } from './one-run';
import { OwnRuns } from './own-runs';
import { SetTable } from './set-table-page';
import { besideSet, mainSet, useSetState, type SetState } from './set-store';
import { useSetAddress } from './use-set-address';

const PairPage = lazyView(
  () => import('./pair-page').then((module) => module.PairPage),
  <main aria-busy className="flex-1" />,
);

/** @param banner what went wrong, where the page says such things */
export function SetsView({ banner }: { readonly banner: ReactNode }) {
  const state = useSetState();
  const beside = useSetState(besideSet);
  const place = useSetAddress();
  const [seen, setSeen] = useState<string | null>(null);
  const single = state.phase === 'open' && state.rows.length === 1 && state.files.length === 1;
  if (state.rows.length > 0 && beside.phase !== 'empty')
    return <PairPage left={state} right={beside} place={place} banner={banner} />;
  if (single && seen !== state.id) {
    return (
      <Centered banner={banner}>
        <OneRun state={state} onSet={() => setSeen(state.id)} />
      </Centered>
    );
  }
  const own =
    state.phase === 'open' &&
    state.kept === null &&
    state.rows.length > 1 &&
    state.files.every(({ format }) => format === 'loupe');
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
      return <Ask store={mainSet} address={state.address ?? ''} />;
    case 'fetching':
    case 'reading':
      return <Going store={mainSet} state={state} />;
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
