'use client';
/** A row of the set in the player: the same canvas, steps and words as any run. `n` and `p` go to the next and the previous row shown. */
import { ChevronDown, ChevronUp, LibraryBig, List } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { KeyHelp, PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { Button, IconButton } from '@/components/ui/button';
import { isKeyTaken } from '@/components/ui/key-taken';
import { lazyView } from '@/components/ui/lazy-view';
import type { FormatProblem, Note, OpenedRow, ReadRow, SetRow } from '@/lib/formats';
import { openLookedAt, PlayerProvider, usePlayerStore, useView, useViewActions, type LookedAt } from '@/lib/player';
import { useSessionActions } from '@/lib/session';
import { say } from '@/lib/words';
import { useFormatsWords } from '@/lib/words/formats';
import { firstLine, VerdictMark } from './row-list';
import { runFile } from './run-file';
import { readSetRow, type SetState } from './set-store';

const CanvasView = lazyView(() => import('@/components/canvas').then((module) => module.CanvasView));
const RunReview = lazyView(() => import('@/components/review').then((module) => module.RunReview));
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
  const opened = useOpenedRow(state, index, step);
  const at = shown.findIndex((one) => one.index === index);
  const next = shown[at + 1]?.index ?? null;
  const previous = at > 0 ? (shown[at - 1]?.index ?? null) : null;
  useRowKeys({ next, previous, onOpen });
  if (!row) return null;
  return (
    <section
      aria-label={words.label(row.problem === undefined ? firstLine(row.facts.question) : '')}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex items-center gap-2 border-b border-line bg-surface px-2 py-1.5 tablet:px-4">
        <Button size="small" weight="quiet" onClick={() => onOpen(null)}>
          <List size={16} aria-hidden />
          {words.back}
        </Button>
        <span className="tabular shrink-0 text-small text-ink-faint">
          {at < 0 ? '' : words.place(at + 1, shown.length)}
        </span>
        <span className="min-w-0 flex-1 truncate text-center text-small max-tablet:hidden">
          {row.problem === undefined ? firstLine(row.facts.question) : state.name}
        </span>
        <span className="ml-auto flex items-center">
          {opened && 'player' in opened ? <KeepButton key={opened.of} opened={opened} /> : null}
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

type Opened =
  | (LookedAt &
      Pick<Extract<OpenedRow, { run: unknown }>, 'run' | 'files' | 'notes'> & {
        readonly of: number;
      })
  | { readonly problem: FormatProblem };

/** Read whole, and again when its file is read otherwise or a picture has come. What was shown stays until the next is there. */
function useOpenedRow({ rows }: SetState, index: number, step: number | null): Opened | null {
  const [opened, setOpened] = useState<Opened | null>(null);
  const shown = useRef<LookedAt | null>(null);
  // Where one begins, not what one follows.
  const begin = useRef(step);
  useEffect(() => {
    begin.current = step;
  }, [step]);
  const row = rows[index];
  useEffect(() => {
    let here = true;
    const show = (made: Opened) => {
      const own = 'player' in made ? made : null;
      if (!here) return own?.close();
      shown.current?.close();
      shown.current = own;
      setOpened(made);
    };
    void openRow(index, () => begin.current).then(show);
    return () => {
      here = false;
    };
  }, [index, row]);
  useEffect(() => () => shown.current?.close(), []);
  return opened;
}

async function openRow(index: number, begin: () => number | null): Promise<Opened> {
  try {
    const read = await readSetRow(index);
    if ('problem' in read) return read;
    const { run, files, notes } = read;
    const lookedAt = await openLookedAt(run, files);
    lookedAt.player.actions.move(begin() ?? run.steps.length);
    return { ...lookedAt, notes, run, files, of: index };
  } catch (error) {
    return {
      problem: { code: 'reader-failed', params: { message: error instanceof Error ? error.message : String(error) } },
    };
  }
}

function useRowKeys({
  next,
  previous,
  onOpen,
}: {
  readonly next: number | null;
  readonly previous: number | null;
  readonly onOpen: (row: number | null) => void;
}): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isKeyTaken(event) || event.shiftKey) return;
      const to = { n: next, p: previous }[event.key.toLowerCase()];
      if (to === undefined || to === null) return;
      event.preventDefault();
      onOpen(to);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [next, previous, onOpen]);
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
        <Facts row={row} notes={notes} />
        <TrajectoryPanel review={<RunReview />} />
      </section>
      <Keys />
    </main>
  );
}

/** What the file says of the run, and what is to be known of how it was read. */
function Facts({ row, notes }: { readonly row: ReadRow; readonly notes: readonly Note[] }) {
  const { page, rules, systems, notes: noteWords } = useFormatsWords();
  const words = page.player;
  const { facts } = row;
  const iou = useMemo(() => (facts.ious ?? []).map((one) => one.toFixed(2)), [facts.ious]);
  return (
    <div className="mb-4 flex flex-col gap-1.5 border-b border-line pb-3 text-small">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <VerdictMark right={facts.verdict.right} />
        {facts.wanted.length > 0 ? (
          <span>
            <span className="text-ink-faint">{words.wanted}</span> <span className="font-serif">{facts.wanted[0]}</span>
          </span>
        ) : null}
        {iou.length > 0 ? <span className="tabular text-ink-soft">{words.iou(iou)}</span> : null}
        {facts.kind ? <span className="rounded-full bg-sunken px-2 py-0.5 text-ink-soft">{facts.kind}</span> : null}
      </p>
      <p className="text-ink-faint">
        {words.rule(systems[row.system], rules[row.rule])}
        {row.boxes
          ? ` · ${page.reading.frame} ${page.reading.frames[row.boxes.frame]}, ${page.reading.by[row.boxes.by]}`
          : ''}
      </p>
      {notes.length > 0 ? (
        <ul className="flex flex-col gap-0.5 text-ink-soft">
          {notes.map((note) => (
            <li key={JSON.stringify(note)}>{say(noteWords, note)}</li>
          ))}
        </ul>
      ) : null}
    </div>
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
