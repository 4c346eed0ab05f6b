/** A set in numbers, by step of training, and beside another. */
import { describe, expect, it } from 'vitest';
import { dynamicsOf } from './dynamics';
import { factsOf } from './facts';
import { madeRun } from './fixtures/made-run';
import { pairSets, questionKey } from './pairs';
import { shareOf, statisticsOf } from './statistics';

const judged = (right: number, wrong: number) =>
  [...Array<boolean>(right).fill(true), ...Array<boolean>(wrong).fill(false)].map((one) => ({
    verdict: { right: one, by: 'file', ours: null } as const,
  }));

describe('shares', () => {
  // Wilson, 1927; the intervals of these counts as statistics packages print them.
  it.each([
    [0, 10, 0, 0.2775],
    [10, 0, 0.7225, 1],
    [172, 19, 0.8499, 0.9354],
    [1, 1, 0.0945, 0.9055],
  ])('%i right and %i wrong: %f to %f', (right, wrong, low, high) => {
    const { interval } = shareOf(judged(right, wrong));
    expect(interval?.map((one) => Number(one.toFixed(4)))).toEqual([low, high]);
  });

  it('leave out runs of which nobody knows, and know nothing of none', () => {
    expect(shareOf([{ verdict: { right: null, by: null, ours: null } }])).toEqual({
      n: 0,
      right: 0,
      accuracy: null,
      interval: null,
    });
  });
});

const LOOK = [0, 0, 100, 100] as const;

describe('statistics', () => {
  const rows = [
    madeRun({ kind: 'spatial', answers: ['red'], calls: [LOOK], places: [LOOK] }),
    madeRun({ kind: 'color', answers: ['blue'], calls: [LOOK, LOOK], places: [[50, 0, 150, 100]] }),
    madeRun({ kind: 'color', answer: null }),
  ].map(factsOf);

  it('count by kind, calls, outcomes and overlap', () => {
    const made = statisticsOf(rows);
    expect(made.byKind.map(({ kind, share }) => [kind, share.right, share.n])).toEqual([
      ['spatial', 1, 1],
      ['color', 0, 1],
    ]);
    expect(made.calls).toEqual({ edges: [0, 1, 2, 3], counts: [1, 1, 1] });
    expect(made.iou?.counts).toEqual([0, 0, 0, 2, 0, 0, 0, 0, 0, 1]);
    expect(made.bestIou?.counts).toEqual([0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    expect(made.outcomes).toEqual([
      { outcome: 'answer', runs: 2 },
      { outcome: 'no-call', runs: 1 },
    ]);
    expect(made.mean.calls).toBe(1);
  });

  it('measure lengths in tokens only where all are counted', () => {
    expect(statisticsOf(rows).lengths.unit).toBe('characters');
    const counted = [10, 190, 1000].map((tokens) => factsOf(madeRun({ tokens })));
    const { unit, histogram } = statisticsOf(counted).lengths;
    expect(unit).toBe('tokens');
    expect(histogram.edges.slice(0, 3)).toEqual([0, 50, 100]);
    expect(histogram.counts.flatMap((count, index) => (count > 0 ? [[index, count]] : []))).toEqual([
      [0, 1],
      [3, 1],
      [19, 1],
    ]);
  });

  it('of nothing are empty', () => {
    expect(statisticsOf([])).toMatchObject({ runs: 0, iou: null, outcomes: [], mean: { calls: null } });
  });
});

describe('dynamics', () => {
  const at = (step: number, calls: number, shift: number) =>
    factsOf(
      madeRun({
        id: `${step}-${calls}`,
        step,
        answers: ['red'],
        calls: Array.from({ length: calls }, () => [shift, 0, shift + 100, 100] as const),
        places: [LOOK],
      }),
    );

  it('go from exploring over many calls to few good ones', () => {
    const points = dynamicsOf([at(60, 1, 10), at(0, 1, 90), at(0, 2, 90), at(30, 4, 50)]);
    expect(points.map(({ step, stage, calls }) => [step, stage, calls.mean, calls.least, calls.most])).toEqual([
      [0, 'exploration', 1.5, 1, 2],
      [30, 'frequent-use', 4, 4, 4],
      [60, 'efficient-use', 1, 1, 1],
    ]);
    expect(points[0]?.runs).toEqual(['0-1', '0-2']);
  });

  it('need two steps', () => {
    expect(dynamicsOf([at(1, 1, 0), factsOf(madeRun())])).toEqual([]);
  });
});

describe('pairs', () => {
  it('know a question by its words without options, and its picture by its name', () => {
    const left = madeRun({
      question: 'Question: What is  it?\nOptions: \nA. red\nB. blue\n',
      picture: '/data/x/A.jpg',
    });
    const right = madeRun({ question: '<image>what is it?\n(A) red\n(B) blue', picture: 'C:\\v\\a.jpg' });
    expect(questionKey(left)).toBe(questionKey(right));
    expect(questionKey(left)).not.toBe(questionKey(madeRun({ question: 'What is it?', picture: 'b.jpg' })));
  });

  it('tell what one got right and the other wrong', () => {
    const row = (id: string, question: string, acc: number) => factsOf(madeRun({ id, question, scores: { acc } }));
    const pairs = pairSets(
      [row('1', 'a', 1), row('2', 'a', 0), row('3', 'b', 1), row('4', 'c', 1)],
      [row('5', 'b', 0), row('6', 'a', 1), row('7', 'a', 1), row('8', 'd', 1)],
    );
    expect(pairs.map(({ left, right, outcome }) => [left?.id, right?.id, outcome])).toEqual([
      ['1', '6', 'both-right'],
      ['2', '7', 'right-only'],
      ['3', '5', 'left-only'],
      ['4', undefined, 'unknown'],
      [undefined, '8', 'unknown'],
    ]);
  });
});
