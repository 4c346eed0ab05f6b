/** Two sets by question: who was right where, also where one lacks the question or could not read its row. */
import { expect, it } from 'vitest';
import type { SetRow } from '@/lib/formats';
import { factsOf } from '@/lib/sets';
import { madeRun } from '@/lib/sets/fixtures/made-run';
import { arrangePairs, countPairs, pairRows } from './arrange-pairs';

const row = (index: number, question: string, answer: string): SetRow => ({
  index,
  file: 0,
  record: index,
  facts: factsOf(madeRun({ question, answer, answers: ['red'] })),
  notes: [],
  wanted: [],
  system: 'deepeyes',
  rule: 'evaluation',
  boxes: null,
});
const broken: SetRow = { index: 9, file: 0, record: 9, problem: { code: 'not-json' } };

const left = [row(0, 'The cap?', 'red'), row(1, 'The bag?', 'blue'), row(2, 'The hat?', 'red'), broken];
const right = [
  row(0, 'the  HAT?', 'red'),
  broken,
  row(1, 'The cap?', 'green'),
  row(2, 'The shoe?', 'red'),
  row(3, 'The bag?', 'red'),
];
const pairs = pairRows(left, right);

it('pairs rows by their question, in the order of the left set', () => {
  expect(pairs.map((pair) => [pair.left?.index ?? null, pair.right?.index ?? null, pair.outcome])).toEqual([
    [0, 1, 'left-only'],
    [1, 3, 'right-only'],
    [2, 0, 'both-right'],
    [null, 2, 'unknown'],
  ]);
  expect(countPairs(pairs)).toEqual({ 'left-only': 1, 'right-only': 1, 'both-right': 1, 'both-wrong': 0, unknown: 1 });
});

it('are narrowed by who was right, and by words of either', () => {
  const shown = (outcome: Parameters<typeof arrangePairs>[1], words: string) =>
    arrangePairs(pairs, outcome, words).map(({ index }) => index);
  expect(shown('left-only', '')).toEqual([0]);
  expect(shown(null, 'GREEN cap')).toEqual([0]);
  expect(shown('both-right', 'cap')).toEqual([]);
});
