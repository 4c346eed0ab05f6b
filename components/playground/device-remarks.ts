import type { SessionState } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';

type EngineRemark = NonNullable<SessionState['engine']>['remarks'][number];

/** One array, so that it is the same each time it is asked for. */
const NONE: readonly EngineRemark[] = [];

/**
 * Why the run was not on the better device. A kept run does not say: the engine's remarks are told of the runs it made, those
 * since the page was opened.
 * @param opened when that was, in milliseconds since 1970
 */
export function deviceRemarks(
  engine: SessionState['engine'],
  run: Pick<Trajectory, 'models' | 'createdAt'>,
  opened: number,
): readonly EngineRemark[] {
  const [model] = run.models;
  const same = engine?.device === model?.device && engine?.card.id === model?.id;
  const here = same && Date.parse(run.createdAt) >= opened;
  return here && engine ? engine.remarks : NONE;
}
