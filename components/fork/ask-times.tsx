'use client';
/**
 * The same question many times, each with its own seed: what they answer, how much they agree and what chance would be, where all of them
 * looked, what it cost. The run without chance stands beside them where it was one.
 */
import { Repeat } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { NumberSetting } from '@/components/ui/number-setting';
import { useSession, useSessionActions } from '@/lib/session';
import { useAskedAgain } from '@/lib/session/use-asked-again';
import { measuredAgreement, votesOf } from '@/lib/review';
import { answerOf, runTime, tokenCount, type Trajectory } from '@/lib/trajectory';
import { useForkWords } from '@/lib/words/fork';
import { AllBoxes } from './all-boxes';
import { useCanChange } from './use-can-change';

const MOST = 16;

export function AskTimes({ run }: { readonly run: Trajectory }): ReactNode {
  const words = useForkWords().times;
  const can = useCanChange();
  const going = useSession((state) => state.times);
  const { askTimes } = useSessionActions();
  const { first, again } = useAskedAgain(run);
  const [open, setOpen] = useState(false);
  const [count, setCount] = useState(5);
  const base = first ?? run;
  const start = () => {
    setOpen(false);
    // Without chance all of them would be the same run.
    const temperature = base.settings?.temperature || 1;
    void askTimes([base], count, { temperature });
  };
  return (
    <>
      {going ? <p className="ml-10 text-small text-ink-soft">{words.going(going.done, going.of)}</p> : null}
      {again.length > 0 ? <Results run={run} first={first} again={again} /> : null}
      {can && run.status === 'done' ? (
        open ? (
          <div
            role="group"
            aria-label={words.ask}
            className="ml-10 rounded-m border border-line-strong bg-raised px-3 pb-2.5"
          >
            <NumberSetting
              label={words.count}
              min={1}
              max={MOST}
              step={1}
              value={count}
              onChange={(value) => setCount(Math.round(value))}
            />
            <p className="text-micro text-ink-faint">{words.hint}</p>
            <Button size="small" weight="primary" className="mt-2" onClick={start}>
              {words.start(count)}
            </Button>
          </div>
        ) : (
          <div className="ml-10">
            <Button size="small" onClick={() => setOpen(true)}>
              <Repeat size={15} aria-hidden />
              {words.ask}
            </Button>
          </div>
        )
      ) : null}
    </>
  );
}

interface ResultsProps {
  readonly run: Trajectory;
  readonly first: Trajectory | null;
  readonly again: readonly Trajectory[];
}

function Results({ run, first, again }: ResultsProps): ReactNode {
  const words = useForkWords().times;
  const { openRun } = useSessionActions();
  const isIdle = useSession((state) => state.phase === 'idle');
  const { votes, agreement, pairs } = votesOf(again);
  const time = again.reduce((sum, one) => sum + (runTime(one) ?? 0), 0);
  const tokens = again.reduce((sum, one) => sum + tokenCount(one), 0);
  const measured = measuredAgreement(again[0]?.models[0]?.id ?? '');
  const isGreedy = first !== null && !(first.settings && first.settings.temperature > 0);
  const button = (one: Trajectory, at: number, name: string) => (
    <button
      key={one.id}
      type="button"
      disabled={!isIdle}
      aria-label={words.show(at, name)}
      aria-current={one.id === run.id ? 'true' : undefined}
      onClick={() => void openRun(one.id)}
      className="tabular h-6 min-w-6 rounded-s border border-line px-1 text-micro text-ink-soft hover:bg-hover aria-[current=true]:border-accent aria-[current=true]:text-accent touch:h-9 touch:min-w-9"
    >
      {at}
    </button>
  );
  return (
    <section aria-label={words.label} className="border-t border-line pt-3 pl-1">
      <h3 className="font-serif text-lead font-medium">{words.agreement(agreement)}</h3>
      <p className="mt-0.5 text-micro text-ink-faint">{words.about(again.length, votes.length, pairs)}</p>
      {measured ? (
        <p className="mt-0.5 text-micro text-ink-faint">
          {words.tells({ ...measured, low: measured.interval[0], high: measured.interval[1] })}
        </p>
      ) : null}
      <ul className="mt-2 flex flex-col gap-1.5">
        {votes.map(({ answer, runs }) => (
          <li
            key={answer ?? ''}
            className="relative flex flex-wrap items-center gap-x-3 gap-y-1 overflow-hidden rounded-s px-2 py-1"
          >
            <span
              aria-hidden
              className="absolute inset-y-0 left-0 rounded-s bg-accent-wash"
              style={{ width: `${(100 * runs.length) / again.length}%` }}
            />
            <span dir="auto" className="relative min-w-0 flex-1 truncate font-serif text-body">
              {answer ?? words.noAnswer}
            </span>
            <span className="tabular relative text-small text-ink-soft">{words.votes(runs.length)}</span>
            <span className="relative flex flex-wrap gap-1">
              {runs.map((one) => button(one, again.indexOf(one) + 1, answer ?? words.noAnswer))}
            </span>
          </li>
        ))}
      </ul>
      {isGreedy ? (
        <p className="mt-2 flex items-center gap-2 text-small">
          <span className="text-ink-faint">{words.greedy}</span>
          <span dir="auto" className="truncate font-serif">
            {answerOf(first)?.trim() ?? words.noAnswer}
          </span>
          {first.id === run.id ? null : (
            <Button size="small" weight="quiet" disabled={!isIdle} onClick={() => void openRun(first.id)}>
              {words.showGreedy}
            </Button>
          )}
        </p>
      ) : null}
      <AllBoxes runs={again} />
      <p className="tabular mt-1.5 text-micro text-ink-faint">
        {words.cost((time / 1000).toFixed(1), tokens.toLocaleString())}
      </p>
    </section>
  );
}
