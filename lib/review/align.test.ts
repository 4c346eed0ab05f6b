import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Trajectory } from '@/lib/trajectory';
import twoZooms from '@/lib/trajectory/fixtures/two-zooms.json';
import { parseTrajectory } from '@/lib/trajectory/document';
import { alignRuns, divergenceOf, lookPairs, wordDifference } from './align';

const parsed = parseTrajectory(twoZooms);
if (!parsed.ok) throw new Error('the fixture is a run');
const run = parsed.trajectory;
const without = (index: number): Trajectory => ({ ...run, steps: run.steps.toSpliced(index, 1) });

describe('moments', () => {
  it('of a run beside itself go through it step by step, and it parts nowhere', () => {
    const moments = alignRuns(run, run);
    expect(moments).toEqual(Array.from({ length: run.steps.length + 1 }, (_, at) => ({ a: at, b: at })));
    expect(divergenceOf(run, run, moments)).toBeNull();
  });

  it('keep turns beside each other where one has fewer steps, and say where it parted', () => {
    const second = run.steps.findIndex(({ turn }) => turn === 2);
    const other = without(0);
    const moments = alignRuns(run, other);
    expect(moments.some(({ a, b }) => a === second && b === second - 1)).toBe(true);
    expect(moments.at(-1)).toEqual({ a: run.steps.length, b: other.steps.length });
    expect(divergenceOf(run, other, moments)).toBe(1);
  });

  it('part at the step whose words differ, and not at one that took longer', () => {
    const last = run.steps.length - 1;
    const slower = run.steps.map((step) => ({ ...step, span: { start: 0, end: 99_999 } }));
    expect(divergenceOf(run, { ...run, steps: slower }, alignRuns(run, run))).toBeNull();
    const steps = run.steps.map((step, index) =>
      index === last && step.type === 'answer' ? { ...step, text: 'another' } : step,
    );
    expect(divergenceOf(run, { ...run, steps }, alignRuns(run, run))).toBe(last + 1);
  });
});

it('looks are told as overlap, one by one', () => {
  const pairs = lookPairs(run, run, (a, b) => a === b);
  expect(pairs.length).toBe(2);
  expect(pairs.every(({ overlap }) => overlap === 1)).toBe(true);
  expect(lookPairs(run, run, () => false).every(({ overlap }) => overlap === null)).toBe(true);
});

it('the pieces of a difference are both texts, and no more differs than has to', () => {
  expect(wordDifference('the red dog', 'the blue dog')).toEqual([
    { text: 'the', in: 'both' },
    { text: ' red', in: 'a' },
    { text: ' blue', in: 'b' },
    { text: ' dog', in: 'both' },
  ]);
  const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'c '), { maxLength: 40 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (a, b) => {
      const pieces = wordDifference(a, b);
      const of = (side: 'a' | 'b') =>
        pieces.flatMap((piece) => (piece.in === side || piece.in === 'both' ? [piece.text] : [])).join('');
      expect([of('a'), of('b')]).toEqual([a, b]);
      if (a === b) expect(pieces.every((piece) => piece.in === 'both')).toBe(true);
    }),
  );
});
