/**
 * When a run ends: small predicates over what the last turn held (docs/protocol.md N12, N13), asked in order. A new reason
 * to stop is a new predicate.
 */
import { iou } from '@/lib/geometry';
import type { ImageBox } from '@/lib/geometry';
import type { StopReason } from '@/lib/trajectory';

/** A run as it stands after a turn. */
export interface RunState {
  /** What the turn came to. */
  readonly held: 'answer' | 'call' | 'malformed' | 'nothing';
  readonly ended: 'stop' | 'length' | 'abort';
  /** Calls so far, good or bad. */
  readonly calls: number;
  /** How often in a row the box before was asked again. */
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
export const repeatedBox: StopCondition = ({ repeats }) => (repeats >= 2 ? 'repeated-box' : null);

/** After `maxTurns` calls one last turn was generated; if that calls too, it is not carried out. */
export const maxTurns: StopCondition = ({ calls, maxTurns: most }) => (calls > most ? 'max-turns' : null);

export const STOP_CONDITIONS: readonly StopCondition[] = [aborted, answered, noCall, repeatedBox, maxTurns];

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

/** N13: two boxes are the same from this overlap on. */
const SAME_BOX = 0.95;

export function isSameBox(a: ImageBox | null, b: ImageBox): boolean {
  return a !== null && iou(a, b) >= SAME_BOX;
}
