import { describe, expect, it } from 'vitest';
import type { StepOf } from '@/lib/trajectory';
import { repeatsOf } from './judge';
import { stopReasonOf, type RunState } from './stop-conditions';

const going: RunState = { held: 'call', ended: 'stop', calls: 1, repeats: 0, maxTurns: 3, tools: true };

describe('when a run ends', () => {
  it('goes on after a call', () => {
    expect(stopReasonOf(going)).toBeNull();
  });

  it('N12: a turn with neither a call nor an answer', () => {
    expect(stopReasonOf({ ...going, held: 'nothing' })).toBe('no-call');
    expect(stopReasonOf({ ...going, held: 'nothing', ended: 'length' })).toBe('length');
    expect(stopReasonOf({ ...going, tools: false })).toBe('no-call');
  });

  it('N13: an answer, too many calls, the same box, or a person', () => {
    expect(stopReasonOf({ ...going, held: 'answer', ended: 'length' })).toBe('answer');
    expect(stopReasonOf({ ...going, calls: 2 })).toBeNull();
    expect(stopReasonOf({ ...going, calls: 3 })).toBe('max-turns');
    expect(stopReasonOf({ ...going, repeats: 1 })).toBeNull();
    expect(stopReasonOf({ ...going, repeats: 2 })).toBe('repeated-call');
    expect(stopReasonOf({ ...going, held: 'answer', ended: 'abort' })).toBe('abort');
  });

  type Call = StepOf<'call'>;
  const box = { x1: 0, y1: 0, x2: 100, y2: 100 };
  const call = (change: Partial<Call> = {}): Call => ({
    type: 'call',
    callId: 'call-1',
    tool: 'zoom',
    written: '',
    input: null,
    label: '',
    state: 'read',
    asked: null,
    place: { picture: 'p1', box },
    turn: 1,
    span: null,
    tokens: [],
    ...change,
  });
  const turned = (angle: number) => call({ tool: 'rotate', input: { angle } });
  const repeats = (...steps: Call[]) => repeatsOf({ steps });

  it('N13: the same box is one that overlaps by 0.95', () => {
    const at = (x2: number) => call({ place: { picture: 'p1', box: { ...box, x2 } } });
    expect(repeats(call())).toBe(0);
    expect(repeats(call(), at(95))).toBe(1);
    expect(repeats(call(), at(94))).toBe(0);
    expect(repeats(call(), at(97), call())).toBe(2);
    expect(repeats(call(), at(50), call())).toBe(0);
    expect(repeats(call(), call({ place: { picture: 'p2', box } }))).toBe(0);
  });

  it('N13: calls that ask for nothing that could be done are passed over, and another tool is another request', () => {
    expect(repeats(call(), call({ place: null, tool: '' }), call())).toBe(1);
    expect(repeats(call(), turned(90), call())).toBe(0);
    expect(repeats(turned(90), turned(90))).toBe(1);
    expect(repeats(turned(90), turned(180))).toBe(0);
  });
});
