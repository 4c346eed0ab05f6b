import { describe, expect, it } from 'vitest';
import { isSameBox, stopReasonOf } from './stop-conditions';
import type { RunState } from './stop-conditions';

const going: RunState = { held: 'call', ended: 'stop', calls: 1, repeats: 0, maxTurns: 3, tools: true };

describe('when a run ends', () => {
  it('goes on after a call, good or bad', () => {
    expect(stopReasonOf(going)).toBeNull();
    expect(stopReasonOf({ ...going, held: 'malformed' })).toBeNull();
  });

  it('N12: a turn with neither a call nor an answer', () => {
    expect(stopReasonOf({ ...going, held: 'nothing' })).toBe('no-call');
    expect(stopReasonOf({ ...going, held: 'nothing', ended: 'length' })).toBe('length');
    expect(stopReasonOf({ ...going, tools: false })).toBe('no-call');
  });

  it('N13: an answer, too many calls, the same box, or a person', () => {
    expect(stopReasonOf({ ...going, held: 'answer', ended: 'length' })).toBe('answer');
    expect(stopReasonOf({ ...going, calls: 3 })).toBeNull();
    expect(stopReasonOf({ ...going, calls: 4 })).toBe('max-turns');
    expect(stopReasonOf({ ...going, repeats: 1 })).toBeNull();
    expect(stopReasonOf({ ...going, repeats: 2 })).toBe('repeated-box');
    expect(stopReasonOf({ ...going, held: 'answer', ended: 'abort' })).toBe('abort');
  });

  it('N13: the same box is one that overlaps by 0.95', () => {
    const box = { x1: 0, y1: 0, x2: 100, y2: 100 };
    expect(isSameBox(null, box)).toBe(false);
    expect(isSameBox(box, { ...box, x2: 95 })).toBe(true);
    expect(isSameBox(box, { ...box, x2: 94 })).toBe(false);
  });
});
