'use client';
/** Two sets side by side, by question: what one got right and the other wrong. A pair opens as both its runs. */
import { Save, X } from 'lucide-react';
import { useDeferredValue, useMemo, type ReactNode } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { lazyView } from '@/components/ui/lazy-view';
import { shareOf, type PairOutcome } from '@/lib/sets';
import { useFormatsWords } from '@/lib/words/formats';
import { arrangePairs, countPairs, pairRows } from './arrange-pairs';
import { Ask, Explained, Going } from './before-set';
import { PairList } from './pair-list';
import { besideSet, mainSet, type SetState } from './set-store';
import type { Placed } from './use-set-address';
import { WordsField } from './words-field';

const PairPlayer = lazyView(
  () => import('./pair-player').then((module) => module.PairPlayer),
  <main aria-busy className="flex-1 bg-sunken" />,
);

interface PairPageProps {
  readonly left: SetState;
  readonly right: SetState;
  readonly place: Placed;
  readonly banner: ReactNode;
}

const OUTCOMES: readonly PairOutcome[] = ['left-only', 'right-only', 'both-right', 'both-wrong', 'unknown'];

export function PairPage({ left, right, place: { place, change }, banner }: PairPageProps) {
  const { page } = useFormatsWords();
  const words = page.pairs;
  const pairs = useMemo(() => pairRows(left.rows, right.rows), [left.rows, right.rows]);
  const counts = useMemo(() => countPairs(pairs), [pairs]);
  const text = useDeferredValue(place.filter.words);
  const shown = useMemo(() => arrangePairs(pairs, place.pair, text), [pairs, place.pair, text]);
  const open = (row: number | null) => change({ row, step: null });
  const end = () => {
    besideSet.closeSet();
    change({ row: null, step: null, pair: null });
  };
  const waits = right.phase !== 'open' && right.rows.length === 0;
  const pair = place.row === null ? undefined : pairs[place.row];

  return (
    <>
      {pair ? <PairPlayer left={left} right={right} pair={pair} shown={shown} onOpen={open} /> : null}
      <main hidden={pair !== undefined} className="flex min-h-0 w-full flex-1 flex-col [&[hidden]]:hidden">
        <div className="flex flex-col gap-3 px-4 pt-4 pb-3 tablet:px-6">
          {banner}
          <div className="flex items-start justify-between gap-4">
            <h1 className="sr-only">{words.title(left.name, right.name)}</h1>
            <div className="grid min-w-0 flex-1 gap-x-6 gap-y-1 tablet:grid-cols-2">
              <SetName side={words.left} state={left} />
              <SetName side={words.right} state={right} />
            </div>
            <div className="flex shrink-0 items-center gap-1">
              <KeepBoth left={left} right={right} />
              <IconButton label={words.close} icon={<X size={17} aria-hidden />} onClick={end} />
            </div>
          </div>
          {waits ? <Waiting state={right} onEnd={end} /> : null}
          {waits ? null : (
            <div className="flex flex-wrap items-center gap-2">
              <WordsField
                value={place.filter.words}
                onChange={(value) => change({ filter: { ...place.filter, words: value } })}
              />
              <ul aria-label={words.outcomes} className="flex flex-wrap gap-1.5">
                {OUTCOMES.map((outcome) => (
                  <li key={outcome}>
                    <button
                      type="button"
                      aria-pressed={place.pair === outcome}
                      disabled={counts[outcome] === 0}
                      onClick={() => change({ pair: place.pair === outcome ? null : outcome })}
                      className="flex h-9 items-center gap-2 rounded-full border border-line-strong px-3 text-small enabled:hover:bg-hover disabled:text-ink-faint aria-pressed:border-accent aria-pressed:bg-accent-wash"
                    >
                      {words.outcome[outcome]}
                      <span className="tabular font-medium">{counts[outcome]}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
        {waits ? null : shown.length === 0 ? (
          <p className="border-t border-line px-6 py-8 text-ink-soft">
            {pairs.length === 0 ? words.none : page.filter.nothing}
          </p>
        ) : (
          <PairList pairs={shown} onOpen={open} />
        )}
      </main>
    </>
  );
}

function SetName({ side, state }: { readonly side: string; readonly state: SetState }) {
  const { page } = useFormatsWords();
  const share = useMemo(
    () => shareOf(state.rows.flatMap((row) => (row.problem === undefined ? [row.facts] : []))),
    [state.rows],
  );
  return (
    <div className="min-w-0">
      <p className="text-small text-ink-faint">{side}</p>
      <h2 className="truncate font-serif text-lead font-medium">{state.name || page.untitled}</h2>
      <p className="tabular text-small text-ink-soft" aria-live="polite">
        {page.head.shown(state.rows.length, state.rows.length)}
        {share.accuracy === null ? '' : ` · ${page.pairs.accuracy(share.right, share.n, share.accuracy)}`}
      </p>
    </div>
  );
}

/** So that the address names both. */
function KeepBoth({ left, right }: Pick<PairPageProps, 'left' | 'right'>) {
  const { page: words } = useFormatsWords();
  const unnamed = (
    [
      [left, mainSet],
      [right, besideSet],
    ] as const
  ).filter(([{ kept, address, phase }]) => kept === null && address === null && phase === 'open');
  const failed = left.problem === 'not-kept' || right.problem === 'not-kept';
  if (unnamed.length === 0) return null;
  return (
    <Button
      size="small"
      weight="quiet"
      title={failed ? words.failed['not-kept'] : words.pairs.keepAbout}
      className={classNames(failed && 'text-caution')}
      onClick={() => unnamed.forEach(([, store]) => void store.keepSet())}
    >
      <Save size={15} aria-hidden />
      <span className="max-tablet:sr-only">{failed ? words.failed['not-kept'] : words.pairs.keep}</span>
    </Button>
  );
}

function Waiting({ state, onEnd }: { readonly state: SetState; readonly onEnd: () => void }) {
  const { page: words } = useFormatsWords();
  if (state.phase === 'asking') return <Ask store={besideSet} address={state.address ?? ''} />;
  if (state.phase === 'fetching' || state.phase === 'reading') return <Going store={besideSet} state={state} />;
  return (
    <div className="flex flex-col items-start gap-3">
      <Explained title={words.nothing.title} text={state.problem ? words.failed[state.problem] : words.nothing.about} />
      <Button onClick={onEnd}>{words.pairs.close}</Button>
    </div>
  );
}
