'use client';
/** Both runs of a pair: side by side on one cursor, as any two runs are; alone where the other set does not have it, or it cannot be read. */
import { Columns2 } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { lazyView } from '@/components/ui/lazy-view';
import type { Note, ReadRow } from '@/lib/formats';
import { PlayerProvider } from '@/lib/player';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import type { RowPair } from './arrange-pairs';
import { useOpenedRow, type Opened } from './opened-row';
import { rowAddress } from './row-address';
import { RowFacts } from './row-facts';
import { RowHead } from './row-head';
import { firstLine } from './row-list';
import { besideSet, mainSet, type SetState } from './set-store';

const CanvasView = lazyView(() => import('@/components/canvas').then((module) => module.CanvasView));
const Compared = lazyView(() => import('@/components/compare').then((module) => module.Compared));

interface PairPlayerProps {
  readonly left: SetState;
  readonly right: SetState;
  readonly pair: RowPair;
  /** The pairs among which one goes on. */
  readonly shown: readonly RowPair[];
  readonly onOpen: (pair: number | null) => void;
}

export function PairPlayer({ left, right, pair, shown, onOpen }: PairPlayerProps): ReactNode {
  const { page } = useFormatsWords();
  const question = firstLine((pair.left ?? pair.right)?.facts.question ?? '');
  const both = pair.left && pair.right ? ([pair.left, pair.right] as const) : null;
  return (
    <section aria-label={page.pairs.pair(question)} className="flex min-h-0 flex-1 flex-col">
      <RowHead
        {...{ index: pair.index, shown, onOpen }}
        title={<h1 className="min-w-0 flex-1 truncate text-center text-small max-tablet:sr-only">{question}</h1>}
      >
        {both ? <OwnAddress left={rowAddress(left, both[0].index)} right={rowAddress(right, both[1].index)} /> : null}
      </RowHead>
      <main className="flex min-h-0 flex-1 flex-col">
        {both ? (
          <Both key={pair.index} {...{ left, right }} rows={both} />
        ) : (
          <Alone key={pair.index} {...{ left, right, pair }} />
        )}
      </main>
    </section>
  );
}

/** The same two on the page of comparisons, by an address that can be handed on; where both sets have a name of their own. */
function OwnAddress({ left, right }: { readonly left: string | null; readonly right: string | null }): ReactNode {
  const { page } = useFormatsWords();
  if (left === null || right === null) return null;
  return (
    <Link
      href={`/compare?a=${encodeURIComponent(left)}&b=${encodeURIComponent(right)}`}
      prefetch={false}
      aria-label={page.pairs.alone}
      title={page.pairs.alone}
      className="flex size-9 items-center justify-center rounded-m text-ink-soft hover:bg-hover touch:size-10"
    >
      <Columns2 size={16} aria-hidden />
    </Link>
  );
}

const nameOf = (side: string, { name }: SetState): string => `${side}: ${name}`;

interface BothProps extends Pick<PairPlayerProps, 'left' | 'right'> {
  readonly rows: readonly [ReadRow, ReadRow];
}

function Both({ left, right, rows: [one, other] }: BothProps): ReactNode {
  const { pairs } = useFormatsWords().page;
  const a = useOpenedRow(mainSet, left, one.index, null);
  const b = useOpenedRow(besideSet, right, other.index, null);
  const names = { a: nameOf(pairs.left, left), b: nameOf(pairs.right, right) };
  if (!a || !b) return <div aria-busy className="flex-1 bg-sunken" />;
  if ('problem' in a || 'problem' in b) {
    return (
      <div className="grid min-h-0 flex-1 gap-px bg-line desk:grid-cols-2">
        <One name={names.a} row={one} opened={a} />
        <One name={names.b} row={other} opened={b} />
      </div>
    );
  }
  const heads = { a: <RowFacts row={one} notes={a.notes} />, b: <RowFacts row={other} notes={b.notes} /> };
  return <Compared key={`${a.run.id} ${b.run.id}`} pair={{ a, b }} kept={false} names={names} heads={heads} />;
}

/** Of a question that only one of the sets has. */
function Alone({ left, right, pair }: Pick<PairPlayerProps, 'left' | 'right' | 'pair'>): ReactNode {
  const { pairs } = useFormatsWords().page;
  const [state, store, side, row] = pair.left
    ? ([left, mainSet, pairs.left, pair.left] as const)
    : ([right, besideSet, pairs.right, pair.right] as const);
  const opened = useOpenedRow(store, state, row?.index ?? -1, null);
  const missing = pair.left ? nameOf(pairs.right, right) : nameOf(pairs.left, left);
  return (
    <div className="grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)] gap-px bg-line desk:grid-cols-2">
      {row && opened ? (
        <One name={nameOf(side, state)} row={row} opened={opened} />
      ) : (
        <div aria-busy className="bg-sunken" />
      )}
      <section aria-label={missing} className="min-w-0 bg-surface">
        <Name name={missing} />
        <p className="px-4 py-6 text-ink-soft">{pairs.missing}</p>
      </section>
    </div>
  );
}

const Name = ({ name }: { readonly name: string }): ReactNode => (
  <h2 className="truncate border-b border-line px-4 py-1.5 text-small font-medium">{name}</h2>
);

interface OneProps {
  readonly name: string;
  readonly row: ReadRow;
  readonly opened: Opened;
}

function One({ name, row, opened }: OneProps): ReactNode {
  const { problems } = useFormatsWords();
  return (
    <section aria-label={name} className="flex min-h-0 min-w-0 flex-col bg-surface">
      <Name name={name} />
      {'problem' in opened ? (
        <p role="alert" className="m-4 rounded-m bg-caution-wash px-4 py-3">
          {say(problems, opened.problem)}
        </p>
      ) : (
        <PlayerProvider player={opened.player}>
          <Shown row={row} notes={opened.notes} />
        </PlayerProvider>
      )}
    </section>
  );
}

function Shown({ row, notes }: { readonly row: ReadRow; readonly notes: readonly Note[] }): ReactNode {
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
