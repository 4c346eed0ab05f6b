/**
 * A run as one line of DeepEyes' evaluation format (eval_vstar.py, judge_result.py): `{image, question, answer, pred_ans,
 * pred_output, status, acc}`, where `pred_output` is the conversation with its images left blank and boxes are pixels of the
 * original picture, as every reader of that format takes them. The run itself lies beside it under `loupe`, which those
 * readers pass over: from it Loupe opens the very run, with what the model wrote byte for byte.
 */
import type { Step, Trajectory } from './schema';

/** What is known of a run from outside it. */
export interface DeepEyesFacts {
  /** The answer that was sought. */
  readonly answer: string;
  readonly right: boolean;
  /** Goes under `loupe_result`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

const BLANK = { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,' } };

/** Without the line break. */
export function writeDeepEyesLine(run: Trajectory, { answer, right, facts }: DeepEyesFacts): string {
  return JSON.stringify({
    image: run.image.name,
    question: run.question,
    answer,
    pred_ans: run.steps.findLast((step) => step.type === 'answer')?.text ?? '',
    pred_output: conversationOf(run),
    status: run.status === 'done' ? 'success' : 'error',
    acc: right ? 1 : 0,
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

function conversationOf({ systemPrompt, question, steps }: Trajectory): readonly unknown[] {
  const messages: unknown[] = [
    { role: 'system', content: systemPrompt },
    { role: 'user', content: [BLANK, { type: 'text', text: question }] },
  ];
  const turns = new Map<number, Step[]>();
  for (const step of steps) turns.set(step.turn, [...(turns.get(step.turn) ?? []), step]);
  for (const turn of turns.values()) {
    messages.push({ role: 'assistant', content: turn.map(wordsOf).join('') });
    for (const step of turn) {
      if (step.type === 'result') messages.push({ role: 'user', content: [BLANK] });
      if (step.type === 'malformed' && step.told !== '') messages.push({ role: 'user', content: step.told });
    }
  }
  return messages;
}

function wordsOf(step: Step): string {
  switch (step.type) {
    case 'think':
      return `<think>${step.text}</think>`;
    case 'call': {
      const { x1, y1, x2, y2 } = step.askedInImage;
      const call = {
        name: 'image_zoom_in_tool',
        arguments: { bbox_2d: [x1, y1, x2, y2].map(Math.round), label: step.label },
      };
      return `<tool_call>${JSON.stringify(call)}</tool_call>`;
    }
    case 'malformed':
      return `<tool_call>${step.text}</tool_call>`;
    case 'answer':
      return `<answer>${step.text}</answer>`;
    case 'result':
      return '';
    default:
      return step satisfies never;
  }
}
