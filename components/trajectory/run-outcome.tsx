'use client';
/** How a run ended, where that is not plainly the answer, and what the run cost and where it ran. */
import type { ReactNode } from 'react';
import { runTime, tokenCount, type RunModel, type StopReason, type Trajectory } from '@/lib/trajectory';
import { isolated } from '@/lib/words/isolate';
import { formatDuration, formatTokens } from './format';

const WORDS = {
  answer: null,
  'max-turns': 'It used up its turns and was made to finish.',
  'repeated-call': 'It kept asking for the same place, so the run was ended.',
  'no-call': 'It neither asked to look closer nor answered.',
  length: 'It reached the most tokens a turn may have.',
  abort: 'Stopped. The steps so far are kept.',
  unknown: null,
  error: 'An error ended the run. The steps so far are kept.',
} as const satisfies Record<StopReason, string | null>;

export interface RunOutcomeProps {
  readonly trajectory: Trajectory;
  /** Said instead, where the run on screen is not all of it. */
  readonly ending?: string | undefined;
  /** Why it ran on no better device; empty where nobody knows. */
  readonly why: string;
}

export function RunOutcome({ trajectory, ending, why }: RunOutcomeProps): ReactNode {
  const { stop, status } = trajectory;
  const [model] = trajectory.models;
  const time = runTime(trajectory);
  const tokens = tokenCount(trajectory);
  const costs = [
    time === null ? null : formatDuration(time),
    tokens === 0 ? null : formatTokens(tokens),
    ...trajectory.models.flatMap(({ name, device }) => [isolated(name), DEVICE_WORDS[device]]),
  ];
  const words = ending ?? (stop ? WORDS[stop.reason] : null);
  return (
    <div className="ml-10 flex flex-col gap-2 pt-2 pr-1">
      {words ? (
        <p className={`text-small ${stop?.reason === 'error' ? 'text-danger' : 'text-ink-soft'}`}>{words}</p>
      ) : null}
      {status === 'running' ? null : (
        <p className="tabular text-micro text-ink-faint">{costs.filter((cost) => cost !== null).join(' · ')}</p>
      )}
      {status === 'running' || why === '' || !model ? null : (
        <p className="text-micro text-ink-faint">
          {DEVICE_WORDS[model.device]}: {why}
        </p>
      )}
    </div>
  );
}

const DEVICE_WORDS = {
  webgpu: 'WebGPU',
  wasm: 'WASM',
  remote: 'remote',
  replay: 'recording',
  unknown: null,
} as const satisfies Record<RunModel['device'], string | null>;
