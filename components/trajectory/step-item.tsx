'use client';
/**
 * One step in the list: its marker on the rail, its words, its time and tokens. The marker is a button that takes the
 * player here; a click anywhere on the step does the same for the pointer.
 */
import { Code, CornerDownRight, MessageSquareWarning, PenLine, RotateCw, Sparkle, Wrench } from 'lucide-react';
import { memo, type MouseEvent, type ReactNode } from 'react';
import type { ImageBox } from '@/lib/geometry';
import { isOpenCall, wordsOf, type Step } from '@/lib/trajectory';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { formatDuration } from './format';
import { StepBody } from './step-body';
import type { StepFacts } from './step-facts';
import type { ShownPictures } from './use-shown-pictures';
import { turnStyle } from '@/components/ui/turn-color';

export interface StepItemProps {
  readonly step: Step;
  readonly index: number;
  readonly facts: StepFacts;
  /** What was cut for a call, in pixels of the picture on the canvas; null where nothing was. */
  readonly cut: ImageBox | null;
  /** The call speaks of a crop or a turned picture, and not of the one on the canvas. */
  readonly inView: boolean;
  readonly current: boolean;
  /** Its box is pointed at, here or on the canvas. */
  readonly lit: boolean;
  readonly streaming: boolean;
  readonly shaded: boolean;
  /** What can be done with it. */
  readonly tools?: ReactNode;
  /** Of an answer: it is no more than a guess. */
  readonly guess?: boolean;
  readonly pictures: ShownPictures;
  readonly onGo: (cursor: number) => void;
  readonly onHover: (step: number | null) => void;
}

export const StepItem = memo(function StepItem(props: StepItemProps): ReactNode {
  const { step, index, facts, current, lit, streaming, guess, onGo, onHover } = props;
  const { goTo } = useTrajectoryWords().steps;
  const { title } = facts;
  const go = () => onGo(index + 1);
  const goUnlessSelecting = (event: MouseEvent) => {
    const control = (event.target as Element).closest('button, a, summary, [tabindex]'); // click targets are elements
    if (control && control !== event.currentTarget) return;
    if (window.getSelection()?.isCollapsed ?? true) go();
  };
  return (
    <li
      aria-current={current ? 'step' : undefined}
      data-step={index}
      data-type={step.type}
      data-refused={facts.refused || undefined}
      data-lit={lit || undefined}
      style={turnStyle(step.turn)}
      onClick={goUnlessSelecting}
      onPointerEnter={() => onHover(index)}
      onPointerLeave={() => onHover(null)}
      className={`loupe-step group grid cursor-default grid-cols-[1.75rem_minmax(0,1fr)] gap-x-2 rounded-m px-1 ${
        lit ? 'bg-hover' : ''
      }`}
    >
      <div className="loupe-rail relative flex justify-center pt-2.5">
        <button
          type="button"
          onClick={go}
          onFocus={() => onHover(index)}
          onBlur={() => onHover(null)}
          aria-label={goTo(index + 1, title)}
          className="relative z-10 flex h-5 min-w-5 items-center justify-center rounded-full"
        >
          <Marker step={step} facts={facts} current={current} />
        </button>
      </div>
      <div className="min-w-0 py-2">
        <div className="flex h-6 items-center justify-between gap-2">
          <span className={`text-micro font-medium ${current ? 'text-ink' : 'text-ink-faint'}`}>
            {title}
            {guess && step.type === 'answer' ? <GuessChip /> : null}
            {step.person?.length ? <PersonChip whole={isWhollyPersons(step)} /> : null}
          </span>
          <Cost step={step} live={streaming} />
        </div>
        <StepBody {...props} />
        {props.tools}
      </div>
    </li>
  );
});

function isWhollyPersons(step: Step): boolean {
  const [first] = step.person ?? [];
  return step.type === 'other' || (first?.from === 0 && first.to === wordsOf(step).length);
}

/** Some of the step's words, or all of them, are a person's. */
function PersonChip({ whole }: { readonly whole: boolean }): ReactNode {
  const { byPerson, editedByPerson } = useTrajectoryWords().steps;
  return (
    <span className="ml-1.5 inline-flex items-center gap-1 rounded-full bg-accent-wash px-1.5 text-accent">
      <PenLine aria-hidden size={11} />
      {whole ? byPerson : editedByPerson}
    </span>
  );
}

/** Nothing like this was in what the model was trained on. */
function GuessChip(): ReactNode {
  const { guess, guessHint } = useTrajectoryWords().steps;
  return (
    <span title={guessHint} data-guess="" className="ml-1.5 rounded-full bg-caution-wash px-1.5 text-caution">
      {guess}
    </span>
  );
}

/** A call that looks nowhere has no number. */
function OtherTool({ tool, code }: { readonly tool: string; readonly code: boolean }): ReactNode {
  const Icon = code ? Code : tool === 'rotate' ? RotateCw : Wrench;
  return <Icon aria-hidden size={12} strokeWidth={2.5} />;
}

function Marker({ step, facts, current }: Pick<StepItemProps, 'step' | 'facts' | 'current'>): ReactNode {
  const ring = current ? 'ring-2 ring-accent ring-offset-2 ring-offset-surface' : '';
  if (facts.refused) {
    return (
      <span className={`flex size-5 items-center justify-center rounded-full bg-caution-wash text-caution ${ring}`}>
        <MessageSquareWarning aria-hidden size={13} strokeWidth={2.25} />
      </span>
    );
  }
  switch (step.type) {
    case 'call':
      return (
        <span
          className={`tabular flex size-5 items-center justify-center rounded-full bg-(--turn) text-micro font-bold text-(--turn-on) ${ring}`}
        >
          {facts.number ?? (isOpenCall(step) ? '…' : <OtherTool tool={step.tool} code={facts.code !== null} />)}
        </span>
      );
    case 'result':
      return (
        <span className={`flex size-5 items-center justify-center rounded-full bg-surface text-(--turn-ink) ${ring}`}>
          <CornerDownRight aria-hidden size={14} strokeWidth={2.25} />
        </span>
      );
    case 'answer':
      return (
        <span className={`flex size-5 items-center justify-center rounded-full bg-accent text-accent-on ${ring}`}>
          <Sparkle aria-hidden size={12} strokeWidth={2.5} />
        </span>
      );
    case 'said':
    case 'other':
      return <span className={`size-2.5 rounded-full bg-line-strong ${ring}`} />;
    case 'think':
      return <span className={`size-2.5 rounded-full border-2 border-(--turn) bg-surface ${ring}`} />;
    default:
      return step satisfies never;
  }
}

function Cost({ step, live }: { readonly step: Step; readonly live: boolean }): ReactNode {
  const words = useTrajectoryWords();
  if (live) return null;
  const time = step.span ? formatDuration(step.span.end - step.span.start) : null;
  const tokens = step.tokens.length > 0 ? words.tokens(step.tokens.length) : null;
  return (
    <span className="loupe-detail tabular shrink-0 text-micro text-ink-faint opacity-0 transition-opacity duration-(--quick) group-hover:opacity-100 group-focus-within:opacity-100 group-aria-[current=step]:opacity-100">
      {[time, tokens].filter(Boolean).join(' · ')}
    </span>
  );
}
