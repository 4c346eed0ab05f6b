/**
 * Whether a run's answer is no more than a guess: the shipped model was given a picture or asked a question unlike anything it was
 * trained on. What it then says is not judged, and no pattern of thinking is read into it. Pure.
 */
import { readQuestion } from '@/lib/scene';
import { questionOf, type Trajectory } from '@/lib/trajectory';

/** The shipped model's own id, in whichever folder it lies. */
const SHIPPED = 'loupe-nano';

/** Whether any picture that was given is further from what the model was trained on than its threshold. */
export function isOutsideTraining({ given }: Pick<Trajectory, 'given'>): boolean {
  return given.some((part) => {
    const distance = 'picture' in part ? part.seen?.distance : undefined;
    return distance !== undefined && distance.score > distance.threshold;
  });
}

export function isGuess(run: Trajectory): boolean {
  if (isOutsideTraining(run)) return true;
  return run.models.some(({ id }) => id === SHIPPED) && readQuestion(questionOf(run)) === null;
}
