import { expect, it } from 'vitest';
import type { TimelineEntry } from '@/lib/trajectory';
import { MOST_SEGMENTS, stripSegments } from './strip-segments';

const entries = (count: number, end: number | null = 90): TimelineEntry[] =>
  Array.from({ length: count }, (_, stepIndex) => ({
    ...{ stepIndex, turn: 1, type: 'think' as const, tokens: 0, person: false },
    start: end === null ? null : 0,
    end,
  }));

it('is a segment a step where the strip is wide enough', () => {
  const segments = stripSegments(entries(16));
  expect(segments.map(({ first, end }) => [first, end])).toEqual(entries(16).map((_, at) => [at, at + 1]));
});

it('puts steps together where it is not, and leaves none out', () => {
  const segments = stripSegments(entries(5_001));
  expect(segments.length).toBeLessThanOrEqual(MOST_SEGMENTS);
  expect(segments[0]?.first).toBe(0);
  expect(segments.at(-1)?.end).toBe(5_001);
  for (const [at, { first }] of segments.entries()) expect(first).toBe(segments[at - 1]?.end ?? 0);
});

it('no time, none at all and one beyond all time leave room for the others', () => {
  const [long] = stripSegments(entries(1, 1e308));
  expect(long?.weight).toBeLessThan(1e9);
  expect(stripSegments(entries(3, null)).map(({ weight }) => weight)).toEqual([1, 1, 1]);
  expect(stripSegments([])).toEqual([]);
});
