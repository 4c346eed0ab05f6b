/** A turn in a dialect's tags, for runs whose tokens were not kept. */
import type { Step } from '@/lib/trajectory';
import { SHARED_TAGS, type TurnTags } from '../stream-parser';

export const writeTags = (steps: readonly Step[]): string => writeIn(SHARED_TAGS)(steps);

export function writeIn({ think, call, answer }: TurnTags): (steps: readonly Step[]) => string {
  const wordsIn = (step: Step): string => {
    switch (step.type) {
      case 'think':
        return think.open + step.text + think.close;
      case 'call':
        return call.open + step.written + call.close;
      case 'answer':
        return answer.open + step.text + answer.close;
      case 'result':
      case 'said':
      case 'other':
        return '';
      default:
        return step satisfies never;
    }
  };
  return (steps) => steps.map(wordsIn).join('');
}
