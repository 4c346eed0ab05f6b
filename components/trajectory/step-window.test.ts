import { expect, it } from 'vitest';
import { goldenRun } from '@/lib/trajectory/fixtures/golden-run';
import type { Step } from '@/lib/trajectory';
import { windowStart } from './step-window';

const [step] = goldenRun('5-two-calls-in-one-turn').steps;
if (!step) throw new Error('it has steps');
const many = (count: number, tokens: number) =>
  Array.from({ length: count }, () => ({ ...step, tokens: Array.from({ length: tokens }, () => step.tokens[0]!) }));

it('shows every step of a usual run', () => {
  expect(windowStart(many(16, 60), 16, 4_000)).toBe(0);
  expect(windowStart([], 0, 4_000)).toBe(0);
});

it('shows the last steps of a long one, fewer where they are long, and one at least', () => {
  expect(windowStart(many(5_000, 0), 5_000, 4_000)).toBe(4_900);
  expect(windowStart(many(5_000, 0), 300, 4_000)).toBe(200);
  expect(windowStart(many(100, 1_000), 100, 4_000)).toBeGreaterThan(95);
  expect(windowStart(many(3, 200_000), 3, 1_000)).toBe(2);
});

it('counts words that came without tokens by their length', () => {
  const results = (letters: number): Step[] =>
    Array.from({ length: 100 }, () => ({
      type: 'result',
      turn: 1,
      span: null,
      tokens: [],
      callId: 'c',
      refused: null,
      parts: [{ text: 'x'.repeat(letters) }],
    }));
  expect(windowStart(results(10), 100, 4_000)).toBe(0);
  expect(windowStart(results(8_000), 100, 4_000)).toBe(83);
  // Of a step that is longer than anybody draws at once, what is drawn counts.
  expect(windowStart(results(900_000), 100, 4_000)).toBe(windowStart(results(20_000), 100, 4_000));
});
