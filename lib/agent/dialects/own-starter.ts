/** What a dialect of one's own begins with: it works as it is, with any model that can write boxes. */
import type { OwnDialect } from '@/lib/trajectory';
import { OWN_DIALECT_FORMAT } from '@/lib/trajectory/own-dialect';

export const starterDialect = (name: string): OwnDialect => ({
  format: OWN_DIALECT_FORMAT,
  name,
  frame: 'thousandths',
  prompt:
    'Look at the picture. Write <think>your thought</think>, then either <answer>your answer</answer> or, to see a part enlarged, its left, ' +
    'top, right and bottom edge from 0 to 1000: <zoom>100, 200, 400, 500, what is there</zoom>',
  plainPrompt: 'Look at the picture. Write <think>your thought</think>, then <answer>your answer</answer>',
  call: '<zoom>{x1}, {y1}, {x2}, {y2}, {label}</zoom>',
  shown: '<result>{picture}</result>',
  refused: '<result>{error}</result>',
});
