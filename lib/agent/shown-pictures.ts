/** Ids of the pictures that a run shows to the model, in order. */
import type { Trajectory } from '@/lib/trajectory';

export function shownPictures(run: Trajectory): readonly string[] {
  const parts = [
    ...run.given,
    ...run.steps.flatMap((step) => (step.type === 'result' || step.type === 'said' ? step.parts : [])),
  ];
  return parts.flatMap((part) => ('picture' in part ? [part.picture] : []));
}
