'use client';
/**
 * A shared run to look at: the playground's canvas, player and words, without a place to ask. `compact` is for frames, where
 * the two stand side by side earlier and closer.
 */
import { KeyHelp, PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { useEffect, useState } from 'react';
import { classNames } from '@/components/ui/class-names';
import { lazyView } from '@/components/ui/lazy-view';
import { usePlayer, useView, useViewActions } from '@/lib/player';
import { questionOf } from '@/lib/trajectory';
import type { SharedRun } from '@/lib/share';
import { useVisitWords } from '@/lib/words/visit';
import { useStepUrl } from './use-step-url';

/** Asked for at once, while the share is still on its way. */
const CanvasView = lazyView(() => import('@/components/canvas').then((module) => module.CanvasView));
const RunReview = lazyView(() => import('@/components/review').then((module) => module.RunReview));
const KeptLenses = lazyView(() => import('@/components/lenses').then((module) => module.KeptLenses));
const BeliefStrip = lazyView(() => import('@/components/lenses').then((module) => module.BeliefStrip));
const Sheet = lazyView(() => import('@/components/ui/sheet').then((module) => module.Sheet));

/** So that the canvas's code arrives together with the run and not after it. */
export function preloadCanvas(): void {
  CanvasView.preload();
}

interface RunViewProps {
  readonly compact?: boolean;
  readonly cut: SharedRun['cut'];
  /** The `s` key. */
  readonly onShare?: () => void;
}

const WHOLE =
  'grid-rows-[minmax(15rem,45dvh)_minmax(0,1fr)] desk:grid-cols-[minmax(0,1fr)_minmax(24rem,30rem)] desk:grid-rows-1';
const COMPACT =
  'grid-rows-[minmax(11rem,55dvh)_minmax(0,1fr)] tablet:grid-cols-[minmax(0,3fr)_minmax(15rem,2fr)] tablet:grid-rows-1';

export function RunView({ compact = false, cut, onShare }: RunViewProps) {
  const words = useVisitWords();
  usePlayerKeys({ onShare });
  useStepUrl();
  const settled = useSettledIn();
  const measured = useMeasured();
  const question = usePlayer(({ run }) => (run ? questionOf(run) : ''));
  return (
    <main className={classNames('grid min-h-0 flex-1', compact ? COMPACT : WHOLE)}>
      <h1 className="sr-only">{words.titled(question)}</h1>
      <section aria-label={words.picture} className="flex min-h-0 min-w-0 flex-col bg-sunken">
        <div className="relative min-h-0 flex-1">
          <CanvasView />
        </div>
        <PlayerBar className="border-t border-line bg-surface px-2 py-1.5 tablet:px-4" />
      </section>
      <section
        aria-label={words.talk}
        className={classNames(
          'min-h-0 min-w-0 overflow-y-auto overscroll-contain border-t border-line bg-surface px-4 pb-0',
          compact ? 'tablet:border-t-0 tablet:border-l' : 'desk:border-t-0 desk:border-l desk:px-6',
        )}
      >
        <TrajectoryPanel ending={cut ? words.cut(cut.steps, cut.of) : undefined} review={settled ? <Review /> : null} />
      </section>
      <Keys />
      {measured ? <BeliefStrip /> : null}
    </main>
  );
}

/** Under the last step. */
function Review() {
  const measured = useMeasured();
  return (
    <>
      <RunReview />
      {measured ? <KeptLenses /> : null}
    </>
  );
}

/** Whether anything was measured of the run: what draws it comes only then. */
const useMeasured = (): boolean => usePlayer(({ run }) => Boolean(run?.lenses?.length));

/** What stands under the run waits until the picture is there: a visitor looks at that first. */
const SETTLE_MS = 400;

function useSettledIn(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), SETTLE_MS);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}

function Keys() {
  const visit = useVisitWords();
  const help = useView((view) => view.help);
  const { setHelp } = useViewActions();
  if (!help) return null;
  return (
    <Sheet open={help} onOpenChange={setHelp} title={visit.keys} place="centre">
      <KeyHelp />
    </Sheet>
  );
}
