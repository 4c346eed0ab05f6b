'use client';
/** Start, pause, resume and stop, and how far it is. */
import { Pause, Play, Square } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { Bench, BenchState } from '@/lib/bench';
import { Problems } from './problems';
import { PHASE_WORDS, WAITING } from './words';

export const isGoing = ({ phase }: Pick<BenchState, 'phase'>): boolean =>
  phase === 'loading' || phase === 'running' || phase === 'pausing' || phase === 'paused';

interface RunBarProps {
  readonly bench: Bench;
  readonly state: BenchState;
  /** Null where there is nothing that could be run. */
  readonly onStart: (() => void) | null;
}

export function RunBar({ bench, state, onStart }: RunBarProps) {
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
          {going ? (held ? 'Resume' : 'Pause') : 'Run'}
        </Button>
        {going ? (
          <Button onClick={bench.stop}>
            <Square size={14} aria-hidden />
            Stop
          </Button>
        ) : null}
      </div>
      {total > 0 ? (
        <div>
          <div
            role="progressbar"
            aria-label="Runs finished"
            aria-valuemin={0}
            aria-valuemax={total}
            aria-valuenow={done}
            className="h-1 overflow-hidden rounded-full bg-line"
          >
            <div className="h-full bg-accent" style={{ width: `${(100 * done) / total}%` }} />
          </div>
          <p className="mt-1.5 text-small text-ink-soft tabular">
            {done} of {total} runs
            {engine
              ? ` · ${engine.card.name} ${engine.card.version} on ${engine.device === 'webgpu' ? 'WebGPU' : 'WASM'}`
              : ''}
          </p>
        </div>
      ) : null}
      <p role="status" className="min-h-5 text-small text-ink-soft">
        {load?.phase === 'wait' ? WAITING : PHASE_WORDS[phase]}
      </p>
      {current ? (
        <p className="truncate text-small text-ink-faint">
          {current.question.question.question} ({current.tools ? 'with tools' : 'without'})
        </p>
      ) : null}
      {failure ? (
        <p
          role="alert"
          data-code={failure.code}
          className="rounded-m bg-danger-wash px-3 py-2.5 text-small wrap-anywhere"
        >
          {failure.message}
        </p>
      ) : null}
      <Problems title="Passed over" problems={problems} />
    </div>
  );
}
