import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTrajectory } from './fixtures/arbitrary';
import { anyTrajectory1 } from './fixtures/arbitrary-1';
import twoZooms from './fixtures/two-zooms.json';
import { fromVersion1 } from './from-version-1';
import { eventsOf, foldAll, foldEvent, isOpenCall } from './index';
import { parseTrajectory } from './document';
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

  it('tells any run of version 1 again and gets the same run', () => {
    fc.assert(
      fc.property(anyTrajectory1, (old) => {
        const trajectory = fromVersion1(old);
        expect(foldAll(eventsOf(trajectory))).toEqual(trajectory);
      }),
      { numRuns: 300 },
    );
  });

  it('passes the door after every event, so that a run can be kept at any moment', () => {
    fc.assert(
      fc.property(fc.oneof(fc.constant(kept()), anyTrajectory), (whole) => {
        let trajectory: Trajectory | null = null;
        for (const event of eventsOf(whole)) {
          trajectory = foldEvent(trajectory, event);
          const parsed = parseTrajectory(trajectory);
          expect(parsed.ok ? parsed.trajectory : parsed.problems).toEqual(trajectory);
        }
      }),
    );
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
    const deltas = [...eventsOf(kept())].flatMap((event) => (event.type === 'think-delta' ? [event.text] : []));
    expect(deltas.slice(0, 4)).toEqual(['', 'The dog', ' is small.', '']);
  });

  it('tells each crop before the result that shows it, and how the given picture was seen', () => {
    const events = [...eventsOf(kept())];
    const types = events.map(({ type }) => type);
    expect(types.slice(0, 3)).toEqual(['run-start', 'given-seen', 'turn-start']);
    const crops = events.flatMap((event, at) => (event.type === 'picture' ? [[event.picture.id, types[at + 1]]] : []));
    expect(crops).toEqual([
      ['p2', 'result'],
      ['p3', 'result'],
    ]);
  });

  it('has every picture before the step that speaks of it, shown or not', () => {
    const whole = kept();
    const [whichever] = whole.pictures;
    const other = { ...whichever!, id: 'other' };
    const place = { picture: 'other', box: { x1: 0, y1: 0, x2: 9, y2: 9 } };
    const steps = whole.steps.map((step, at) => (step.type === 'call' && at === 1 ? { ...step, place } : step));
    const asking = { ...whole, pictures: [...whole.pictures.slice(0, 1), other, ...whole.pictures.slice(1)], steps };
    const types = [...eventsOf(asking)].map(({ type }) => type);
    expect(types.indexOf('picture')).toBe(types.indexOf('call-start') - 1);
    const known = {
      ...whole,
      truth: { answers: [], options: null, places: [{ label: '', place: { ...place, picture: 'p3' } }] },
    };
    expect([...eventsOf(known)].some(({ type }) => type === 'picture')).toBe(false);
    expect(foldAll(eventsOf(known))).toEqual(known);
  });

  it('grows an open call with what is written, and says in its result why it was refused', () => {
    const start: TrajectoryEvent[] = [
      { type: 'run-start', at: 0, header: header() },
      { type: 'turn-start', at: 0, turn: 1 },
      { type: 'call-start', at: 10, turn: 1, callId: 'call-1' },
      { type: 'call-delta', at: 20, text: '{"na', tokens: [token('<tool_call>{"na')] },
    ];
    const open = foldAll(start)?.steps[0];
    expect(open && isOpenCall(open)).toBe(true);
    const refused = { problem: 'not-json', told: 'bad call.' };
    const nothing = { tool: '', input: null, label: '', asked: null, place: null } as const;
    const after = foldAll([
      ...start,
      { type: 'call-end', at: 30, ...nothing },
      { type: 'result', at: 35, turn: 1, callId: 'call-1', parts: [], refused },
    ]);
    expect(after?.steps).toEqual([
      {
        type: 'call',
        callId: 'call-1',
        written: '{"na',
        state: 'read',
        ...nothing,
        turn: 1,
        span: { start: 10, end: 30 },
        tokens: [token('<tool_call>{"na')],
      },
      { type: 'result', callId: 'call-1', parts: [], refused, turn: 1, span: { start: 35, end: 35 }, tokens: [] },
    ]);
  });

  it('leaves untimed what nobody timed', () => {
    const steps = foldAll([
      { type: 'run-start', at: 0, header: header() },
      { type: 'answer-start', at: 0, turn: 1, untimed: true },
      { type: 'answer-delta', at: 0, text: 'K7', tokens: [] },
      { type: 'answer-end', at: 0, person: [{ from: 0, to: 2 }] },
    ])?.steps;
    expect(steps).toEqual([
      { type: 'answer', text: 'K7', turn: 1, span: null, tokens: [], person: [{ from: 0, to: 2 }] },
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
