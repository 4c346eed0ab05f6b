/** Sampling from a summary against sampling from the row: the same token wherever the summary says enough. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sampling } from '../../contract';
import { MOST_RANKED, PLAIN, questionFor, sampleSummary, type RowSummary } from './row-summary';
import { largest, logSumExp, sampleToken, type TokenMask } from './sampler';

/** What the GPU is asked for, computed here. */
function summaryOf(logits: Float32Array, sampling: Sampling, mask: TokenMask): RowSummary {
  const { count, temperature } = questionFor(sampling, mask);
  const allowed = logits.map((value, id) => (!mask || (mask[id >> 5] ?? 0) & (1 << (id & 31)) ? value : -Infinity));
  const ranked = (row: Float32Array, most: number) => largest(row, most).map((id) => ({ id, logit: row[id]! }));
  const best = Math.max(...allowed);
  const weight = allowed.reduce((sum, value) => sum + Math.exp((value - best) / temperature), 0);
  return {
    top: ranked(logits, PLAIN),
    logSum: logSumExp(logits),
    allowed: ranked(allowed, Math.min(MOST_RANKED, Math.max(PLAIN, count))),
    weight,
  };
}

const logits = fc
  .array(fc.double({ min: -8, max: 8, noNaN: true }), { minLength: 6, maxLength: 300 })
  .map((values) => Float32Array.from(values));
const sampling = fc.record({
  temperature: fc.constantFrom(0, 0.3, 1, 2),
  topK: fc.constantFrom(0, 1, 3, 20, 64, 100),
  topP: fc.constantFrom(0.3, 0.9, 1),
  seed: fc.nat(),
});
const mask = fc.option(
  fc.array(fc.nat(), { minLength: 10, maxLength: 10 }).map((words) => Uint32Array.from(words, (w) => w | 1)),
);

describe('a summary', () => {
  it('gives the token that the row gives, or says that it cannot', () => {
    fc.assert(
      fc.property(logits, sampling, mask, fc.nat(2000), (row, how, allowed, position) => {
        const given = sampleSummary(summaryOf(row, how, allowed), how, position);
        if (!given) return;
        const expected = sampleToken(row, how, position, allowed);
        expect(given.id).toBe(expected.id);
        expect(given.logprob).toBeCloseTo(expected.logprob, 6);
        expect(given.top.map(({ id }) => id)).toEqual(expected.top.map(({ id }) => id));
      }),
      { numRuns: 500 },
    );
  });

  it('is enough for the likeliest, for top-k up to its length and for small vocabularies', () => {
    const row = Float32Array.from({ length: 300 }, (_, i) => Math.sin(i * 7.3));
    const few = row.slice(0, MOST_RANKED - 1);
    for (let position = 0; position < 50; position++) {
      const draw = (values: Float32Array, topK: number, temperature: number) => {
        const how = { temperature, topK, topP: 0.95, seed: 3 };
        return sampleSummary(summaryOf(values, how, null), how, position);
      };
      expect(draw(row, 0, 0)).not.toBeNull();
      expect(draw(row, MOST_RANKED, 1)).not.toBeNull();
      expect(draw(few, 0, 1)).not.toBeNull();
      expect(draw(few, 100, 1)).not.toBeNull();
      // Flat: the list holds far less than 95 % of it.
      expect(draw(row, 0, 1)).toBeNull();
      expect(draw(row, 100, 1)).toBeNull();
    }
  });

  it('chooses only what a mask allows, and tells the log-probabilities of all', () => {
    const row = Float32Array.of(5, 4, 3, 2, 1, 0);
    const only = Uint32Array.of(0b100100);
    const greedy = { temperature: 0, topK: 0, topP: 1, seed: 1 };
    const chosen = sampleToken(row, greedy, 0, only);
    expect(chosen.id).toBe(2);
    expect(chosen.top.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4]);
    expect(chosen.logprob).toBeCloseTo(3 - logSumExp(row), 6);
    expect(sampleSummary(summaryOf(row, greedy, only), greedy, 0)).toEqual(chosen);
    expect(() => sampleToken(row, greedy, 0, Uint32Array.of(0))).toThrow('offers no token');
    expect(() => sampleToken(row, { ...greedy, temperature: 1 }, 0, Uint32Array.of(0))).toThrow('offers no token');
  });
});
