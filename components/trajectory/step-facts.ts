/** What has to be known of a step beside the step itself: its number on the canvas, its name, and whether a call was refused. Pure. */
import { boxesAt, isOpenCall, type Step, type Trajectory } from '@/lib/trajectory';

export interface StepFacts {
  /** Number of the call, as on its box; null for steps that have none. */
  readonly number: number | null;
  /** A few words that name the step, also for screen readers and the timeline. */
  readonly title: string;
  /** A call that was not carried out, or the refusal itself. */
  readonly refused: boolean;
}

export function stepFacts(run: Trajectory): readonly StepFacts[] {
  const numbers = new Map(boxesAt(run, run.steps.length).map((box) => [box.callId, box.number]));
  const tools = new Map(run.steps.flatMap((step) => (step.type === 'call' ? [[step.callId, step.tool]] : [])));
  const refusals = new Set(run.steps.flatMap((step) => (step.type === 'result' && step.refused ? [step.callId] : [])));
  return run.steps.map((step) => {
    const callId = step.type === 'call' || step.type === 'result' ? step.callId : null;
    const number = callId === null ? null : (numbers.get(callId) ?? null);
    const refused = callId !== null && refusals.has(callId);
    return { number, refused, title: titleOf(step, number, refused, tools.get(callId ?? '') ?? '') };
  });
}

function titleOf(step: Step, number: number | null, refused: boolean, tool: string): string {
  const counted = number === null ? '' : ` (${number})`;
  switch (step.type) {
    case 'think':
      return 'Thinks';
    case 'answer':
      return 'Answers';
    case 'call':
      if (isOpenCall(step)) return 'Asks to look closer';
      if (refused) return 'A call that could not be carried out';
      return tool === 'zoom' ? `Looks closer${counted}` : tool === 'rotate' ? 'Turns the picture' : `Calls ${tool}`;
    case 'result':
      if (refused) return 'Is told why';
      return tool === 'zoom' ? `Gets the crop${counted}` : 'Gets the result';
    case 'said':
      return 'The person says';
    case 'other':
      return step.kind || 'Something else';
    default:
      return step satisfies never;
  }
}
