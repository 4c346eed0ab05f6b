'use client';
/**
 * The run as text, up to the cursor: question, thoughts, calls, crops, answer. The same list shows a live run and a kept
 * one. Pointing at a step lights its box on the canvas, and the other way round.
 */
import { useMemo, useRef, type ReactNode } from 'react';
import { useSession, useSessionActions, useView, useViewActions } from '@/lib/session';
import { boxesAt, boxNumberOf, isOpenCall, stepsUpTo, type Trajectory } from '@/lib/trajectory';
import { formatSize, formatTokens } from './format';
import { ProbabilityToggle } from './probability-toggle';
import { RunOutcome } from './run-outcome';
import { StepItem } from './step-item';
import { useKeepInSight } from './use-keep-in-sight';
import { TokenCardProvider } from './token-card';
import './trajectory.css';

export interface TrajectoryPanelProps {
  readonly className?: string;
  /** What else can be done with the run, beside the switch for probabilities. */
  readonly tools?: ReactNode;
  /** What to say at the end, where the run is not all here. */
  readonly ending?: string | undefined;
  /** What else stands under the last step. */
  readonly review?: ReactNode;
}

export function TrajectoryPanel({ className = '', tools, ending, review }: TrajectoryPanelProps): ReactNode {
  const trajectory = useSession((state) => state.trajectory);
  if (!trajectory) return null;
  return (
    <section aria-label="What the model did" className={className}>
      <TokenCardProvider>
        <Question trajectory={trajectory} tools={tools} />
        <StepList trajectory={trajectory} ending={ending} review={review} />
      </TokenCardProvider>
    </section>
  );
}

interface QuestionProps {
  readonly trajectory: Trajectory;
  readonly tools: ReactNode;
}

function Question({ trajectory, tools }: QuestionProps): ReactNode {
  const { seen, image, question } = trajectory;
  return (
    <header className="px-1 pb-2">
      <h2 className="font-serif text-lead text-ink text-pretty">{question}</h2>
      <div className="mt-1 flex min-h-8 items-center justify-between gap-3">
        <p className="tabular text-micro text-ink-faint">
          {seen ? `What the model saw: ${formatSize(image)} → ${formatSize(seen)}, ${formatTokens(seen.tokens)}` : null}
        </p>
        <div className="flex shrink-0 items-center">
          <ProbabilityToggle />
          {tools}
        </div>
      </div>
    </header>
  );
}

interface StepListProps extends Pick<TrajectoryPanelProps, 'ending' | 'review'> {
  readonly trajectory: Trajectory;
}

function StepList({ trajectory, ending, review }: StepListProps) {
  const cursor = useSession((state) => state.cursor);
  const bitmap = useSession((state) => state.bitmap);
  const running = useSession((state) => state.phase === 'running');
  const shaded = useView((view) => view.probabilities);
  const hovered = useView((view) => view.hover);
  const { goTo } = useSessionActions();
  const { hover } = useViewActions();
  const list = useRef<HTMLOListElement>(null);

  const visible = stepsUpTo(trajectory, cursor);
  const numbers = useMemo(() => {
    const byCall = new Map(boxesAt(trajectory, trajectory.steps.length).map((box) => [box.callId, box.number]));
    return trajectory.steps.map((step) =>
      step.type === 'call' || step.type === 'result' ? (byCall.get(step.callId) ?? null) : null,
    );
  }, [trajectory]);
  const lit = hovered === null ? null : boxNumberOf(trajectory, hovered);

  useKeepInSight(list, `${trajectory.id}/${cursor}`, visible.at(-1)?.tokens.length ?? 0);

  const ahead = trajectory.steps.length - visible.length;
  const atEnd = ahead === 0;
  return (
    <>
      <ol ref={list} className="flex flex-col">
        {visible.map((step, index) => {
          const last = index === trajectory.steps.length - 1;
          return (
            <StepItem
              key={index}
              step={step}
              index={index}
              number={numbers[index] ?? null}
              current={index === cursor - 1}
              lit={lit !== null && lit === boxNumberOf(trajectory, index)}
              streaming={running && last && (step.type !== 'call' || isOpenCall(step)) && step.type !== 'result'}
              shaded={shaded}
              bitmap={bitmap}
              image={trajectory.image}
              onGo={goTo}
              onHover={hover}
            />
          );
        })}
      </ol>
      {atEnd ? (
        <>
          <RunOutcome trajectory={trajectory} ending={ending} />
          {review}
        </>
      ) : (
        <Ahead count={ahead} onShow={() => goTo(cursor + 1)} />
      )}
    </>
  );
}

function Ahead({ count, onShow }: { readonly count: number; readonly onShow: () => void }): ReactNode {
  return (
    <button
      type="button"
      onClick={onShow}
      className="mt-1 ml-10 rounded-m border border-dashed border-line-strong px-3 py-1.5 text-small text-ink-soft hover:bg-hover hover:text-ink"
    >
      {count === 1 ? '1 more step' : `${count} more steps`}
    </button>
  );
}
