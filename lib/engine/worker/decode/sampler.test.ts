/** The sampler against its definition: exact filters, reproducible draws, honest log-probabilities, refusal of bad rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sampling } from '../../contract';
import { largest, logSumExp, sampleToken, uniform } from './sampler';

const greedy: Sampling = { temperature: 0, topP: 1, topK: 0, seed: 1 };
const row = (...values: number[]) => Float32Array.from(values);

/** Share of each id over many positions. */
function shares(logits: Float32Array, sampling: Sampling, draws: number): number[] {
  const counts = Array.from(logits, () => 0);
  for (let position = 0; position < draws; position++) counts[sampleToken(logits, sampling, position).id]! += 1 / draws;
  return counts;
}

describe('greedy', () => {
  it('takes the largest, the first of equals', () => {
    expect(sampleToken(row(1, 3, 3, 2), greedy, 0).id).toBe(1);
    expect(sampleToken(row(1, 3, 3, 2), { ...greedy, temperature: 1, topK: 1 }, 0).id).toBe(1);
  });

  it('tells log-probabilities under the untempered softmax, five likeliest first', () => {
    const { logprob, top } = sampleToken(row(0, 1, 2, 3, 4, 5, 6), greedy, 0);
    const sum = [0, 1, 2, 3, 4, 5, 6].reduce((total, x) => total + Math.exp(x), 0);
    expect(logprob).toBeCloseTo(6 - Math.log(sum), 6);
    expect(top.map(({ id }) => id)).toEqual([6, 5, 4, 3, 2]);
  });
});

describe('drawing', () => {
  const logits = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log);

  it('follows the probabilities', () => {
    const found = shares(logits, { temperature: 1, topP: 1, topK: 0, seed: 3 }, 20_000);
    [0.5, 0.3, 0.15, 0.05].forEach((expected, id) => expect(found[id]).toBeCloseTo(expected, 1.7));
  });

  it('top-k keeps k, top-p the smallest set that reaches p', () => {
    const k = shares(logits, { temperature: 1, topP: 1, topK: 2, seed: 3 }, 4000);
    expect(k[2]! + k[3]!).toBe(0);
    expect(k[0]).toBeCloseTo(0.625, 1.3);
    const p = shares(logits, { temperature: 1, topP: 0.8, topK: 0, seed: 3 }, 4000);
    expect(p[2]! + p[3]!).toBe(0);
    const p2 = shares(logits, { temperature: 1, topP: 0.81, topK: 0, seed: 3 }, 4000);
    expect(p2[2]).toBeGreaterThan(0);
    expect(p2[3]).toBe(0);
  });

  it('temperature sharpens before top-p counts', () => {
    const cold = shares(logits, { temperature: 0.1, topP: 1, topK: 0, seed: 3 }, 2000);
    expect(cold[0]).toBeGreaterThan(0.98);
  });

  it('keeps the log-probability untempered', () => {
    const { id, logprob } = sampleToken(logits, { temperature: 0.3, topP: 0.9, topK: 3, seed: 9 }, 4);
    expect(logprob).toBeCloseTo(Math.log([0.5, 0.3, 0.15, 0.05][id]!), 5);
  });

  it('is a function of seed and position', () => {
    const sampling = { temperature: 1, topP: 1, topK: 0, seed: 12 };
    const ids = (seed: number) =>
      Array.from({ length: 40 }, (_, position) => sampleToken(logits, { ...sampling, seed }, position).id);
    expect(ids(12)).toEqual(ids(12));
    expect(ids(12)).not.toEqual(ids(13));
  });
});

describe('any row', () => {
  const finite = fc.float({ min: -50, max: 50, noNaN: true });
  const rows = fc.array(fc.oneof(finite, fc.constant(-Infinity)), { minLength: 1, maxLength: 90 });
  const settings = fc.record({
    temperature: fc.double({ min: 0, max: 3, noNaN: true }),
    topP: fc.double({ min: 0, max: 1, noNaN: true }),
    topK: fc.integer({ min: 0, max: 100 }),
    seed: fc.integer({ min: 0, max: 2 ** 40 }),
  });

  it('gives a possible token whose log-probability is not positive', () => {
    fc.assert(
      fc.property(rows, settings, fc.nat(), (values, sampling, position) => {
        const logits = Float32Array.from(values);
        fc.pre(logits.some((value) => value !== -Infinity));
        const { id, logprob, top } = sampleToken(logits, sampling, position);
        expect(logits[id]).toBeGreaterThan(-Infinity);
        expect(logprob).toBeLessThanOrEqual(1e-6);
        const sorted = [...logits.keys()]
          .filter((i) => logits[i] !== -Infinity)
          .sort((a, b) => logits[b]! - logits[a]! || a - b);
        expect(top.map((one) => one.id)).toEqual(sorted.slice(0, 5));
        if (sampling.topK > 0 && sampling.temperature > 0) expect(sorted.indexOf(id)).toBeLessThan(sampling.topK);
      }),
      { numRuns: 500 },
    );
  });

  it('with NaN or +Infinity, or nothing possible, is refused with a code', () => {
    for (const bad of [row(1, NaN), row(Infinity, 1), row(-Infinity, -Infinity), row()]) {
      expect(() => sampleToken(bad, greedy, 0)).toThrow(expect.objectContaining({ code: 'internal' }));
    }
  });
});

it('largest sorts ties by index', () => expect(largest(row(1, 2, 2, 0, 2), 3)).toEqual([1, 2, 4]));
it('logSumExp does not overflow', () => expect(logSumExp(row(1000, 1000))).toBeCloseTo(1000 + Math.LN2, 3));
it('uniform is flat and in [0, 1)', () => {
  const bins = Array.from({ length: 10 }, () => 0);
  for (let i = 0; i < 20_000; i++) {
    const value = uniform(i % 7, i);
    // Out of range would make a bin that is not there, and NaN below.
    bins[Math.floor(value * 10)]! += 1;
  }
  expect(bins).toHaveLength(10);
  for (const count of bins) expect(Math.abs(count - 2000)).toBeLessThan(200);
});

describe('a mask', () => {
  const bits = (ids: readonly number[], vocab: number) => {
    const mask = new Uint32Array((vocab + 31) >> 5);
    for (const id of ids) mask[id >> 5]! |= 1 << (id & 31);
    return mask;
  };

  it('leaves the rest no chance, and the probabilities told as they were', () => {
    const logits = row(5, 1, 4, 2, 3);
    const { id, logprob, top } = sampleToken(logits, greedy, 0, bits([1, 3], 5));
    const free = sampleToken(logits, greedy, 0);
    expect(id).toBe(3);
    expect(logprob).toBeCloseTo(2 - logSumExp(logits), 6);
    expect(top).toEqual(free.top);
  });

  it('of everything is none; draws follow the probabilities among what is allowed', () => {
    const logits = Float32Array.from([0.5, 0.3, 0.15, 0.05], Math.log);
    const sampling = { temperature: 1, topP: 1, topK: 0, seed: 3 };
    const counts = [0, 0, 0, 0];
    for (let position = 0; position < 8000; position++) {
      counts[sampleToken(logits, sampling, position, bits([1, 2], 4)).id]! += 1 / 8000;
      const all = sampleToken(logits, sampling, position, bits([0, 1, 2, 3], 4)).id;
      if (all !== sampleToken(logits, sampling, position).id) throw new Error('a full mask changed a draw');
    }
    expect(counts[0]! + counts[3]!).toBe(0);
    expect(counts[1]).toBeCloseTo(2 / 3, 1);
  });

  it('is kept to under any settings, in any vocabulary', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.float({ min: -30, max: 30, noNaN: true }), fc.constantFrom(0, -0)), {
          minLength: 1,
          maxLength: 200,
        }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
        fc.record({
          temperature: fc.double({ min: 0, max: 3, noNaN: true }),
          topP: fc.double({ min: 0, max: 1, noNaN: true }),
          topK: fc.integer({ min: 0, max: 100 }),
          seed: fc.integer({ min: 0, max: 2 ** 40 }),
        }),
        fc.nat(),
        (values, picks, sampling, position) => {
          const allowed = picks.map((pick) => pick % values.length);
          const { id } = sampleToken(Float32Array.from(values), sampling, position, bits(allowed, values.length));
          expect(allowed).toContain(id);
        },
      ),
    );
  });

  it('that allows nothing possible is refused with a code', () => {
    const refusal = expect.objectContaining({ code: 'internal' });
    expect(() => sampleToken(row(1, -Infinity), greedy, 0, bits([1], 2))).toThrow(refusal);
    expect(() => sampleToken(row(1, 2), greedy, 0, bits([], 2))).toThrow(refusal);
  });
});

it('sorts a whole vocabulary as a comparison would: values down, ids up', () => {
  const values = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 1, -Infinity));
  fc.assert(
    fc.property(
      fc.array(values, { minLength: 64, maxLength: 120 }),
      fc.double({ min: 0.2, max: 2, noNaN: true }),
      fc.nat(),
      (list, temperature, position) => {
        fc.pre(list.some((value) => value !== -Infinity));
        const logits = Float32Array.from(list);
        const sampling = { temperature, topP: 1, topK: 0, seed: 5 };
        const order = [...logits.keys()]
          .sort((a, b) => logits[b]! - logits[a]! || a - b)
          .filter((id) => logits[id] !== -Infinity);
        const weights = order.map((id) => Math.exp((logits[id]! - logits[order[0]!]!) / temperature));
        let rest = uniform(5, position) * weights.reduce((sum, weight) => sum + weight, 0);
        const drawn = order.find((_, i) => (rest -= weights[i]!) < 0) ?? order.at(-1);
        expect(sampleToken(logits, sampling, position).id).toBe(drawn);
      },
    ),
  );
});
