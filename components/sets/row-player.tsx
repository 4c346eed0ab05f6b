'use client';
/** A row of the set in the player: the same canvas, steps and words as any run. `n` and `p` go to the next and the previous row shown. */
import { Download, LibraryBig } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { KeyHelp, PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { useExporting } from '@/components/export';
import { Button, IconButton } from '@/components/ui/button';
import { lazyView } from '@/components/ui/lazy-view';
import type { Note, OpenedRow, ReadRow, SetRow } from '@/lib/formats';
import { PlayerProvider, usePlayerStore, useView, useViewActions } from '@/lib/player';
import { useSessionActions } from '@/lib/session';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import { useOpenedRow } from './opened-row';
import { RowFacts } from './row-facts';
import { RowHead } from './row-head';
import { firstLine } from './row-list';
import { scopesOfRow } from './rows-to-export';
import { runFile } from './run-file';
import { mainSet, type SetState } from './set-store';

const CanvasView = lazyView(() => import('@/components/canvas').then((module) => module.CanvasView));
const RunReview = lazyView(() => import('@/components/review').then((module) => module.RunReview));
const KeptLenses = lazyView(() => import('@/components/lenses').then((module) => module.KeptLenses));
const Sheet = lazyView(() => import('@/components/ui/sheet').then((module) => module.Sheet));

interface RowPlayerProps {
  readonly state: SetState;
  readonly index: number;
  readonly step: number | null;
  /** The rows among which one goes on. */
  readonly shown: readonly SetRow[];
  readonly onOpen: (row: number | null) => void;
  readonly onStep: (step: number) => void;
}

export function RowPlayer({ state, index, step, shown, onOpen, onStep }: RowPlayerProps) {
  const { page, problems } = useFormatsWords();
  const words = page.player;
  const row = state.rows[index];
  const opened = useOpenedRow(mainSet, state, index, step);
  const exporting = useExporting();
  if (!row) return null;
  return (
    <section
      aria-label={words.label(row.problem === undefined ? firstLine(row.facts.question) : '')}
      className="flex min-h-0 flex-1 flex-col"
    >
      <RowHead
        {...{ index, shown, onOpen }}
        title={
          <span className="min-w-0 flex-1 truncate text-center text-small max-tablet:hidden">
            {row.problem === undefined ? firstLine(row.facts.question) : state.name}
          </span>
        }
      >
        {row.problem === undefined ? (
          <IconButton
            label={page.head.export}
            icon={<Download size={16} aria-hidden />}
            onClick={() => exporting.begin(scopesOfRow(state.rows, row))}
          />
        ) : null}
        {opened && 'player' in opened ? <KeepButton key={opened.of} opened={opened} /> : null}
      </RowHead>
      {exporting.sheet}
      {opened === null ? <main aria-busy className="flex-1 bg-sunken" /> : null}
      {opened && 'problem' in opened ? (
        <p role="alert" className="m-6 rounded-m bg-caution-wash px-4 py-3">
          {say(problems, opened.problem)}
        </p>
      ) : null}
      {opened && 'player' in opened && row.problem === undefined ? (
        <PlayerProvider player={opened.player}>
          <Shown row={row} notes={opened.notes} onStep={onStep} />
        </PlayerProvider>
      ) : null}
    </section>
  );
}

/** A copy in the library, to be asked on, shared and exported like any run. */
function KeepButton({ opened }: { readonly opened: Pick<Extract<OpenedRow, { run: unknown }>, 'run' | 'files'> }) {
  const { page } = useFormatsWords();
  const { importFiles } = useSessionActions();
  const [kept, setKept] = useState(false);
  const keep = async () => {
    const report = await importFiles([await runFile(opened.run, opened.files)]);
    setKept(report !== null && report.problems.length === 0);
  };
  return (
    <Button size="small" weight="quiet" disabled={kept} onClick={() => void keep()}>
      <LibraryBig size={15} aria-hidden />
      <span className="max-tablet:sr-only">{kept ? page.player.copied : page.player.keep}</span>
    </Button>
  );
}

const WRITE_EVERY_MS = 250;

interface ShownProps {
  readonly row: ReadRow;
  readonly notes: readonly Note[];
  readonly onStep: (step: number) => void;
}

function Shown({ row, notes, onStep }: ShownProps): ReactNode {
  const { page } = useFormatsWords();
  const words = page.player;
  usePlayerKeys();
  useStepInAddress(onStep);
  return (
    <main className="grid min-h-0 flex-1 grid-rows-[minmax(15rem,45dvh)_minmax(0,1fr)] desk:grid-cols-[minmax(0,1fr)_minmax(24rem,30rem)] desk:grid-rows-1">
      <h1 className="sr-only">{words.label(firstLine(row.facts.question))}</h1>
      <section aria-label={words.picture} className="flex min-h-0 min-w-0 flex-col bg-sunken">
        <div className="relative min-h-0 flex-1">
          <CanvasView />
        </div>
        <PlayerBar className="border-t border-line bg-surface px-2 py-1.5 tablet:px-4" />
      </section>
      <section
        aria-label={words.words}
        className="min-h-0 min-w-0 overflow-y-auto overscroll-contain border-t border-line bg-surface px-4 desk:border-t-0 desk:border-l desk:px-6"
      >
        <RowFacts row={row} notes={notes} />
        <TrajectoryPanel
          review={
            <>
              <RunReview />
              <KeptLenses />
            </>
          }
        />
      </section>
      <Keys />
    </main>
  );
}

function useStepInAddress(onStep: (step: number) => void): void {
  const player = usePlayerStore();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const unsubscribe = player.subscribe((now, before) => {
      if (now.cursor === before.cursor) return;
      timer ??= setTimeout(() => {
        timer = null;
        onStep(player.getState().cursor);
      }, WRITE_EVERY_MS);
    });
    return () => {
      unsubscribe();
      if (timer !== null) clearTimeout(timer);
    };
  }, [player, onStep]);
}

function Keys() {
  const { page } = useFormatsWords();
  const help = useView((view) => view.help);
  const { setHelp } = useViewActions();
  if (!help) return null;
  return (
    <Sheet open={help} onOpenChange={setHelp} title={page.player.keys} place="centre">
      <KeyHelp />
      <p className="mt-5 text-small text-ink-faint">{page.player.rowKeys}</p>
    </Sheet>
  );
}
