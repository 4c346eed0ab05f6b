/**
 * Counterparts: the same question about the same picture with the tools switched the other way, so that a person sees what
 * looking did to the answer. The second run names the first as its parent, at step 0: it took over none of its steps.
 */
import { isRight } from '@/lib/scene';
import { answerOf, givenHashes, questionOf, type RunSettings, type Trajectory } from '@/lib/trajectory';

/** Whether a run's model could call anything; where nobody told, whether it did. */
export function hasTools({ settings, steps }: Trajectory): boolean {
  return settings ? settings.tools.length > 0 : steps.some(({ type }) => type === 'call');
}

/** What a run's counterpart changes of its settings: the tools, all else is the same, seed included. */
export function counterpartSettings(run: Trajectory): Pick<RunSettings, 'tools'> {
  return { tools: hasTools(run) ? [] : ['zoom'] };
}

/** Whether one of two runs was made to be laid beside the other. The order does not matter. */
export function isCounterpart(a: Trajectory, b: Trajectory): boolean {
  const linked = a.parent?.runId === b.id || b.parent?.runId === a.id;
  return (
    linked &&
    hasTools(a) !== hasTools(b) &&
    questionOf(a) === questionOf(b) &&
    // A shared picture leaves without its metadata, under another hash; those two are no pair of this page's making.
    givenHashes(a).join() === givenHashes(b).join()
  );
}

/** What laying two finished runs side by side says. */
export type Finding =
  | 'unfinished'
  | 'looking-helped'
  | 'looking-misled'
  | 'right-either-way'
  | 'wrong-either-way'
  | 'same-answer'
  | 'other-answer';

export interface Comparison {
  /** The run that could look. */
  readonly free: Trajectory;
  /** The run that could not. */
  readonly blind: Trajectory;
  readonly finding: Finding;
}

/** @param accepted null where nobody knows the answer */
export function compareRuns(a: Trajectory, b: Trajectory, accepted: readonly string[] | null): Comparison {
  const [free, blind] = hasTools(a) ? [a, b] : [b, a];
  return { free, blind, finding: findingOf(free, blind, accepted) };
}

function findingOf(free: Trajectory, blind: Trajectory, accepted: readonly string[] | null): Finding {
  if (free.status !== 'done' || blind.status !== 'done') return 'unfinished';
  const [seen, guessed] = [answerOf(free) ?? '', answerOf(blind) ?? ''];
  // Equal by the rule by which an answer is right; two runs without an answer agree as well.
  if (accepted === null) return seen === guessed || isRight(seen, [guessed]) ? 'same-answer' : 'other-answer';
  const [looked, notLooked] = [isRight(seen, accepted), isRight(guessed, accepted)];
  if (looked) return notLooked ? 'right-either-way' : 'looking-helped';
  return notLooked ? 'looking-misled' : 'wrong-either-way';
}
