/** CREDIT's formula at the places where the paper's abstract and its reconstruction pin it down. */
import { describe, expect, it } from 'vitest';
import { contrastOf, creditOf, genericOf } from './credit';

const ln = Math.log;

describe('CREDIT', () => {
  it('with α = 0 it is the raw reward, to the last bit', () => {
    expect(creditOf({ told: ln(0.7), own: ln(0.2), others: [ln(0.1)] }, 0, 'mean-log')).toBe(ln(0.7) - ln(0.2));
    // Also where another input makes it impossible.
    expect(creditOf({ told: ln(0.7), own: ln(0.2), others: [-Infinity] }, 0, 'log-mean')).toBe(ln(0.7) - ln(0.2));
  });

  it.each(['mean-log', 'log-mean'] as const)('where the others are this input, (1 − α) of it is left: %s', (how) => {
    for (const alpha of [0.1, 0.5, 1]) {
      const told = ln(0.37);
      const reward = creditOf({ told, own: ln(0.2), others: [told, told, told] }, alpha, how);
      expect(reward).toBeCloseTo((1 - alpha) * told - ln(0.2), 12);
    }
  });

  it('the mean of logs is the geometric mean, the log of the mean the arithmetic one', () => {
    const others = [ln(0.1), ln(0.4)];
    expect(Math.exp(genericOf(others, 'mean-log'))).toBeCloseTo(0.2, 12);
    expect(Math.exp(genericOf(others, 'log-mean'))).toBeCloseTo(0.25, 12);
    // Far below what a float's exponent holds.
    expect(genericOf([-2000, -2000], 'log-mean')).toBeCloseTo(-2000, 9);
    expect(genericOf([-Infinity, ln(0.5)], 'log-mean')).toBeCloseTo(ln(0.25), 12);
    expect(genericOf([-Infinity, -Infinity], 'log-mean')).toBe(-Infinity);
  });

  it('the mean of logs is never above the log of the mean', () => {
    for (let seed = 1; seed < 50; seed += 1) {
      const others = [1, 2, 3].map((k) => -(((seed * 37 * k) % 101) / 10));
      expect(genericOf(others, 'mean-log')).toBeLessThanOrEqual(genericOf(others, 'log-mean') + 1e-12);
    }
  });

  it('contrast is what a token loses', () => {
    expect(contrastOf(ln(0.9), [ln(0.9)], 1, 'mean-log')).toBeCloseTo(0, 12);
    expect(contrastOf(-0.01, [-5.71], 1, 'mean-log')).toBeCloseTo(5.7, 12);
    expect(() => genericOf([], 'mean-log')).toThrow(RangeError);
  });
});
