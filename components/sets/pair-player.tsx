'use client';
/** Both runs of a pair, each with a picture, a player and its words; keys move both. */
import { ChevronDown, ChevronUp, List } from 'lucide-react';
import { useState } from 'react';
import { PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { Button, IconButton } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';
import { lazyView } from '@/components/ui/lazy-view';
import { Segmented } from '@/components/ui/segmented';
import type { Note, ReadRow } from '@/lib/formats';
import { PlayerProvider } from '@/lib/player';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import type { RowPair } from './arrange-pairs';
import { useOpenedRow } from './opened-row';
import { RowFacts } from './row-facts';
import { firstLine } from './row-list';
import { useRowKeys } from './use-row-keys';
import { besideSet, mainSet, type SetState, type SetStore } from './set-store';

const CanvasView = lazyView(() => import('@/components/canvas').then((module) => module.CanvasView));

interface PairPlayerProps {
  readonly left: SetState;
  readonly right: SetState;
  readonly pair: RowPair;
  /** The pairs among which one goes on. */
  readonly shown: readonly RowPair[];
  readonly onOpen: (pair: number | null) => void;
}

export function PairPlayer({ left, right, pair, shown, onOpen }: PairPlayerProps) {
  const { page } = useFormatsWords();
  const words = page.player;
  const at = shown.findIndex(({ index }) => index === pair.index);
  const next = shown[at + 1]?.index ?? null;
  const previous = at > 0 ? (shown[at - 1]?.index ?? null) : null;
  const [side, setSide] = useState<'left' | 'right'>('left');
  useRowKeys({ next, previous, onOpen });
  const question = firstLine((pair.left ?? pair.right)?.facts.question ?? '');
  return (
    <section aria-label={page.pairs.pair(question)} className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-2 border-b border-line bg-surface px-2 py-1.5 tablet:px-4">
        <Button size="small" weight="quiet" onClick={() => onOpen(null)}>
          <List size={16} aria-hidden />
          {words.back}
        </Button>
        <span className="tabular shrink-0 text-small text-ink-faint">
          {at < 0 ? '' : words.place(at + 1, shown.length)}
        </span>
        <h1 className="min-w-0 flex-1 truncate text-center text-small max-tablet:sr-only">{question}</h1>
        <span className="ml-auto flex items-center">
          <IconButton
            label={words.previous}
            icon={<ChevronUp size={18} aria-hidden />}
            disabled={previous === null}
            onClick={() => onOpen(previous)}
          />
          <IconButton
            label={words.next}
            icon={<ChevronDown size={18} aria-hidden />}
            disabled={next === null}
            onClick={() => onOpen(next)}
          />
        </span>
      </div>
      <div className="border-b border-line bg-surface px-4 py-2 desk:hidden">
        <Segmented
          legend={page.pairs.shown}
          quiet
          options={[
            { value: 'left', label: page.pairs.left },
            { value: 'right', label: page.pairs.right },
          ]}
          value={side}
          onChange={setSide}
        />
      </div>
      {/* One at a time where two have no room. */}
      <main className="grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)] gap-px bg-line desk:grid-cols-2">
        <Side name={page.pairs.left} store={mainSet} state={left} row={pair.left} away={side !== 'left'} />
        <Side name={page.pairs.right} store={besideSet} state={right} row={pair.right} away={side !== 'right'} />
      </main>
    </section>
  );
}

interface SideProps {
  readonly name: string;
  readonly store: SetStore;
  readonly state: SetState;
  readonly row: ReadRow | null;
  /** Not the one that is shown where there is room for one. */
  readonly away: boolean;
}

function Side({ name, store, state, row, away }: SideProps) {
  const { page } = useFormatsWords();
  return (
    <section
      aria-label={`${name}: ${state.name}`}
      className={classNames('flex min-h-0 min-w-0 flex-col bg-surface', away && 'max-desk:hidden')}
    >
      <h2 className="truncate border-b border-line px-4 py-1.5 text-small">
        <span className="text-ink-faint">{name}</span> <span className="font-medium">{state.name}</span>
      </h2>
      {row ? (
        <Run store={store} state={state} row={row} />
      ) : (
        <p className="px-4 py-6 text-ink-soft">{page.pairs.missing}</p>
      )}
    </section>
  );
}

function Run({ store, state, row }: { readonly store: SetStore; readonly state: SetState; readonly row: ReadRow }) {
  const { problems } = useFormatsWords();
  const opened = useOpenedRow(store, state, row.index, null);
  if (!opened) return <div aria-busy className="min-h-60 flex-1 bg-sunken" />;
  if ('problem' in opened) {
    return (
      <p role="alert" className="m-4 rounded-m bg-caution-wash px-4 py-3">
        {say(problems, opened.problem)}
      </p>
    );
  }
  return (
    <PlayerProvider player={opened.player}>
      <Shown row={row} notes={opened.notes} />
    </PlayerProvider>
  );
}

function Shown({ row, notes }: { readonly row: ReadRow; readonly notes: readonly Note[] }) {
  usePlayerKeys();
  return (
    <div className="grid min-h-0 flex-1 grid-rows-[45%_minmax(0,1fr)]">
      <div className="flex min-h-0 min-w-0 flex-col bg-sunken">
        <div className="relative min-h-0 flex-1">
          <CanvasView />
        </div>
        <PlayerBar className="border-t border-line bg-surface px-2 py-1.5" />
      </div>
      <div className="min-h-0 min-w-0 overflow-y-auto overscroll-contain border-t border-line px-4 py-3">
        <RowFacts row={row} notes={notes} />
        <TrajectoryPanel />
      </div>
    </div>
  );
}
