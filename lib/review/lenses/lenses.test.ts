/** What is kept of lenses, and the numbers read from it: contrast by step, belief along a run, means over many. */
import { describe, expect, it } from 'vitest';
import { beliefAt, beliefSchema, gainsOf, meanBelief, type Belief } from './belief';
import { contrastSchema, countFollowed, dropOf, spreadOf, stepDrops, type Contrast, type Follow } from './contrast';
import { withLens } from '@/lib/trajectory';
import { readLens, toKept } from './json';

const CONTRAST: Contrast = {
  draws: 2,
  tokens: [
    { step: 0, token: 0, own: -0.1, overview: [-4, -5], crop: [], question: [-1, -2] },
    { step: 0, token: 1, own: -0.2, overview: [-0.2, -0.4], crop: [], question: [-0.2, -0.2] },
    { step: 3, token: 0, own: -0.01, overview: [-0.01, -0.01], crop: [-6, -5], question: [-0.1, -0.1] },
  ],
};

const belief = (...logprobs: readonly number[]): Belief => ({
  answer: '410',
  isTruth: true,
  chance: null,
  points: logprobs.map((logprob, at) => ({
    moment: at === 0 ? 'before' : at === logprobs.length - 1 ? 'thought' : 'look',
    cursor: at * 3,
    logprob,
  })),
});

describe('contrast', () => {
  it('a token loses what the others do not give it; what comes before the crop has nothing of it', () => {
    const [first, , last] = CONTRAST.tokens;
    expect(dropOf(first!, 'overview', 1, 'mean-log')).toBeCloseTo(4.4, 12);
    expect(dropOf(first!, 'crop', 1, 'mean-log')).toBeNull();
    expect(spreadOf(last!, 'crop', 1)).toEqual([-0.01 + 5, -0.01 + 6]);
    expect(spreadOf(first!, 'crop', 1)).toBeNull();
  });

  it('a step’s sum is that of its tokens', () => {
    expect(stepDrops(CONTRAST, 0, 1, 'mean-log').overview).toBeCloseTo(4.4 + 0.1, 12);
    expect(stepDrops(CONTRAST, 0, 1, 'mean-log').crop).toBeNull();
    expect(stepDrops(CONTRAST, 3, 1, 'mean-log').crop).toBeCloseTo(5.49, 12);
    expect(stepDrops(CONTRAST, 3, 0, 'mean-log').crop).toBeCloseTo(-0.01, 12);
  });
});

describe('what an answer followed', () => {
  it('is counted for each change by itself', () => {
    const trial = { pictureSays: ['5'], thoughtSays: '4', answer: '5' } as const;
    const follow = {
      trials: [
        { ...trial, change: 'crop', followed: 'picture' },
        { ...trial, change: 'crop', followed: 'neither' },
        { ...trial, change: 'thought', followed: 'thought' },
      ],
    } as unknown as Follow;
    expect(countFollowed(follow, 'crop')).toEqual({ picture: 1, thought: 0, neither: 1 });
    expect(countFollowed(follow, 'thought')).toEqual({ picture: 0, thought: 1, neither: 0 });
  });
});

describe('belief', () => {
  it('at a cursor is the last that is known there', () => {
    const run = belief(-4, -1, -0.02);
    expect(beliefAt(run, 2)?.logprob).toBe(-4);
    expect(beliefAt(run, 3)?.logprob).toBe(-1);
    expect(beliefAt(run, 99)?.logprob).toBe(-0.02);
    expect(beliefAt({ ...run, points: run.points.slice(1) }, 0)).toBeNull();
    expect(gainsOf(run).map(({ gain }) => Number(gain.toFixed(6)))).toEqual([3, 0.98]);
  });

  it('means are by outcome and by place on the way; runs that looked less often have no later places', () => {
    const means = meanBelief([
      { belief: belief(-4, -1, -0.5, 0), isRight: true },
      { belief: belief(-2, -3, -1), isRight: true },
      { belief: belief(-9, -8, -7), isRight: false },
    ]);
    expect(means).toEqual([
      { at: 'before', right: -3, wrong: -9, runs: 3 },
      { at: 'look 1', right: -2, wrong: -8, runs: 3 },
      { at: 'look 2', right: -0.5, wrong: null, runs: 1 },
      { at: 'thought', right: -0.5, wrong: -7, runs: 3 },
    ]);
  });
});

describe('what a run keeps', () => {
  it('is read as it was written, with as many digits as anybody reads', () => {
    const run = { lenses: [toKept('belief', belief(-1 / 3, -0.5))] };
    expect(readLens(run, 'belief', beliefSchema)?.points[0]?.logprob).toBe(-0.33333);
    expect(readLens(run, 'contrast', contrastSchema)).toBeNull();
  });

  it('of a kind there is one, and what somebody else wrote there is nothing', () => {
    const twice = withLens(
      { lenses: [toKept('belief', 1), toKept('contrast', CONTRAST)] },
      toKept('belief', belief(-1)),
    );
    expect(twice.map(({ kind }) => kind)).toEqual(['contrast', 'belief']);
    for (const json of [null, 7, 'x', [], {}, { draws: 1, tokens: [{}] }])
      expect(readLens({ lenses: [{ kind: 'contrast', json }] }, 'contrast', contrastSchema)).toBeNull();
  });
});
