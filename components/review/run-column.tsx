'use client';
/** One of two runs laid side by side: its answer, whether that is right, and what it cost. */
import { Eye, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration } from '@/components/trajectory';
import { isRight } from '@/lib/scene';
import { hasTools, rewardOf } from '@/lib/review';
import { answerOf, callCount, runTime, tokenCount, type Trajectory } from '@/lib/trajectory';
import { RichText } from '@/components/ui/rich-text';
import { useReviewWords } from '@/lib/words/review';
import { formatReward } from './reward-words';
import { Verdict } from './verdict';

interface RunColumnProps {
  readonly run: Trajectory;
  readonly accepted: readonly string[] | null;
  readonly onScreen: boolean;
  /** Left out where it cannot be shown now. */
  readonly onShow?: (() => void) | undefined;
}

export function RunColumn({ run, accepted, onScreen, onShow }: RunColumnProps): ReactNode {
  const { column: words, reward: rewardWords } = useReviewWords();
  const answer = answerOf(run)?.trim();
  const reward = accepted && rewardOf(run, accepted);
  const tools = hasTools(run);
  const time = runTime(run);
  const Icon = tools ? Eye : EyeOff;
  const way = tools ? 'with' : 'without';
  const title = words[way];
  const facts: readonly (readonly [string, string | number])[] = [
    [words.looks, callCount(run)],
    [words.steps, run.steps.length],
    [words.tokens, tokenCount(run)],
    ...(time === null ? [] : ([[words.time, formatDuration(time)]] as const)),
    ...(reward ? ([[rewardWords.name, formatReward(reward.code.total)]] as const) : []),
  ];
  return (
    <article
      aria-label={title}
      data-tools={tools}
      className={`flex min-w-0 flex-col rounded-m border bg-raised p-3 ${onScreen ? 'border-accent' : 'border-line'}`}
    >
      <header className="flex min-h-6 items-center gap-1.5 text-micro font-medium text-ink-soft">
        <Icon size={14} aria-hidden className="shrink-0" />
        <h4>{title}</h4>
        {onScreen ? <span className="ml-auto text-accent">{words.onScreen}</span> : null}
        {onShow ? (
          <button
            type="button"
            onClick={onShow}
            className="-my-1 -mr-1.5 ml-auto rounded-s px-1.5 py-1 text-accent underline underline-offset-3 hover:text-accent-hover touch:py-2"
          >
            <RichText text={words.show[way]} parts={{ more: (text) => <span className="sr-only">{text}</span> }} />
          </button>
        ) : null}
      </header>
      <div className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <p
          className={`line-clamp-4 min-w-0 font-serif text-title wrap-break-word ${answer === undefined ? 'text-ink-faint' : ''}`}
        >
          {answer ?? words.noAnswer[run.status]}
        </p>
        {accepted && run.status === 'done' ? (
          <span className="text-small">
            <Verdict right={isRight(answer ?? '', accepted)} />
          </span>
        ) : null}
      </div>
      {/* In a row where the cards stand one below the other, in rows where they stand side by side. */}
      <dl className="tabular mt-auto grid auto-cols-fr grid-flow-col gap-2 pt-1.5 text-small tablet:block">
        {facts.map(([name, value]) => (
          <div key={name} className="tablet:flex tablet:justify-between tablet:gap-3">
            <dt className="text-ink-faint max-tablet:text-micro">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
