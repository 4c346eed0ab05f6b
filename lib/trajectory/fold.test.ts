import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTrajectory } from './fixtures/arbitrary';
import twoZooms from './fixtures/two-zooms.json';
import { eventsOf, foldAll, foldEvent, isOpenCall, parseTrajectory } from './index';
import type { RunHeader, Trajectory, TrajectoryEvent } from './index';

function kept(): Trajectory {
  const parsed = parseTrajectory(twoZooms);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.trajectory;
}

function header(): RunHeader {
  const first = eventsOf(kept()).next().value;
  if (first?.type !== 'run-start') throw new Error('no start');
  const { updatedAt: _, ...rest } = first.header;
  return rest;
}

const token = (text: string) => ({ id: 1, text, logprob: -0.5, top: [] });

describe('the fold', () => {
  it('tells a kept run again and gets the same run', () => {
    expect(foldAll(eventsOf(kept()))).toEqual(kept());
  });

  it('tells any run again and gets the same run', () => {
    fc.assert(
      fc.property(anyTrajectory, (trajectory) => {
        expect(foldAll(eventsOf(trajectory))).toEqual(trajectory);
      }),
      { numRuns: 500 },
    );
  });

  it('passes the door after every event', () => {
    let trajectory: Trajectory | null = null;
    for (const event of eventsOf(kept())) {
      trajectory = foldEvent(trajectory, event);
      expect(parseTrajectory(trajectory)).toEqual({ ok: true, trajectory });
    }
  });

  it('changes nothing it was given', () => {
    let trajectory: Trajectory | null = null;
    for (const event of eventsOf(kept())) {
      const before: unknown = structuredClone(trajectory);
      const next: Trajectory = foldEvent(trajectory, event);
      expect(trajectory).toEqual(before);
      trajectory = next;
    }
  });

  it('tells events in the order of their time', () => {
    const times = [...eventsOf(kept())].map((event) => event.at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('tells a thought token by token, tags without text', () => {
    const deltas = [...eventsOf(kept())].filter((event) => event.type === 'think-delta').slice(0, 4);
    expect(deltas.map((event) => event.text)).toEqual(['', 'The dog', ' is small.', '']);
  });

  it('grows an open call with what is written and turns a bad one into a malformed step', () => {
    const start: TrajectoryEvent[] = [
      { type: 'run-start', at: 0, header: header() },
      { type: 'turn-start', at: 0, turn: 1 },
      { type: 'call-start', at: 10, turn: 1, callId: 'call-1' },
      { type: 'call-delta', at: 20, text: '{"na', tokens: [token('<tool_call>{"na')] },
    ];
    const open = foldAll(start)?.steps[0];
    expect(open && isOpenCall(open)).toBe(true);
    const after = foldAll([
      ...start,
      { type: 'malformed', at: 30, problem: 'not-json', told: 'bad call.', text: '{"na' },
    ]);
    expect(after?.steps).toEqual([
      {
        type: 'malformed',
        text: '{"na',
        problem: 'not-json',
        told: 'bad call.',
        turn: 1,
        span: { start: 10, end: 30 },
        tokens: [token('<tool_call>{"na')],
      },
    ]);
  });

  it('dates a live run by its clock', () => {
    const settled = foldAll([
      { type: 'run-start', at: 0, header: header() },
      { type: 'run-end', at: 1500, status: 'stopped', reason: 'abort', message: '', code: null },
    ]);
    expect(settled?.updatedAt).toBe('2026-11-21T10:00:01.500Z');
    expect(settled?.status).toBe('stopped');
  });

  it('refuses a stream without a beginning and a delta without a step', () => {
    expect(() => foldEvent(null, { type: 'think-end', at: 0 })).toThrow('run-start');
    expect(() =>
      foldAll([
        { type: 'run-start', at: 0, header: header() },
        { type: 'think-end', at: 0 },
      ]),
    ).toThrow('think');
  });
});
