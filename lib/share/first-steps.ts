/**
 * The run as it is handed on: settled, without names that mean something only to its owner, and, where only a part is
 * shared, ended after that part.
 */
import {
  clampCursor,
  isOpenCall,
  pictureOf,
  picturesNamedBy,
  picturesOf,
  type Picture,
  type Step,
  type Trajectory,
} from '@/lib/trajectory';

/** `upTo` null: all steps. A run cut short counts as stopped: its answer is not part of what is shared. */
export function firstSteps(run: Trajectory, upTo: number | null): Trajectory {
  const wanted = run.steps.slice(0, upTo === null ? run.steps.length : clampCursor(run, upTo));
  const last = wanted.at(-1);
  const steps = last?.type === 'call' && isOpenCall(last) ? wanted.slice(0, -1) : wanted;
  // The id of the run it was forked from means nothing elsewhere.
  const shared: Trajectory = { ...run, steps, pictures: leftPictures(run, steps), parent: null };
  if (steps.length === run.steps.length && run.status !== 'running') return shared;
  const begun = run.steps[steps.length]?.turn ?? Number.POSITIVE_INFINITY;
  // What was measured is of all steps.
  const { lenses: _lenses, ...left } = shared;
  return {
    ...left,
    // Usage of a turn that is shown whole; the sum of a turn would speak of steps that are left out.
    usage: run.usage.filter(({ turn }) => turn < begun && steps.some((step) => step.turn === turn)),
    status: 'stopped',
    stop: { reason: 'abort', message: '', code: null },
  };
}

/** Those that what is left speaks of, and those that they are views of. */
function leftPictures(run: Trajectory, steps: readonly Step[]): Picture[] {
  const wanted = new Set<string>();
  const want = (id: string): void => {
    if (wanted.has(id)) return;
    wanted.add(id);
    const picture = pictureOf(run.pictures, id);
    if (picture?.from === 'view') want(picture.of);
  };
  for (const id of picturesOf(run.given)) want(id);
  for (const { place } of run.truth?.places ?? []) want(place.picture);
  for (const step of steps) for (const id of picturesNamedBy(step)) want(id);
  return run.pictures.filter(({ id }) => wanted.has(id));
}
