/**
 * When a run ends: small predicates over the trajectory after a turn (docs/protocol.md N12, N13), asked in order. A new reason
 * to stop is a new predicate.
 */
import { isOpenCall, type StepOf, type StopReason, type Trajectory } from '@/lib/trajectory';
import { repeatsOf } from './judge';

/** A run as it stands after a turn. */
export interface RunState {
  /** What the turn came to. An answer counts before a call that was written with it. */
  readonly held: 'answer' | 'call' | 'nothing';
  readonly ended: 'stop' | 'length' | 'abort';
  /** Calls before this turn, good or bad. */
  readonly calls: number;
  /** How often in a row the same was asked for again. */
  readonly repeats: number;
  readonly maxTurns: number;
  readonly tools: boolean;
}

export type StopCondition = (state: RunState) => StopReason | null;

export const aborted: StopCondition = ({ ended }) => (ended === 'abort' ? 'abort' : null);

export const answered: StopCondition = ({ held }) => (held === 'answer' ? 'answer' : null);

/** Neither a call nor an answer (N12), or a call where there are no tools. */
export const noCall: StopCondition = ({ held, ended, tools }) => {
  if (held === 'nothing') return ended === 'length' ? 'length' : 'no-call';
  return held !== 'answer' && !tools ? 'no-call' : null;
};

/** The first repetition is told to the model; the second ends the run. */
export const repeatedCall: StopCondition = ({ repeats }) => (repeats >= 2 ? 'repeated-call' : null);

/** After `maxTurns` calls one last turn was generated; if that calls too, it is not carried out. */
export const maxTurns: StopCondition = ({ calls, maxTurns: most }) => (calls >= most ? 'max-turns' : null);

export const STOP_CONDITIONS: readonly StopCondition[] = [aborted, answered, noCall, repeatedCall, maxTurns];

export function stopReasonOf(
  state: RunState,
  conditions: readonly StopCondition[] = STOP_CONDITIONS,
): StopReason | null {
  for (const condition of conditions) {
    const reason = condition(state);
    if (reason !== null) return reason;
  }
  return null;
}

/** What the run has come to with its turn `turn`. */
export function stateOf(run: Trajectory, turn: number, ended: RunState['ended']): RunState {
  const calls = callsSinceAsked(run).filter((step) => step.turn < turn).length;
  const last = run.steps.filter((step) => step.turn === turn);
  const held = last.some(({ type }) => type === 'answer')
    ? 'answer'
    : last.some((step) => step.type === 'call' && !isOpenCall(step))
      ? 'call'
      : 'nothing';
  return {
    held,
    ended,
    calls,
    repeats: held === 'call' ? repeatsOf(run) : 0,
    maxTurns: run.settings?.maxTurns ?? 0,
    tools: (run.settings?.tools.length ?? 0) > 0,
  };
}

/** Calls since the person last said something: each question has its own. */
export function callsSinceAsked({ steps }: Trajectory): readonly StepOf<'call'>[] {
  const asked = steps.findLastIndex(({ type }) => type === 'said');
  return steps.slice(asked + 1).filter((step) => step.type === 'call');
}
