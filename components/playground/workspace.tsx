'use client';
/**
 * The page at work: the picture with its player on one side, the run in words and the next question on the other. On a phone
 * the words lie over the foot of the picture as a sheet that is dragged, with the question docked at the bottom; in a low window both
 * stand side by side.
 */
import { ClipboardPaste, Download } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, type CSSProperties } from 'react';
import { PlayerBar, TrajectoryPanel, usePlayerKeys } from '@/components/trajectory';
import { useExporting } from '@/components/export';
import { lazyView } from '@/components/ui/lazy-view';
import { ToolButton } from '@/components/ui/tool-button';
import { usePlayer, type PlayerState } from '@/lib/player';
import { serverPlace, useSession, useSessionActions, useSessionStore } from '@/lib/session';
import { PASTED } from '@/lib/notations/pasted';
import { mainPicture, type Trajectory } from '@/lib/trajectory';
import { useAnswerWords } from '@/lib/words/answer';
import { useWorkspaceWords } from '@/lib/words/workspace';
import { useRemarkWords } from '@/lib/words/late';
import { Composer } from './composer';
import { deviceRemarks } from './device-remarks';
import { AddPicture, AskedPictures, BesideRun, DraftBar, FollowUp, UnderRun, useAsk, useChanges } from './fork-parts';
import { ModelLine } from './model-line';
import { WhatLeaves } from './what-leaves';
import { NoticeBanner } from './notice-banner';
import { OpeningLine } from './opening-line';
import { PictureLine } from './picture-line';
import { scopesOfRun } from './run-scopes';
import { ShareButton, useSharing } from './share-run';
import { SuggestionChips, SuggestionList } from './suggestion-list';
import { useIsLastScene, useSuggestions } from './suggestions';
import { WorkBar } from './work-bar';
import { loadingProgress, runningWork } from './work-progress';
import { TrainingNotice } from './training-notice';
import { isGuess } from '@/lib/review';
import { AskedBefore, useAskedBefore } from './asked-before';
import { OutsideNotice, usePictureOutside } from './outside-notice';
import { QuestionOutside, useQuestionOutside } from './question-outside';
import { SHEET_SIZES, useWordsSheet, type WordsSheet } from './words-sheet';

/** Konva comes with the first picture, not with the page. */
const CanvasView = lazyView(() => import('@/components/canvas').then((module) => module.CanvasView));

/** With it comes what searches. */
const SearchLine = lazyView(() => import('@/components/search').then((module) => module.SearchLine));

const AnswerReading = lazyView(() => import('@/components/answer').then((module) => module.AnswerReading));

const RunReview = lazyView(() => import('@/components/review').then((module) => module.RunReview));

const pictureName = ({ source, run }: PlayerState): string | null =>
  source?.ref.name ?? (run && mainPicture(run)?.file.name) ?? null;

interface WorkspaceProps {
  readonly onGallery: () => void;
  readonly onPaste: () => void;
}

export function Workspace({ onGallery, onPaste }: WorkspaceProps) {
  const sharing = useSharing();
  usePlayerKeys({ onShare: sharing.start, onStop: useStop() });
  const words = useWorkspaceWords();
  const name = usePlayer(pictureName) ?? words.aPicture;
  const hasRun = usePlayer((state) => state.run !== null);
  const sheet = useWordsSheet();
  return (
    <main
      style={{ '--sheet': sheet.height } as CSSProperties}
      className="grid min-h-0 flex-1 grid-rows-[minmax(0,1fr)_auto] low:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)] low:grid-rows-1 desk:grid-cols-[minmax(0,1fr)_minmax(24rem,30rem)] desk:grid-rows-1"
    >
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
        className="flex h-(--sheet) min-h-0 min-w-0 flex-col border-t border-line bg-surface low:h-auto low:border-t-0 low:border-l desk:h-auto desk:border-t-0 desk:border-l"
      >
        <SheetHandle sheet={sheet} />
        <SidePanel onGallery={onGallery} onPaste={onPaste} onShare={sharing.start} />
      </section>
      {sharing.dialog}
      <BesideRun />
    </main>
  );
}

/** Between the picture and the words, where these lie below each other. */
function SheetHandle({ sheet }: { readonly sheet: WordsSheet }) {
  const words = useWorkspaceWords();
  return (
    <div
      role="separator"
      aria-orientation="horizontal"
      aria-label={words.resize}
      aria-valuemin={0}
      aria-valuemax={SHEET_SIZES.length - 1}
      aria-valuenow={SHEET_SIZES.indexOf(sheet.size)}
      aria-valuetext={words.size[sheet.size]}
      tabIndex={0}
      {...sheet.handle}
      className="relative z-10 -mt-3 flex h-8 shrink-0 cursor-row-resize touch-none items-end justify-center pb-2 before:absolute before:-top-2 before:h-11 before:w-full low:hidden desk:hidden"
    >
      <span aria-hidden className="h-1 w-10 rounded-full bg-line-strong" />
    </div>
  );
}

/** Ends what is going on, if anything is. */
function useStop(): () => void {
  const session = useSessionStore();
  return useCallback(() => {
    if (session.getState().phase !== 'idle') session.actions.stop();
  }, [session]);
}

interface SidePanelProps extends WorkspaceProps {
  readonly onShare: () => void;
}

function SidePanel({ onGallery, onPaste, onShare }: SidePanelProps) {
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
  const isLastScene = useIsLastScene();
  const why = useRemarkWords(trajectory ? deviceRemarks(engine, trajectory, performance.timeOrigin) : []).join(' ');
  const busy = phase !== 'idle' && phase !== 'opening';
  const pictureOutside = usePictureOutside();
  const questionOutside = useQuestionOutside(question) && !pictureOutside;
  const asked = useAskedBefore();
  const questions = useMemo(() => [...new Set(asked.map((run) => run.question))], [asked]);
  const field = useRef<HTMLTextAreaElement>(null);
  const fill = (text: string) => {
    actions.setQuestion(text);
    field.current?.focus();
  };
  const hasRun = trajectory !== null;
  useEffect(() => {
    if (hasRun) RunReview.preload(); // it stands under the last step, which is still to come
  }, [hasRun]);
  const askThis = (text: string) => {
    if (phase === 'opening') return;
    actions.setQuestion(text);
    ask();
  };
  const review = trajectory ? (
    <>
      <Review run={trajectory} />
      <UnderRun />
    </>
  ) : null;
  return (
    <>
      {source && (!trajectory || isLastScene) ? (
        <div className="border-b border-line px-4 py-2.5 low:py-1.5 desk:px-6">
          <PictureLine image={source.ref} made={isLastScene} />
        </div>
      ) : null}
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 desk:px-6">
        {/* No padding here: what is pinned would leave it open. */}
        {phase === 'loading' ? <LoadingCard /> : null}
        {trajectory && phase !== 'loading' ? (
          <TrajectoryPanel
            tools={<RunTools onShare={onShare} />}
            guess={isGuess(trajectory)}
            why={why}
            {...changes}
            review={review}
          />
        ) : null}
        {!trajectory && !busy && !(pictureOutside && suggestions.length === 0) ? (
          <div className="py-4">
            <SuggestionList suggestions={suggestions} onAsk={askThis} />
          </div>
        ) : null}
        {pictureOutside && !trajectory && !busy ? (
          <div className="pt-4">
            <OutsideNotice onGallery={onGallery} />
          </div>
        ) : null}
        {busy ? null : <AskedBefore asked={asked} />}
      </div>
      <div className="relative flex flex-col gap-3 px-4 pt-2 before:pointer-events-none before:absolute before:inset-x-0 before:-top-4 before:h-4 before:bg-linear-to-t before:from-surface before:to-transparent pb-[max(0.75rem,env(safe-area-inset-bottom))] desk:px-6 desk:pb-5">
        {notice ? <NoticeBanner notice={notice} onDismiss={actions.dismissNotice} /> : null}
        {pictureOutside && trajectory ? <OutsideNotice onGallery={onGallery} /> : null}
        {questionOutside && !busy ? <QuestionOutside suggestions={suggestions} onFill={fill} /> : null}
        {trajectory ? <TrainingNotice trajectory={trajectory} /> : null}
        {phase === 'running' ? <RunningLine /> : null}
        {phase === 'opening' ? <OpeningLine onCancel={actions.stop} /> : null}
        {trajectory && !busy && !questionOutside ? (
          <div className="low:hidden">
            <SuggestionChips suggestions={suggestions} onAsk={askThis} />
          </div>
        ) : null}
        <FollowUp />
        <AskedPictures />
        <Composer
          question={question}
          onQuestion={actions.setQuestion}
          onAsk={ask}
          onStop={actions.stop}
          busy={busy}
          ready={source !== null && phase !== 'opening'}
          guess={pictureOutside || questionOutside}
          asked={questions}
          field={field}
        />
        <WhatLeaves />
        <SearchLine />
        <div className="flex min-w-0 items-center justify-between gap-3">
          <ModelLine />
          {busy ? null : (
            <div className="flex shrink-0 items-center">
              <AddPicture />
              <PasteButton onPaste={onPaste} />
            </div>
          )}
        </div>
      </div>
    </>
  );
}

/** What can be done with the run as a whole. */
function RunTools({ onShare }: Pick<SidePanelProps, 'onShare'>) {
  const exporting = useExporting();
  const session = useSessionStore();
  const words = useWorkspaceWords();
  const ended = usePlayer(({ run }) => run !== null && run.status !== 'running');
  const begin = () => {
    const { run } = session.player.getState();
    if (run) exporting.begin(scopesOfRun(run, session));
  };
  return (
    <>
      <ToolButton icon={Download} hint={words.exportHint} disabled={!ended} onClick={begin}>
        {words.export}
      </ToolButton>
      <ShareButton onShare={onShare} />
      {exporting.sheet}
    </>
  );
}

/** Under the last step: how boxes in words were read, and what the run was worth. */
function Review({ run }: { readonly run: Trajectory }) {
  const points = run.steps.some((step) => step.type === 'answer' && step.marks?.length);
  const isPasted = run.source?.system === PASTED;
  return (
    <>
      {points || isPasted ? <AnswerReading /> : null}
      <RunReview whatIf={!isPasted} />
    </>
  );
}

function PasteButton({ onPaste }: Pick<WorkspaceProps, 'onPaste'>) {
  const words = useAnswerWords();
  return (
    <button
      type="button"
      title={words.pasteHint}
      onClick={onPaste}
      className="-mx-2 -my-1 flex h-8 shrink-0 items-center gap-1.5 rounded-m px-2 text-small text-ink-faint hover:bg-hover hover:text-ink"
    >
      <ClipboardPaste size={14} aria-hidden className="shrink-0" />
      {words.paste}
    </button>
  );
}

/** The model on its way, in the place where the run will stand. */
function LoadingCard() {
  const words = useWorkspaceWords();
  const load = useSession((state) => state.load);
  const isRemote = useSession((state) => serverPlace(state.settings.modelUrl) !== null);
  const question = useSession((state) => state.asked);
  return (
    <div className="animate-appear py-4">
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
