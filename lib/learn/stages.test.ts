import { describe, expect, it } from 'vitest';
import type { TrainingStep } from './contract';
import { runningMean, stagesOf } from './stages';

const line = (step: number, calls: number, iou: number): TrainingStep => ({
  ...{ step, level: 0, reward: 0, accuracy: 0, zoomAccuracy: 0, freeAccuracy: 0, hit: 0, iou, calls },
  ...{ freeCalls: 0, answeredWithoutCall: 0, tokens: 0 },
});

describe('stagesOf', () => {
  it('explores while looks miss, then looks often, then looks less and lands', () => {
    const log = [
      line(0, 0.5, 0.05),
      line(1, 1, 0.1),
      line(2, 2, 0.25),
      line(3, 3, 0.4),
      line(4, 0.9, 0.5),
      line(5, 0.9, 0.6),
    ];
    expect(stagesOf(log, 1)).toEqual([
      { stage: 1, from: 0, to: 1 },
      { stage: 2, from: 2, to: 3 },
      { stage: 3, from: 4, to: 5 },
    ]);
  });

  it('counts what is over in a moment to what was before', () => {
    const steady = Array.from({ length: 40 }, (_, step) => line(step, step === 20 ? 0.9 : 1, 0.5));
    expect(stagesOf(steady, 1)).toContainEqual({ stage: 3, from: 20, to: 20 });
    expect(stagesOf(steady, 1, 2)).toEqual([{ stage: 2, from: 0, to: 39 }]);
  });

  it('a run that never lands never leaves the first stage', () => {
    expect(stagesOf([line(0, 1, 0.1), line(1, 0, 0), line(2, 0, 0)])).toEqual([{ stage: 1, from: 0, to: 2 }]);
  });
});

describe('runningMean', () => {
  it('leaves out what was not measured', () => {
    expect(runningMean([null, 2, null, 4], 2)).toEqual([null, 2, 2, 4]);
  });
});
