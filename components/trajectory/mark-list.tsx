'use client';
/** What an answer points at, by name: each lights its shape on the picture while it is pointed at, focused or pressed. */
import { Pentagon, Square, Target } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useViewActions } from '@/lib/player';
import type { Mark, StepOf } from '@/lib/trajectory';
import { useTrajectoryWords } from '@/lib/words/trajectory';

const ICONS = { box: Square, point: Target, polygon: Pentagon } as const;
/** So many are listed at first. */
const FIRST = 24;

interface MarkListProps {
  readonly step: StepOf<'answer'>;
  /** Of the step. */
  readonly index: number;
}

export function MarkList({ step, index }: MarkListProps): ReactNode {
  const { marks: words } = useTrajectoryWords();
  const [all, setAll] = useState(false);
  const marks = step.marks ?? [];
  if (marks.length === 0) return null;
  const left = marks.length - FIRST;
  const read = (marks.find(({ shape }) => shape.kind === 'box') ?? marks[0])?.read;
  return (
    <ul aria-label={words.label} className="mt-2.5 flex flex-wrap gap-1.5">
      {marks.slice(0, all ? marks.length : FIRST).map((mark, at) => (
        <li key={at} className="flex max-w-full min-w-0">
          <MarkButton mark={mark} at={{ step: index, index: at }} number={at + 1} />
        </li>
      ))}
      {left > 0 && !all ? (
        <li>
          <button
            type="button"
            onClick={() => setAll(true)}
            className="h-7 rounded-full px-2.5 text-small text-ink-faint hover:bg-hover hover:text-ink"
          >
            {words.more(left)}
          </button>
        </li>
      ) : null}
      {read ? (
        <li className="flex h-7 items-center px-1 text-micro text-ink-faint">
          {words.read(words.frames[read.frame], words.orders[read.order])}
        </li>
      ) : null}
    </ul>
  );
}

interface MarkButtonProps {
  readonly mark: Mark;
  readonly at: { readonly step: number; readonly index: number };
  readonly number: number;
}

function MarkButton({ mark: { shape, label }, at, number }: MarkButtonProps) {
  const { marks: words } = useTrajectoryWords();
  const { pointAt } = useViewActions();
  const Icon = ICONS[shape.kind];
  const show = () => pointAt(at);
  const hide = () => pointAt(null);
  return (
    <button
      type="button"
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onClick={show}
      className="inline-flex h-7 min-w-0 items-center gap-1.5 rounded-full border border-line bg-surface px-2.5 text-small text-ink-soft hover:border-(--turn) hover:bg-hover hover:text-ink"
    >
      <Icon size={12} aria-hidden className="shrink-0 text-(--turn-ink)" />
      <span dir="auto" className="truncate">
        {label || words.kinds[shape.kind](number)}
      </span>
    </button>
  );
}
