import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTrajectory } from './fixtures/arbitrary';
import twoZooms from './fixtures/two-zooms.json';
import {
  activeCrop,
  answerOf,
  boxesAt,
  boxNumberOf,
  callCount,
  clampCursor,
  currentStep,
  cursorAtStep,
  cursorAtTime,
  eventsOf,
  foldEvent,
  lastCursor,
  moveCursor,
  parseTrajectory,
  runTime,
  stepsUpTo,
  timeline,
  tokenCount,
} from './index';
import type { Trajectory } from './index';

const parsed = parseTrajectory(twoZooms);
if (!parsed.ok) throw new Error('fixture');
const run = parsed.trajectory;

describe('reading a run at a cursor', () => {
  it('numbers the boxes as they were asked', () => {
    expect(boxesAt(run, 0)).toEqual([]);
    expect(boxesAt(run, 2).map((box) => [box.number, box.label, box.active, box.stepIndex])).toEqual([
      [1, 'dog', true, 1],
    ]);
    expect(boxesAt(run, 8).map((box) => [box.number, box.colorIndex, box.turn, box.active])).toEqual([
      [1, 0, 1, false],
      [2, 1, 2, false],
    ]);
  });

  it('looks at a crop from its call to the next call or the answer', () => {
    const first = { x1: 147, y1: 231, x2: 237, y2: 321 };
    const second = { x1: 144, y1: 292, x2: 208, y2: 356 };
    const looks = [null, null, first, first, first, second, second, second, null];
    looks.forEach((crop, cursor) => expect(activeCrop(run, cursor)).toEqual(crop));
  });

  it('knows which box a step speaks of', () => {
    expect(run.steps.map((_, index) => boxNumberOf(run, index))).toEqual([1, 1, 1, 2, 2, 2, 2, 2]);
    expect(boxNumberOf(run, 99)).toBeNull();
  });

  it('counts and times', () => {
    expect(answerOf(run)).toBe('K7');
    expect(callCount(run)).toBe(2);
    expect(tokenCount(run)).toBe(4);
    expect(runTime(run)).toBe(2050);
    expect(timeline(run)[0]).toEqual({ stepIndex: 0, type: 'think', turn: 1, start: 300, end: 420, tokens: 4 });
  });

  it('moves the cursor and never leaves the run', () => {
    expect([-3, 0, 3.7, 99, Number.NaN].map((cursor) => clampCursor(run, cursor))).toEqual([0, 0, 3, 8, 0]);
    expect(moveCursor(run, 99, -1)).toBe(7);
    expect(moveCursor(run, 8, 1)).toBe(8);
    expect(lastCursor(run)).toBe(8);
    expect(cursorAtStep(run, 2)).toBe(3);
    expect([0, 300, 701, 9999].map((ms) => cursorAtTime(run, ms))).toEqual([0, 1, 3, 8]);
    expect(currentStep(run, 0)).toBeNull();
    expect(currentStep(run, 8)?.type).toBe('answer');
  });

  it('shows, live, what a replay at the same cursor shows', () => {
    fc.assert(
      fc.property(anyTrajectory, (whole) => {
        let live: Trajectory | null = null;
        for (const event of eventsOf(whole)) {
          live = foldEvent(live, event);
          if (!event.type.endsWith('-end') && event.type !== 'result') continue;
          const cursor = live.steps.length;
          expect(stepsUpTo(whole, cursor)).toEqual(live.steps);
          expect(boxesAt(whole, cursor)).toEqual(boxesAt(live, cursor));
          expect(activeCrop(whole, cursor)).toEqual(activeCrop(live, cursor));
        }
      }),
    );
  });
});
