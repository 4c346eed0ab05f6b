'use client';
/**
 * The page at work: the picture with its player on one side, the run in words and the next question on the other. On a phone
 * the picture stays on top, the words scroll below, the question is docked at the bottom.
 */
import { useCallback, useEffect } from 'react';
import { PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { lazyView } from '@/components/ui/lazy-view';
import { usePlayer, type PlayerState } from '@/lib/player';
import { serverPlace, useSession, useSessionActions, useSessionStore } from '@/lib/session';
import { mainPicture } from '@/lib/trajectory';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { useRemarkWords } from '@/lib/words/late';
import { Composer } from './composer';
import { deviceRemarks } from './device-remarks';
import { BranchKeys, DraftBar, FollowUp, UnderRun, useAsk, useChanges } from './fork-parts';
import { ModelLine } from './model-line';
import { WhatLeaves } from './what-leaves';
import { NoticeBanner } from './notice-banner';
import { OpeningLine } from './opening-line';
import { PictureLine } from './picture-line';
import { ShareButton, useSharing } from './share-run';
import { SuggestionChips, SuggestionList } from './suggestion-list';
import { useSuggestions } from './suggestions';
import { WorkBar } from './work-bar';
import { loadingProgress, runningWork } from './work-progress';
import { TrainingNotice } from './training-notice';
import { isOutsideTraining, OutsideNotice } from './outside-notice';

/** Konva comes with the first picture, not with the page. */
const CanvasView = lazyView(() => import('@/components/canvas').then((module) => module.CanvasView));

const RunReview = lazyView(() => import('@/components/review').then((module) => module.RunReview));

const pictureName = ({ source, run }: PlayerState): string | null =>
  source?.ref.name ?? (run && mainPicture(run)?.file.name) ?? null;

export function Workspace({ onGallery }: { readonly onGallery: () => void }) {
  const sharing = useSharing();
  usePlayerKeys({ onShare: sharing.start, onStop: useStop() });
  const words = useWorkspaceWords();
  const name = usePlayer(pictureName) ?? words.aPicture;
  const hasRun = usePlayer((state) => state.run !== null);
  return (
    <main className="grid min-h-0 flex-1 grid-rows-[minmax(15rem,45dvh)_minmax(0,1fr)] desk:grid-cols-[minmax(0,1fr)_minmax(24rem,30rem)] desk:grid-rows-1">
      <h1 className="sr-only">{words.title(name)}</h1>
      <section aria-label={words.picture} className="flex min-h-0 min-w-0 flex-col bg-sunken">
        <div className="relative min-h-0 flex-1">
          <CanvasView />
          <DraftBar />
        </div>
        {hasRun ? <PlayerBar className="border-t border-line bg-surface px-2 py-1.5 tablet:px-4" /> : null}
      </section>
      <section
        aria-label={words.talk}
        className="flex min-h-0 min-w-0 flex-col border-t border-line bg-surface desk:border-t-0 desk:border-l"
      >
        <SidePanel onGallery={onGallery} onShare={sharing.start} />
      </section>
      {sharing.dialog}
      <BranchKeys />
    </main>
  );
}

/** Ends what is going on, if anything is. */
function useStop(): () => void {
  const session = useSessionStore();
  return useCallback(() => {
    if (session.getState().phase !== 'idle') session.actions.stop();
  }, [session]);
}

interface SidePanelProps {
  readonly onGallery: () => void;
  readonly onShare: () => void;
}

function SidePanel({ onGallery, onShare }: SidePanelProps) {
  const phase = useSession((state) => state.phase);
  const source = usePlayer((state) => state.source);
  const trajectory = usePlayer((state) => state.run);
  const engine = useSession((state) => state.engine);
  const notice = useSession((state) => state.notice);
  const question = useSession((state) => state.question);
  const actions = useSessionActions();
  const suggestions = useSuggestions();
  const ask = useAsk();
  const changes = useChanges();
  const why = useRemarkWords(trajectory ? deviceRemarks(engine, trajectory, performance.timeOrigin) : []).join(' ');
  const busy = phase === 'loading' || phase === 'running';
  const hasRun = trajectory !== null;
  useEffect(() => {
    if (hasRun) RunReview.preload(); // it stands under the last step, which is still to come
  }, [hasRun]);
  const askThis = (text: string) => {
    if (phase === 'opening') return;
    actions.setQuestion(text);
    ask();
  };
  const review = (
    <>
      <RunReview whatIf />
      <UnderRun />
    </>
  );
  return (
    <>
      {source && !trajectory ? (
        <div className="border-b border-line px-4 py-2.5 desk:px-6">
          <PictureLine image={source.ref} />
        </div>
      ) : null}
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-4 desk:px-6">
        {phase === 'loading' ? <LoadingCard /> : null}
        {trajectory && phase !== 'loading' ? (
          <TrajectoryPanel tools={<ShareButton onShare={onShare} />} why={why} {...changes} review={review} />
        ) : null}
        {!trajectory && !busy ? <SuggestionList suggestions={suggestions} onAsk={askThis} /> : null}
      </div>
      <div className="flex flex-col gap-3 px-4 pt-2 pb-[max(0.75rem,env(safe-area-inset-bottom))] desk:px-6 desk:pb-5">
        {notice ? <NoticeBanner notice={notice} onDismiss={actions.dismissNotice} /> : null}
        {trajectory && isOutsideTraining(trajectory) ? <OutsideNotice onGallery={onGallery} /> : null}
        {trajectory ? <TrainingNotice trajectory={trajectory} /> : null}
        {phase === 'running' ? <RunningLine /> : null}
        {phase === 'opening' ? <OpeningLine onCancel={actions.stop} /> : null}
        {trajectory && !busy ? <SuggestionChips suggestions={suggestions} onAsk={askThis} /> : null}
        <FollowUp />
        <Composer
          question={question}
          onQuestion={actions.setQuestion}
          onAsk={ask}
          onStop={actions.stop}
          busy={busy}
          ready={source !== null && phase !== 'opening'}
        />
        <WhatLeaves />
        <ModelLine />
      </div>
    </>
  );
}

/** The model on its way, in the place where the run will stand. */
function LoadingCard() {
  const words = useWorkspaceWords();
  const load = useSession((state) => state.load);
  const isRemote = useSession((state) => serverPlace(state.settings.modelUrl) !== null);
  const question = useSession((state) => state.asked);
  return (
    <div className="animate-appear">
      <p dir="auto" className="mb-6 font-serif text-lead text-ink-faint">
        {question}
      </p>
      <WorkBar work={loadingProgress(load, words.work)} />
      {isRemote ? null : <p className="mt-4 text-small text-ink-faint">{words.model.kept}</p>}
    </div>
  );
}

function RunningLine() {
  const progress = useSession((state) => state.progress);
  const trajectory = usePlayer((state) => state.run);
  const { title, detail } = runningWork(progress, trajectory, useWorkspaceWords().work);
  return (
    <p className="flex items-center gap-2 text-small text-ink-soft">
      <span aria-hidden className="size-1.5 rounded-full bg-accent" />
      <span className="font-medium">{title}</span>
      <span className="tabular text-ink-faint">{detail}</span>
    </p>
  );
}
