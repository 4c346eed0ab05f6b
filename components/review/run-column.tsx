'use client';
/** One of two runs laid side by side: its answer, whether that is right, and what it cost. */
import { Eye, EyeOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatDuration } from '@/components/trajectory';
import { Button } from '@/components/ui/button';
import { isRight } from '@/lib/agent';
import { rewardOf } from '@/lib/review';
import { answerOf, callCount, runTime, tokenCount, type Trajectory } from '@/lib/trajectory';
import { answerMissing } from './comparison-words';
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
  const answer = answerOf(run)?.trim();
  const reward = accepted && rewardOf(run, accepted);
  const Icon = run.settings.tools ? Eye : EyeOff;
  const title = run.settings.tools ? 'With looking' : 'Without looking';
  const facts: readonly (readonly [string, string | number])[] = [
    ['Looks', callCount(run)],
    ['Steps', run.steps.length],
    ['Tokens', tokenCount(run)],
    ['Time', formatDuration(runTime(run))],
    ...(reward ? ([['Reward', formatReward(reward.code.total)]] as const) : []),
  ];
  return (
    <article
      aria-label={title}
      data-tools={run.settings.tools}
      className={`flex min-w-0 flex-col rounded-m border bg-raised p-3 ${onScreen ? 'border-accent' : 'border-line'}`}
    >
      <header className="flex min-h-6 items-center gap-1.5 text-micro font-medium text-ink-soft">
        <Icon size={14} aria-hidden className="shrink-0" />
        <h4>{title}</h4>
        {onScreen ? <span className="ml-auto text-accent">on screen</span> : null}
        {onShow ? (
          <Button weight="quiet" size="small" onClick={onShow} className="-my-1 -mr-1.5 ml-auto h-7 px-1.5 text-micro">
            Show<span className="sr-only"> the run {title.toLowerCase()}</span>
          </Button>
        ) : null}
      </header>
      <p
        className={`mt-1 line-clamp-4 font-serif text-title wrap-break-word ${answer === undefined ? 'text-ink-faint' : ''}`}
      >
        {answer ?? answerMissing(run)}
      </p>
      {accepted && run.status === 'done' ? (
        <p className="text-small">
          <Verdict right={isRight(answer ?? '', accepted)} />
        </p>
      ) : null}
      <dl className="tabular mt-auto grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 pt-2 text-small">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-faint">{name}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </article>
  );
}
