'use client';
/** One run in the player; of several, a list to choose from. */
import { ChevronLeft } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { CanvasView } from '@/components/canvas';
import { KeyHelp, PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { PlayerProvider, usePlayer, useView, useViewActions } from '@/lib/player';
import { mainPicture, questionOf, type Trajectory } from '@/lib/trajectory';
import { inTrees } from '@/lib/trajectory/kin';
import { useForkWords } from '@/lib/words/fork';
import { useStandaloneWords } from '@/lib/words/standalone';
import { useStandalonePlayer, type PageFiles } from './use-standalone-player';

interface StandalonePageProps {
  readonly runs: readonly Trajectory[];
  readonly files: PageFiles;
}

export function StandalonePage({ runs, files }: StandalonePageProps): ReactNode {
  const words = useStandaloneWords();
  const [only] = runs;
  const [chosen, setChosen] = useState<Trajectory | null>(runs.length === 1 && only ? only : null);
  const player = useStandalonePlayer(chosen, files);
  return (
    <div className="flex h-dvh flex-col bg-paper">
      {runs.length > 1 && chosen ? (
        <button
          type="button"
          onClick={() => setChosen(null)}
          className="flex h-11 shrink-0 items-center gap-1.5 border-b border-line bg-surface px-4 text-left text-small text-ink-soft hover:text-ink"
        >
          <ChevronLeft size={16} aria-hidden />
          {words.all(runs.length)}
        </button>
      ) : null}
      {chosen === null ? <RunChoice runs={runs} files={files} onChoose={setChosen} /> : null}
      {player ? (
        <PlayerProvider player={player}>
          <RunOnPage />
        </PlayerProvider>
      ) : null}
    </div>
  );
}

const nameOf = (run: Trajectory): string => run.title || questionOf(run);

interface RunChoiceProps extends StandalonePageProps {
  readonly onChoose: (run: Trajectory) => void;
}

/** Deeper ones are no further to the right. */
const DEEPEST = 5;

/** Branches stand below the run that they were made of, with what was changed there. */
function RunChoice({ runs, files, onChoose }: RunChoiceProps) {
  const words = useStandaloneWords();
  const { changes } = useForkWords().branches;
  const listed = useMemo(
    () => inTrees(runs.map((run) => ({ run, id: run.id, parentId: run.parent?.runId ?? null }))),
    [runs],
  );
  return (
    <main className="mx-auto w-full max-w-[60rem] overflow-y-auto px-4 py-8 tablet:px-6">
      <h1 className="font-serif text-title font-medium">{words.all(runs.length)}</h1>
      <ul className="mt-4">
        {listed.map(({ run: { run }, depth }, at) => {
          const change = run.parent?.change?.kind as keyof typeof changes | undefined;
          const hash = mainPicture(run)?.file.hash ?? '';
          const picture = files[hash];
          return (
            <li
              key={at}
              data-depth={depth}
              style={{ paddingInlineStart: `${Math.min(depth, DEEPEST) * 1.5}rem` }}
              className="border-b border-line"
            >
              <button
                type="button"
                onClick={() => onChoose(run)}
                className="flex w-full items-center gap-4 rounded-m px-2 py-2.5 text-left hover:bg-hover"
              >
                <span className="flex h-14 w-20 shrink-0 items-center justify-center overflow-hidden rounded-s bg-sunken">
                  {picture?.startsWith('data:image/') ? (
                    <img src={picture} alt="" className="size-full object-cover" />
                  ) : null}
                </span>
                <span className="min-w-0">
                  <span dir="auto" className="line-clamp-2 font-medium">
                    {nameOf(run) || words.nameless}
                  </span>
                  <span dir="auto" className="block truncate font-serif text-ink-soft">
                    {depth > 0 ? (
                      <span className="font-sans text-small text-ink-faint">
                        {change === undefined ? changes.other : (changes[change] ?? changes.other)}
                        {' · '}
                      </span>
                    ) : null}
                    {run.steps.findLast((step) => step.type === 'answer')?.text ?? ''}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </main>
  );
}

function RunOnPage() {
  const words = useStandaloneWords();
  usePlayerKeys();
  const name = usePlayer(({ run }) => (run ? nameOf(run) : ''));
  return (
    <main className="grid min-h-0 flex-1 grid-rows-[minmax(15rem,45dvh)_minmax(0,1fr)] desk:grid-cols-[minmax(0,1fr)_minmax(24rem,30rem)] desk:grid-rows-1">
      <h1 className="sr-only">{name || words.nameless}</h1>
      <section aria-label={words.picture} className="flex min-h-0 min-w-0 flex-col bg-sunken">
        <div className="relative min-h-0 flex-1">
          <CanvasView />
        </div>
        <PlayerBar className="border-t border-line bg-surface px-2 py-1.5 tablet:px-4" />
      </section>
      <section
        aria-label={words.talk}
        className="min-h-0 min-w-0 overflow-y-auto overscroll-contain border-t border-line bg-surface px-4 py-4 desk:border-t-0 desk:border-l desk:px-6"
      >
        <TrajectoryPanel />
        <Keys />
      </section>
    </main>
  );
}

/** Under the run: a page of its own has no dialogs. */
function Keys() {
  const help = useView((view) => view.help);
  const { setHelp } = useViewActions();
  const words = useStandaloneWords();
  if (!help) return null;
  return (
    <section aria-label={words.keys} className="mt-6 border-t border-line pt-4">
      <KeyHelp />
      <button type="button" onClick={() => setHelp(false)} className="mt-3 text-small text-accent underline">
        {words.close}
      </button>
    </section>
  );
}
