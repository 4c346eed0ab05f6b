import type { Trajectory } from '@/lib/trajectory';

/** A run that was still going when its page was closed is shown as stopped: nothing will ever continue it. */
export function settleLeft(run: Trajectory): Trajectory {
  if (run.status !== 'running') return run;
  return { ...run, status: 'stopped', stop: { reason: 'abort', message: '', code: null } };
}
