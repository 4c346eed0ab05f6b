import type { SessionState } from '@/lib/session';
import type { Trajectory } from '@/lib/trajectory';

/**
 * Why the run was not on the better device. A kept run does not say: the engine's reason is told of the runs it made, those
 * since the page was opened.
 * @param opened when that was, in milliseconds since 1970
 */
export function deviceReason(
  engine: SessionState['engine'],
  run: Pick<Trajectory, 'models' | 'createdAt'>,
  opened: number,
): string {
  const [model] = run.models;
  const same = engine?.device === model?.device && engine?.card.id === model?.id;
  const here = same && Date.parse(run.createdAt) >= opened;
  return here && engine ? engine.reason : '';
}
