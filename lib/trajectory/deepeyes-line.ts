/**
 * A run as one line of DeepEyes' evaluation format (eval_vstar.py, judge_result.py): `{image, question, answer, pred_ans,
 * pred_output, status, acc}`, where `pred_output` is the conversation with its images left blank and boxes are pixels of the
 * original picture, as every reader of that format takes them. The run itself lies beside it under `loupe`, which those
 * readers pass over: from it Loupe opens the very run, with what the model wrote byte for byte.
 */
import { mainPicture, questionOf, rootPlace } from './pictures';
import type { Step, Trajectory } from './schema';

/** What is known of a run from outside it. */
export interface DeepEyesFacts {
  /** The answer that was sought. */
  readonly answer: string;
  /** Null where nobody judged it. */
  readonly right: boolean | null;
  /** Goes under `loupe_result`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

const BLANK = { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,' } };

/** Without the line break. */
export function writeDeepEyesLine(run: Trajectory, { answer, right, facts }: DeepEyesFacts): string {
  return JSON.stringify({
    image: mainPicture(run)?.file.name ?? '',
    question: questionOf(run),
    answer,
    pred_ans: run.steps.findLast((step) => step.type === 'answer')?.text ?? '',
    pred_output: conversationOf(run),
    status: run.status === 'done' ? 'success' : 'error',
    ...(right !== null && { acc: right ? 1 : 0 }),
    loupe: run,
    ...(facts && { loupe_result: facts }),
  });
}

/** What lies under `loupe`, not looked at yet: parseTrajectory is its door. Undefined where this is no such line. */
export function runOfDeepEyesLine(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'pred_output' in value && 'loupe' in value
    ? value.loupe
    : undefined;
}

function conversationOf(run: Trajectory): readonly unknown[] {
  const given = run.given.map((part) => ('text' in part ? { type: 'text', text: part.text } : BLANK));
  const messages: unknown[] = [
    { role: 'system', content: run.systemPrompt },
    { role: 'user', content: given },
  ];
  const turns = new Map<number, Step[]>();
  for (const step of run.steps) turns.set(step.turn, [...(turns.get(step.turn) ?? []), step]);
  for (const turn of turns.values()) {
    messages.push({ role: 'assistant', content: turn.map((step) => wordsIn(run, step)).join('') });
    for (const step of turn) {
      if (step.type !== 'result') continue;
      const { parts, refused } = step;
      if (!refused) {
        const content = parts.map((part) => ('text' in part ? { type: 'text', text: part.text } : BLANK));
        messages.push({ role: 'user', content });
      } else if (refused.told !== '') messages.push({ role: 'user', content: refused.told });
    }
  }
  return messages;
}

/** Boxes in pixels of the original, as every reader of the format takes them. */
function wordsIn(run: Trajectory, step: Step): string {
  switch (step.type) {
    case 'think':
      return `<think>${step.text}</think>`;
    case 'call': {
      const place = step.place && rootPlace(run.pictures, step.place);
      const isRefused = run.steps.some((one) => one.type === 'result' && one.callId === step.callId && one.refused);
      if (step.tool !== 'zoom' || !place || isRefused) return `<tool_call>${step.written}</tool_call>`;
      const { x1, y1, x2, y2 } = place.box;
      const call = {
        name: 'image_zoom_in_tool',
        arguments: { bbox_2d: [x1, y1, x2, y2].map(Math.round), label: step.label },
      };
      return `<tool_call>${JSON.stringify(call)}</tool_call>`;
    }
    case 'answer':
      return `<answer>${step.text}</answer>`;
    case 'result':
    case 'said':
    case 'other':
      return '';
    default:
      return step satisfies never;
  }
}
