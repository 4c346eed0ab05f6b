'use client';
/**
 * The run as text, up to the cursor: question, thoughts, calls, crops, answer. The same list shows a live run and a kept
 * one. Pointing at a step lights its box on the canvas, and the other way round.
 */
import { useMemo, useRef, type ReactNode } from 'react';
import { useSession, useSessionActions, useView, useViewActions } from '@/lib/session';
import { boxesAt, boxNumberOf, isOpenCall, stepsUpTo, type Part, type Trajectory } from '@/lib/trajectory';
import { CropThumbnail } from './crop-thumbnail';
import { formatSize, formatTokens } from './format';
import { ProbabilityToggle } from './probability-toggle';
import { RunOutcome } from './run-outcome';
import { stepFacts } from './step-facts';
import { StepItem } from './step-item';
import { useShownPictures, type ShownPictures } from './use-shown-pictures';
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
  const pictures = useShownPictures(trajectory);
  const [only] = trajectory.given.filter(isPicture);
  const image = only ? pictures(only.picture)?.size : undefined;
  const seen = only?.seen;
  return (
    <header className="px-1 pb-2">
      <Given trajectory={trajectory} pictures={pictures} />
      <div className="mt-1 flex min-h-8 items-center justify-between gap-3">
        <p className="tabular text-micro text-ink-faint">
          {seen && image
            ? `What the model saw: ${formatSize(image)} → ${formatSize(seen)}${seen.tokens === null ? '' : `, ${formatTokens(seen.tokens)}`}`
            : null}
        </p>
        <div className="flex shrink-0 items-center">
          <ProbabilityToggle />
          {tools}
        </div>
      </div>
    </header>
  );
}

const isPicture = (part: Part): part is Extract<Part, { picture: string }> => 'picture' in part;

/** What the person sent. One picture stands on the canvas; several are shown here, in their order among the words. */
function Given({ trajectory, pictures }: { readonly trajectory: Trajectory; readonly pictures: ShownPictures }) {
  const several = trajectory.given.filter(isPicture).length > 1;
  const words = trajectory.given.flatMap((part) => ('text' in part ? [part.text] : []));
  if (!several) {
    return (
      <h2 dir="auto" className="font-serif text-lead wrap-anywhere text-ink text-pretty">
        {words.join('\n')}
      </h2>
    );
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      {trajectory.given.map((part, index) => {
        if (!isPicture(part)) {
          return (
            <h2 key={index} dir="auto" className="w-full font-serif text-lead wrap-anywhere text-ink text-pretty">
              {part.text}
            </h2>
          );
        }
        const shown = pictures(part.picture);
        return shown ? (
          <CropThumbnail
            key={index}
            bitmap={shown.bitmap}
            image={shown.size}
            region={shown.view.region}
            turn={shown.view.turn}
            side={96}
            label={`Picture ${part.picture}${shown.bitmap ? '' : ', which is not here'}`}
          />
        ) : null;
      })}
    </div>
  );
}

interface StepListProps extends Pick<TrajectoryPanelProps, 'ending' | 'review'> {
  readonly trajectory: Trajectory;
}

function StepList({ trajectory, ending, review }: StepListProps) {
  const cursor = useSession((state) => state.cursor);
  const running = useSession((state) => state.phase === 'running');
  const shaded = useView((view) => view.probabilities);
  const hovered = useView((view) => view.hover);
  const { goTo } = useSessionActions();
  const { hover } = useViewActions();
  const list = useRef<HTMLOListElement>(null);

  const visible = stepsUpTo(trajectory, cursor);
  const facts = useMemo(() => stepFacts(trajectory), [trajectory]);
  const cuts = useMemo(
    () => new Map(boxesAt(trajectory, trajectory.steps.length).map((box) => [box.stepIndex, box.cut])),
    [trajectory],
  );
  const pictures = useShownPictures(trajectory);
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
              facts={facts[index]!}
              cut={cuts.get(index) ?? null}
              current={index === cursor - 1}
              lit={lit !== null && lit === boxNumberOf(trajectory, index)}
              streaming={running && last && (step.type !== 'call' || isOpenCall(step)) && step.type !== 'result'}
              shaded={shaded}
              pictures={pictures}
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
