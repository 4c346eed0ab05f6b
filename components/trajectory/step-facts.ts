/** What has to be known of a step beside the step itself: its number on the canvas, its name, and whether a call was refused. Pure. */
import { boxesAt, codeOf, isOpenCall, type Step, type Trajectory } from '@/lib/trajectory';
import type { Words } from '@/lib/words';

type StepWords = Words['trajectory']['steps'];

export interface StepFacts {
  /** Number of the call, as on its box; null for steps that have none. */
  readonly number: number | null;
  /** A few words that name the step, also for screen readers and the timeline. */
  readonly title: string;
  /** A call that was not carried out, or the refusal itself. */
  readonly refused: boolean;
  /** What a call ran, or what a result came of; null where that was no code. */
  readonly code: string | null;
}

export function stepFacts(run: Trajectory, words: StepWords): readonly StepFacts[] {
  const numbers = new Map(boxesAt(run, run.steps.length).map((box) => [box.callId, box.number]));
  const tools = new Map(run.steps.flatMap((step) => (step.type === 'call' ? [[step.callId, step.tool]] : [])));
  const codes = new Map(run.steps.flatMap((step) => (step.type === 'call' ? [[step.callId, codeOf(step)]] : [])));
  const refusals = new Set(run.steps.flatMap((step) => (step.type === 'result' && step.refused ? [step.callId] : [])));
  return run.steps.map((step) => {
    const callId = step.type === 'call' || step.type === 'result' ? step.callId : null;
    const number = callId === null ? null : (numbers.get(callId) ?? null);
    const refused = callId !== null && refusals.has(callId);
    const code = callId === null || refused ? null : (codes.get(callId) ?? null);
    return {
      number,
      refused,
      code,
      title: titleOf(words, step, number, refused, tools.get(callId ?? '') ?? '', code !== null),
    };
  });
}

function titleOf(
  words: StepWords,
  step: Step,
  number: number | null,
  refused: boolean,
  tool: string,
  isCode: boolean,
): string {
  switch (step.type) {
    case 'think':
      return words.think;
    case 'answer':
      return words.answer;
    case 'call':
      if (isOpenCall(step)) return words.opens;
      if (refused) return words.refused;
      if (isCode) return words.code(number);
      return tool === 'zoom' ? words.zoom(number) : tool === 'rotate' ? words.rotate : words.calls(tool);
    case 'result':
      if (refused) return words.told;
      if (isCode) return words.codeResult;
      return tool === 'zoom' ? words.crop(number) : words.result;
    case 'said':
      return words.said;
    case 'other':
      return step.kind || words.other;
    default:
      return step satisfies never;
  }
}
