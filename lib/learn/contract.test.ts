import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseTrainingRecord } from './contract';

const folder = new URL('../../public/learn/', import.meta.url);
const shipped = (): unknown => JSON.parse(readFileSync(new URL('run.json', folder), 'utf8'));

describe('the record that ships', () => {
  const record = parseTrainingRecord(shipped());

  it('shows every question at every checkpoint', () => {
    const steps = record.checkpoints.map(({ step }) => step);
    for (const { questions } of record.scenes) {
      for (const { runs } of questions) expect(runs.map(({ step }) => step)).toEqual(steps);
    }
  });

  it('has its pictures beside it', () => {
    for (const { picture } of record.scenes) expect(existsSync(new URL(picture, folder))).toBe(true);
  });

  it('keeps boxes inside the picture', () => {
    const boxes = record.scenes.flatMap(({ width, height, questions }) =>
      questions.flatMap(({ runs }) => runs.flatMap(({ crops }) => crops.map((crop) => ({ crop, width, height })))),
    );
    for (const { crop, width, height } of boxes) {
      if (!crop) continue;
      const [x1, y1, x2, y2] = crop;
      expect(0 <= x1 && x1 < x2 && x2 <= width && 0 <= y1 && y1 < y2 && y2 <= height).toBe(true);
    }
  });
});

describe('parseTrainingRecord', () => {
  it('takes the settings of each leg of a run that was taken up again', () => {
    const old = shipped() as { settings: object };
    const legs = [
      { from: 0, settings: { ...old.settings, variant: 'conditional' } },
      { from: 152, settings: old.settings },
    ];
    expect(parseTrainingRecord(old).legs).toBeUndefined();
    expect(parseTrainingRecord({ ...old, legs }).legs?.map(({ from, settings }) => [from, settings.variant])).toEqual([
      [0, 'conditional'],
      [152, 'cost'],
    ]);
    expect(() => parseTrainingRecord({ ...old, legs: [{ from: 0 }] })).toThrow(/legs/);
  });

  it('names what is wrong', () => {
    expect(() => parseTrainingRecord({ ...(shipped() as object), log: [] })).toThrow(/log/);
  });
});
