'use client';
/** Start, pause, resume and stop, and how far it is. */
import { Pause, Play, Square } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { Bench, BenchState } from '@/lib/bench';
import { useEngineWords } from '@/lib/words/engine';
import { Problems } from './problems';
import { useBenchWords } from '@/lib/words/bench';
import { sayWritten } from '@/lib/words';
import { useCommonWords } from '@/lib/words/common';

export const isGoing = ({ phase }: Pick<BenchState, 'phase'>): boolean =>
  phase === 'loading' || phase === 'running' || phase === 'pausing' || phase === 'paused';

interface RunBarProps {
  readonly bench: Bench;
  readonly state: BenchState;
  /** Null where there is nothing that could be run. */
  readonly onStart: (() => void) | null;
}

export function RunBar({ bench, state, onStart }: RunBarProps) {
  const words = useBenchWords();
  const { devices } = useCommonWords();
  const engineWords = useEngineWords();
  const { phase, load, done, total, current, engine, failure, problems } = state;
  const going = isGoing(state);
  const held = phase === 'paused' || phase === 'pausing';
  return (
    <div className="flex flex-col gap-2.5">
      <div className="flex flex-wrap gap-2">
        {/* One button all along: who has pressed it stays on it. */}
        <Button
          weight={going && !held ? 'outline' : 'primary'}
          disabled={!going && !onStart}
          onClick={going ? (held ? bench.resume : bench.pause) : () => onStart?.()}
        >
          {going && !held ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}
          {going ? (held ? words.bar.resume : words.bar.pause) : words.bar.run}
        </Button>
        {going ? (
          <Button onClick={bench.stop}>
            <Square size={14} aria-hidden />
            {words.bar.stop}
          </Button>
        ) : null}
      </div>
      {total > 0 ? (
        <div>
          <div
            role="progressbar"
            aria-label={words.bar.finished}
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={done}
            className="h-1 overflow-hidden rounded-full bg-line"
          >
            <div className="h-full bg-accent" style={{ width: `${(100 * done) / total}%` }} />
          </div>
          <p className="mt-1.5 text-small text-ink-soft tabular">
            {words.bar.progress(done, total)}
            {engine ? words.bar.engine(engine.card.name, engine.card.version, devices[engine.device]) : ''}
          </p>
        </div>
      ) : null}
      <p role="status" className="min-h-5 text-small text-ink-soft">
        {load?.phase === 'wait' ? words.bar.waiting : words.bar.phases[phase]}
      </p>
      {current ? (
        <p className="truncate text-small text-ink-faint">
          {words.bar.current(
            current.question.question.question,
            current.tools ? words.way.with : words.way.withoutShort,
          )}
        </p>
      ) : null}
      {failure ? (
        <p
          role="alert"
          data-code={failure.code}
          className="rounded-m bg-danger-wash px-3 py-2.5 text-small wrap-anywhere"
        >
          {sayWritten(engineWords.problems, failure.message) ?? failure.message}
        </p>
      ) : null}
      <Problems title={words.bar.passedOver} problems={problems} />
    </div>
  );
}
