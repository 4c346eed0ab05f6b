'use client';
/** How a run ended, where that is not plainly the answer, and what the run cost and where it ran. */
import type { ReactNode } from 'react';
import {
  runTime,
  tokenCount,
  tokensPerSecond,
  type RunModel,
  type StopReason,
  type Trajectory,
} from '@/lib/trajectory';
import type { Words } from '@/lib/words';
import { isolated } from '@/lib/words/isolate';
import { useTrajectoryWords } from '@/lib/words/trajectory';
import { formatDuration } from './format';

export interface RunOutcomeProps {
  readonly trajectory: Trajectory;
  /** Said instead, where the run on screen is not all of it. */
  readonly ending?: string | undefined;
  /** Why it ran on no better device; empty where nobody knows. */
  readonly why: string;
}

export function RunOutcome({ trajectory, ending, why }: RunOutcomeProps): ReactNode {
  const words = useTrajectoryWords();
  const { stop, status } = trajectory;
  const [model] = trajectory.models;
  const time = runTime(trajectory);
  const tokens = tokenCount(trajectory);
  const speed = tokensPerSecond(trajectory);
  const costs = [
    time === null ? null : formatDuration(time),
    tokens === 0 ? null : words.tokens(tokens),
    speed === null ? null : words.perSecond(speed),
    ...trajectory.models.flatMap(({ name, device, engine }) => [
      isolated(name),
      engine === undefined ? deviceName(words, device) : isolated(engine),
    ]),
  ];
  const end = ending ?? (stop && endOf(words, stop.reason));
  return (
    <div className="ml-10 flex flex-col gap-2 pt-2 pr-1 empty:hidden">
      {end ? <p className={`text-small ${stop?.reason === 'error' ? 'text-danger' : 'text-ink-soft'}`}>{end}</p> : null}
      {status === 'running' ? null : (
        <p className="loupe-detail tabular text-micro text-ink-faint">
          {costs.filter((cost) => cost !== null).join(' · ')}
        </p>
      )}
      {status === 'running' || why === '' || !model ? null : (
        <p className="loupe-detail text-micro text-ink-faint">
          {words.deviceWhy(deviceName(words, model.device) ?? '', why)}
        </p>
      )}
    </div>
  );
}

/** Null where the answer says it all, and where nobody knows. */
function endOf({ ends }: Words['trajectory'], reason: StopReason): string | null {
  return reason === 'answer' || reason === 'unknown' ? null : ends[reason];
}

function deviceName({ devices }: Words['trajectory'], device: RunModel['device']): string | null {
  return device === 'unknown' ? null : devices[device];
}
