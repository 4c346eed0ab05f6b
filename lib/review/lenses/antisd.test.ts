/** AntiSD's golden values, its gate, and the telescoping sum on a model small enough to know by Bayes. */
import { describe, expect, it } from 'vitest';
import { ANTISD, entropyOf, gatesOf, medianOf, phiOf, pmiOf, shapedAdvantage, sumsByStep } from './antisd';

describe('φ', () => {
  it.each([
    [-4, 0.3375],
    [-1, 0.1899],
    [0, 0],
    [1, -0.3101],
    [4, -1.6625],
  ])('−φ(%d) = %d', (u, golden) => {
    expect(Math.abs(-phiOf(u) - golden)).toBeLessThan(1e-4);
  });

  it('ends at ½ log 2, has the slope ¼ at 0, and does not overflow', () => {
    expect(-phiOf(-1000)).toBeCloseTo(Math.LN2 / 2, 12);
    expect((phiOf(1e-6) - phiOf(-1e-6)) / 2e-6).toBeCloseTo(0.25, 6);
    expect(phiOf(1000)).toBeCloseTo((1000 - Math.LN2) / 2, 9);
  });

  it('default self-distillation adds what AntiSD takes away', () => {
    expect(shapedAdvantage(1, 0, 0.5, 'anti')).toBe(1);
    expect(shapedAdvantage(1, 4, 0.5, 'anti')).toBeCloseTo(1 - 1.6625 / 2, 4);
    expect(shapedAdvantage(1, 4, 0.5, 'default')).toBe(3);
  });
});

describe('the gate', () => {
  const warm = [1, 1, 1, 1, 1];
  const open = (entropies: readonly number[]) =>
    gatesOf([...warm, ...entropies])
      .gates.slice(5)
      .map(({ isOpen }) => isOpen);

  it('is shut in the warm-up, then opens at its entropy and shuts below 0.93 of it', () => {
    expect(gatesOf(warm).gates.every(({ lambda }) => lambda === 0)).toBe(true);
    expect(gatesOf(warm)).toMatchObject({ up: 1, down: 0.93 });
    expect(gatesOf(warm.slice(1))).toMatchObject({ up: null, down: null });
    expect(open([0.99, 1, 0.95, 0.93, 0.92, 0.99, 1.2])).toEqual([false, true, true, true, false, false, true]);
    expect(gatesOf([...warm, 1]).gates.at(-1)).toEqual({ isOpen: true, lambda: ANTISD.most });
  });
});

describe('entropy', () => {
  it('of all that there is, is exact; of a part, a lower bound', () => {
    const uniform = Array.from({ length: 4 }, () => Math.log(0.25));
    expect(entropyOf(uniform)).toBeCloseTo(Math.log(4), 12);
    expect(entropyOf(uniform.slice(0, 2))).toBeLessThan(Math.log(4));
    expect(entropyOf([0])).toBe(0);
  });

  it('the median of an even number lies between', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
  });
});

/** p(c), and p(y_t | y<t, c) as tables: log p(y | x) is then known exactly. */
const PRIOR = [0.3, 0.7];
const NEXT = [
  {
    '': [0.9, 0.1],
    '0': [0.2, 0.8],
    '1': [0.5, 0.5],
    '01': [0.6, 0.4],
    '00': [0.1, 0.9],
    '11': [0.3, 0.7],
    '10': [0.5, 0.5],
  },
  {
    '': [0.4, 0.6],
    '0': [0.7, 0.3],
    '1': [0.1, 0.9],
    '01': [0.2, 0.8],
    '00': [0.5, 0.5],
    '11': [0.9, 0.1],
    '10': [0.4, 0.6],
  },
] as const;

describe('a model known by Bayes', () => {
  const next = (c: number, before: string, y: number) => (NEXT[c] as Record<string, readonly number[]>)[before]![y]!;
  const likelihood = (c: number, text: string) =>
    [...text].reduce((product, y, at) => product * next(c, text.slice(0, at), Number(y)), 1);
  const posterior = (c: number, text: string) =>
    (PRIOR[c]! * likelihood(c, text)) / PRIOR.reduce((sum, p, one) => sum + p * likelihood(one, text), 0);

  it.each(['011', '000', '101'])('Σu is the change of the potential: %s', (text) => {
    for (const c of [0, 1]) {
      const us = [...text].map((y, at) => {
        const before = text.slice(0, at);
        const student = [0, 1].reduce((sum, one) => sum + posterior(one, before) * next(one, before, Number(y)), 0);
        return pmiOf(Math.log(next(c, before, Number(y))), Math.log(student));
      });
      const sum = us.reduce((total, u) => total + u, 0);
      expect(sum).toBeCloseTo(Math.log(posterior(c, text)) - Math.log(PRIOR[c]!), 12);
    }
  });

  it('with nothing given away u is 0', () => {
    expect(pmiOf(Math.log(0.3), Math.log(0.3))).toBe(0);
  });

  it('sums stand by their steps', () => {
    const sums = sumsByStep([
      { step: 0, value: 1 },
      { step: 2, value: 2 },
      { step: 0, value: 3 },
    ]);
    expect([...sums]).toEqual([
      [0, 4],
      [2, 2],
    ]);
  });
});
