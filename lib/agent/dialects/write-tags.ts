/** A turn in the tags that these dialects share, for runs whose tokens were not kept. */
import type { Step } from '@/lib/trajectory';

export function writeTags(steps: readonly Step[]): string {
  return steps.map(wordsIn).join('');
}

function wordsIn(step: Step): string {
  switch (step.type) {
    case 'think':
      return `<think>${step.text}</think>`;
    case 'call':
      return `<tool_call>${step.written}</tool_call>`;
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
