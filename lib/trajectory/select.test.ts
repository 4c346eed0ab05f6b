import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTrajectory } from './fixtures/arbitrary';
import { anyTrajectory1 } from './fixtures/arbitrary-1';
import twoZooms from './fixtures/two-zooms.json';
import { fromVersion1 } from './from-version-1';
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
  pictureAt,
  resultOf,
  runTime,
  stepsUpTo,
  timeline,
  tokenCount,
  wordsOf,
} from './index';
import { parseTrajectory } from './document';
import type { Part, Picture, Step, Trajectory } from './index';

const parsed = parseTrajectory(twoZooms);
if (!parsed.ok) throw new Error('fixture');
const run = parsed.trajectory;

describe('reading a run at a cursor', () => {
  it('numbers the boxes as they were asked', () => {
    expect(boxesAt(run, 0)).toEqual([]);
    expect(boxesAt(run, 2).map((box) => [box.number, box.label, box.active, box.stepIndex, box.picture])).toEqual([
      [1, 'dog', true, 1, 'p1'],
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
    looks.forEach((crop, cursor) => {
      expect(activeCrop(run, cursor)).toEqual(crop);
    });
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
    expect(timeline(run)[0]).toEqual({
      stepIndex: 0,
      type: 'think',
      turn: 1,
      start: 300,
      end: 420,
      tokens: 4,
      person: false,
    });
    expect(resultOf(run, 'call-2')).toBe(run.steps[5]);
    expect(resultOf(run, 'call-9')).toBeNull();
    expect(run.steps.map(wordsOf).map((words) => words.slice(0, 10))).toEqual([
      'The dog is',
      '{"name": "',
      '',
      'I see no t',
      '{"name": "',
      '',
      'The tag sa',
      'K7',
    ]);
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

  it('has untimed steps come with the next timed one, the last ones when all else is over, and without times tells none', () => {
    const untimed = (...which: number[]): Trajectory => ({
      ...run,
      steps: run.steps.map((step, index) => (which.includes(index) ? { ...step, span: null } : step)),
    });
    expect([0, 300, 419, 420].map((ms) => cursorAtTime(untimed(0), ms))).toEqual([0, 0, 0, 2]);
    expect([1600, 1899, 1900].map((ms) => cursorAtTime(untimed(7), ms))).toEqual([7, 7, 8]);
    const none = untimed(0, 1, 2, 3, 4, 5, 6, 7);
    expect([runTime(none), cursorAtTime(none, 0), cursorAtTime(none, 9999)]).toEqual([null, 0, 0]);
    expect(timeline(none)[3]).toMatchObject({ start: null, end: null });
  });
});

describe('several pictures and several calls', () => {
  const file = { hash: 'ab'.repeat(32), mimeType: 'image/png', name: 'x.png' };
  const whole = (id: string): Picture => ({ id, from: 'file', file, width: 100, height: 100 });
  const made = (id: string, callId: string): Picture => ({ id, from: 'call', callId, file, width: 100, height: 100 });
  const crop = (id: string, of: string): Picture => ({
    id,
    from: 'view',
    of,
    region: { x1: 10, y1: 10, x2: 40, y2: 40 },
    turn: 0,
    width: 30,
    height: 30,
  });
  const base = { turn: 1, span: null, tokens: [] };
  const box = { x1: 20, y1: 20, x2: 30, y2: 30 };
  const call = (callId: string, picture: string | null): Step => ({
    type: 'call',
    callId,
    tool: 'zoom',
    written: '',
    input: null,
    label: callId,
    state: 'read',
    asked: null,
    place: picture === null ? null : { picture, box },
    ...base,
  });
  const shows = (callId: string, ...parts: Part[]): Step => ({ type: 'result', callId, parts, refused: null, ...base });
  const refuses = (callId: string): Step => ({
    type: 'result',
    callId,
    parts: [],
    refused: { problem: 'box-empty', told: 'bad box.' },
    ...base,
  });
  const seen = (picture: string): Part => ({ picture, seen: null });
  const of = (pictures: Picture[], given: Part[], ...steps: Step[]): Trajectory => ({ ...run, pictures, given, steps });
  /** At every cursor: the active call and the picture shown. */
  const looks = (one: Trajectory) =>
    Array.from({ length: one.steps.length + 1 }, (_, cursor) => [
      boxesAt(one, cursor).find(({ active }) => active)?.callId ?? null,
      pictureAt(one, cursor)?.id ?? null,
    ]);

  it('the look is that of the last result of the turn', () => {
    const pictures = [whole('p'), whole('q'), crop('a1', 'p'), crop('b1', 'q')];
    const both = of(
      pictures,
      [seen('p')],
      call('a', 'p'),
      call('b', 'q'),
      shows('a', seen('a1')),
      shows('b', seen('b1')),
    );
    expect(looks(both)).toEqual([
      [null, 'p'],
      ['a', 'p'],
      ['b', 'q'],
      ['a', 'p'],
      ['b', 'q'],
    ]);
  });

  it('a refusal does not take away the look of a call made at once with it, but that of an earlier turn', () => {
    const pictures = [whole('p'), crop('a1', 'p')];
    const given = [seen('p')];
    const one = of(pictures, given, call('a', 'p'), call('b', null), shows('a', seen('a1')), refuses('b'));
    expect(looks(one).map(([active]) => active)).toEqual([null, 'a', 'a', 'a', 'a']);
    const other = of(pictures, given, call('b', null), call('a', 'p'), refuses('b'), shows('a', seen('a1')));
    expect(looks(other).map(([active]) => active)).toEqual([null, null, 'a', 'a', 'a']);
    const later = { ...refuses('b'), turn: 2 };
    const turns = of(pictures, given, call('a', 'p'), shows('a', seen('a1')), { ...call('b', null), turn: 2 }, later);
    expect(looks(turns).map(([active]) => active)).toEqual([null, 'a', 'a', null, null]);
  });

  it('a refused call has no box, wherever it pointed, and takes no number', () => {
    const pictures = [whole('p'), crop('a1', 'p')];
    const one = of(pictures, [seen('p')], call('b', 'p'), refuses('b'), call('a', 'p'), shows('a', seen('a1')));
    const numbers = Array.from({ length: 5 }, (_, cursor) =>
      boxesAt(one, cursor).map(({ number, label }) => [number, label]),
    );
    expect(numbers).toEqual([[], [], [], [[1, 'a']], [[1, 'a']]]);
    expect(callCount(one)).toBe(1);
  });

  it('nothing is shown before there is anything to show', () => {
    const search = of(
      [made('found', 'a')],
      [{ text: 'Find one.' }],
      call('a', null),
      shows('a', { text: 'Here.' }, seen('found')),
    );
    expect(looks(search).map(([, picture]) => picture)).toEqual([null, null, 'found']);
  });

  it('what is marked is shown', () => {
    const shape = { kind: 'box', box } as const;
    const mark = {
      label: '',
      picture: 'q',
      shape,
      read: { frame: 'fractions', order: 'xyxy', by: 'model' },
      at: null,
    } as const;
    const answer: Step = { type: 'answer', text: 'There.', marks: [mark], ...base };
    expect(looks(of([whole('p'), whole('q')], [seen('p'), seen('q')], answer))).toEqual([
      [null, 'p'],
      [null, 'q'],
    ]);
  });

  it('a crop is told only of the picture that is shown', () => {
    const draws = of([whole('p'), made('drawn', 'a')], [seen('p')], call('a', 'p'), shows('a', seen('drawn')));
    expect(activeCrop(draws, 1)).toEqual(box);
    expect(pictureAt(draws, 2)?.id).toBe('drawn');
    expect(activeCrop(draws, 2)).toBeNull();
    // What was cut is what a result shows of the picture asked about; of another there is nothing cut.
    expect(boxesAt(draws, 2)).toMatchObject([{ picture: 'p', asked: box, executed: box }]);
  });
});

describe('watching live and replaying', () => {
  /**
   * A call's crop and its refusal are looked up in the whole run on purpose, so that stepping back to a call shows the exact crop. Live
   * they are not known yet: the law holds wherever no call is waiting for its result.
   */
  function isSettled(live: Trajectory, whole: Trajectory): boolean {
    return live.steps.every(
      (step) =>
        step.type !== 'call' || (resultOf(live, step.callId) === null) === (resultOf(whole, step.callId) === null),
    );
  }

  it.each([
    ['version 2', anyTrajectory],
    ['version 1', anyTrajectory1.map(fromVersion1)],
  ])('show the same at the same cursor: runs of %s', (_, runs) => {
    let compared = 0;
    fc.assert(
      fc.property(runs, (whole) => {
        let live: Trajectory | null = null;
        for (const event of eventsOf(whole)) {
          live = foldEvent(live, event);
          const cursor = live.steps.length;
          // A step that is still being told differs from the one it will be.
          if (cursor > 0 && !/-end$|result|other|picture|model/.test(event.type)) continue;
          if (!isSettled(live, whole)) continue;
          compared += 1;
          expect(stepsUpTo(whole, cursor)).toEqual(live.steps);
          expect(boxesAt(whole, cursor)).toEqual(boxesAt(live, cursor));
          expect(pictureAt(whole, cursor)).toEqual(pictureAt(live, cursor));
          expect(activeCrop(whole, cursor)).toEqual(activeCrop(live, cursor));
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(300);
  });

  it('a look is always inside the picture shown', () => {
    fc.assert(
      fc.property(anyTrajectory, (whole) => {
        for (let cursor = 0; cursor <= whole.steps.length; cursor += 1) {
          const look = activeCrop(whole, cursor);
          const picture = pictureAt(whole, cursor);
          if (look === null) continue;
          expect(Math.min(look.x1, look.y1)).toBeGreaterThan(-0.01);
          expect(look.x2).toBeLessThan(picture!.width + 0.01);
          expect(look.y2).toBeLessThan(picture!.height + 0.01);
        }
      }),
      { numRuns: 300 },
    );
  });
});
