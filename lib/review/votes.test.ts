import { expect, it } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
import twoZooms from '@/lib/trajectory/fixtures/two-zooms.json';
import { parseTrajectory } from '@/lib/trajectory/document';
import { votesOf } from './votes';

const parsed = parseTrajectory(twoZooms);
if (!parsed.ok) throw new Error('the fixture is a run');
const base = parsed.trajectory;

const saying = (text: string | null): Trajectory => ({
  ...base,
  steps: base.steps
    .filter(({ type }) => type !== 'answer' || text !== null)
    .map((step) => (step.type === 'answer' && text !== null ? { ...step, text } : step)),
});

it('counts answers that are written a little differently as one', () => {
  const { votes, agreement, pairs } = votesOf(['K7', ' k7.', 'B3', 'K7', null].map(saying));
  expect(votes.map(({ answer, runs }) => [answer, runs.length])).toEqual([
    ['K7', 3],
    ['B3', 1],
    [null, 1],
  ]);
  expect(agreement).toBe(0.6);
  expect(pairs).toBeCloseTo(0.3);
});

it('one run agrees with itself, none with nobody', () => {
  expect(votesOf([saying('x')])).toMatchObject({ agreement: 1, pairs: 1 });
  expect(votesOf([])).toEqual({ votes: [], agreement: 0, pairs: 1 });
});
