'use client';
/**
 * The run as text, up to the cursor: question, thoughts, calls, crops, answer. The same list shows a live run and a kept
 * one. Pointing at a step lights its box on the canvas, and the other way round.
 */
import { useMemo, useRef, type ReactNode } from 'react';
import type { ImageBox } from '@/lib/geometry';
import { usePlayer, usePlayerActions, useView, useViewActions } from '@/lib/player';
import {
  boxesAt,
  boxNumberOf,
  isOpenCall,
  pictureOf,
  rootOf,
  stepsUpTo,
  type Step,
  type Trajectory,
} from '@/lib/trajectory';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { Given, isPicture, seenWords } from './given';
import { PlayFromStart } from './play-from-start';
import { ViewToggles } from './view-toggles';
import { RunOutcome } from './run-outcome';
import { useReliabilityWords } from '@/lib/words/reliability';
import { stepFacts } from './step-facts';
import { StepItem } from './step-item';
import { useStepWindow } from './step-window';
import { useShownPictures } from './use-shown-pictures';
import { useKeepInSight } from './use-keep-in-sight';
import { TokenCardProvider, type TakeToken } from './token-card';
import './trajectory.css';

export interface TrajectoryPanelProps {
  /** Which of several runs on the page it is. */
  readonly of?: string;
  readonly className?: string;
  /** What else can be done with the run, beside the switch for probabilities. */
  readonly tools?: ReactNode;
  /** What to say at the end, where the run is not all here. */
  readonly ending?: string | undefined;
  /** The answer is no more than a guess. */
  readonly guess?: boolean;
  /** Why it ran on no better device, where that is known. */
  readonly why?: string;
  /** What else stands under the last step. */
  readonly review?: ReactNode;
  /** What can be done with the step at the cursor, by its index. */
  readonly stepTools?: ((index: number) => ReactNode) | undefined;
  /** Takes another of the likeliest tokens: a step, a token of it, and its place among `top`. Left out: cards only tell. */
  readonly onTake?: TakeToken | undefined;
}

export function TrajectoryPanel(props: TrajectoryPanelProps): ReactNode {
  const { className = '', of, tools, ending, guess = false, why = '', review, stepTools, onTake } = props;
  const { label } = useTrajectoryWords();
  const details = useView((view) => view.details);
  const trajectory = usePlayer((state) => state.run);
  if (!trajectory) return null;
  return (
    <section
      aria-label={of === undefined ? label : `${label}: ${of}`}
      data-level={details ? 'details' : 'story'}
      className={className}
    >
      <TokenCardProvider onTake={onTake}>
        <Question trajectory={trajectory} tools={tools} />
        <StepList {...{ trajectory, ending, guess, why, review, stepTools }} />
      </TokenCardProvider>
    </section>
  );
}

interface QuestionProps {
  readonly trajectory: Trajectory;
  readonly tools: ReactNode;
}

function Question({ trajectory, tools }: QuestionProps): ReactNode {
  const words = useTrajectoryWords();
  const pictures = useShownPictures(trajectory);
  const begins = usePlayer((state) => state.cursor === 0);
  const given = trajectory.given.filter(isPicture);
  const [first] = given;
  const image = first ? pictures(first.picture)?.size : undefined;
  // Of several each says it beneath itself.
  const seen = given.length === 1 && image ? seenWords(words, image, first?.seen ?? null) : '';
  return (
    <header
      data-begin={begins || undefined}
      className="loupe-question -mx-1 px-2 pt-3 pb-2 low:flex low:items-start low:gap-2 low:pt-1 low:pb-1"
    >
      <Given trajectory={trajectory} pictures={pictures} />
      <div className="mt-1 flex min-h-8 items-center justify-between gap-3">
        <p className="loupe-detail tabular text-micro text-ink-faint">{seen === '' ? null : words.saw(seen)}</p>
        <div className="ml-auto flex shrink-0 items-center">
          <ViewToggles />
          {tools}
        </div>
      </div>
    </header>
  );
}

/** What was cut for each call, by its step; of a picture whose size nobody knows there are no pixels to name. */
function cutsOf(trajectory: Trajectory): ReadonlyMap<number, ImageBox | null> {
  const boxes = boxesAt(trajectory, trajectory.steps.length);
  return new Map(
    boxes.map(({ stepIndex, cut, picture }) => [
      stepIndex,
      rootOf(trajectory.pictures, picture)?.picture.assumedSize ? null : cut,
    ]),
  );
}

/** Whether a call's numbers count in a picture derived from the one on the canvas. */
function isAboutView({ pictures }: Trajectory, step: Step): boolean {
  const place = step.type === 'call' ? step.place : null;
  return place !== null && pictureOf(pictures, place.picture)?.from === 'view';
}

interface StepListProps extends Pick<TrajectoryPanelProps, 'ending' | 'review' | 'stepTools'> {
  readonly guess: boolean;
  readonly trajectory: Trajectory;
  readonly why: string;
}

function StepList({ trajectory, ending, guess, why, review, stepTools }: StepListProps) {
  const cursor = usePlayer((state) => state.cursor);
  const running = usePlayer((state) => state.live);
  const shaded = useView((view) => view.probabilities);
  const hovered = useView((view) => view.hover);
  const { move } = usePlayerActions();
  const { hover } = useViewActions();
  const { steps: naming } = useTrajectoryWords();
  const list = useRef<HTMLOListElement>(null);

  const visible = stepsUpTo(trajectory, cursor);
  const { first, showEarlier } = useStepWindow(trajectory.id, visible);
  const facts = useMemo(() => stepFacts(trajectory, naming), [trajectory, naming]);
  const cuts = useMemo(() => cutsOf(trajectory), [trajectory]);
  const pictures = useShownPictures(trajectory);
  const lit = hovered === null ? null : boxNumberOf(trajectory, hovered);

  useKeepInSight(list, `${trajectory.id}/${cursor}`, visible.at(-1)?.tokens.length ?? 0);

  const ahead = trajectory.steps.length - visible.length;
  const atEnd = ahead === 0;
  return (
    <>
      {cursor === 0 && !running ? <PlayFromStart /> : null}
      <Earlier count={first} onShow={showEarlier} />
      <ol ref={list} start={first + 1} className="flex flex-col">
        {visible.slice(first).map((step, place) => {
          const index = first + place;
          const last = index === trajectory.steps.length - 1;
          return (
            <StepItem
              key={index}
              step={step}
              index={index}
              facts={facts[index]!}
              cut={cuts.get(index) ?? null}
              inView={isAboutView(trajectory, step)}
              current={index === cursor - 1}
              lit={lit !== null && lit === boxNumberOf(trajectory, index)}
              streaming={running && last && (step.type !== 'call' || isOpenCall(step)) && step.type !== 'result'}
              shaded={shaded}
              tools={index === cursor - 1 ? stepTools?.(index) : undefined}
              guess={guess}
              pictures={pictures}
              onGo={move}
              onHover={hover}
            />
          );
        })}
      </ol>
      {atEnd ? (
        <>
          <RunOutcome trajectory={trajectory} ending={ending} why={why} />
          {review}
        </>
      ) : (
        <Ahead count={ahead} onShow={() => move(cursor + 1)} />
      )}
    </>
  );
}

function Earlier({ count, onShow }: { readonly count: number; readonly onShow: () => void }): ReactNode {
  const words = useReliabilityWords().long;
  if (count === 0) return null;
  return (
    <button
      type="button"
      onClick={onShow}
      className="mb-1 ml-10 rounded-m border border-dashed border-line-strong px-3 py-1.5 text-small text-ink-soft hover:bg-hover hover:text-ink"
    >
      {words.earlier(count)}
    </button>
  );
}

function Ahead({ count, onShow }: { readonly count: number; readonly onShow: () => void }): ReactNode {
  const { ahead } = useTrajectoryWords();
  return (
    <button
      type="button"
      onClick={onShow}
      className="mt-1 ml-10 rounded-m border border-dashed border-line-strong px-3 py-1.5 text-small text-ink-soft hover:bg-hover hover:text-ink"
    >
      {ahead(count)}
    </button>
  );
}
