import { describe, expect, it } from 'vitest';
import { divergence, heatOf, predictedDivergence, randomDirection, shareWithin, spectrumOf } from './ossa';

/** A toy: K options over numbers of a “picture”, logits W·x with W drawn. */
const K = 5;
const SIZE = 48;
const weights = Array.from({ length: K }, (_, k) => randomDirection(SIZE, 100 + k));
const picture = randomDirection(SIZE, 7);

function read(x: ArrayLike<number>): number[] {
  const logits = weights.map((row) => row.reduce((sum, weight, at) => sum + weight * x[at]!, 0) / 4);
  const log = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
  return logits.map((logit) => logit - log);
}

/** ∇ log p of each: W_k − Σ p W, by hand. */
function gradientsAt(x: ArrayLike<number>): Float32Array[] {
  const p = read(x).map(Math.exp);
  const mean = Float32Array.from({ length: SIZE }, (_, at) =>
    p.reduce((sum, one, k) => sum + one * weights[k]![at]!, 0),
  );
  return weights.map((row) => row.map((weight, at) => (weight - mean[at]!) / 4));
}

const own = read(picture);
const gradients = gradientsAt(picture);
const spectrum = spectrumOf(own, gradients);
const nudged = (direction: Float32Array, epsilon: number) =>
  read(Array.from(picture, (value, at) => value + epsilon * direction[at]!));

describe('the spectrum over a toy', () => {
  it('sums to nothing: Σ p g = 0', () => {
    expect(spectrum.residue).toBeLessThan(1e-6);
  });

  it('is that of the dense matrix G = Σ p g gᵀ', () => {
    const p = own.map(Math.exp);
    const dense = Array.from({ length: SIZE }, (_, i) =>
      Array.from({ length: SIZE }, (_row, j) =>
        p.reduce((sum, one, k) => sum + one * gradients[k]![i]! * gradients[k]![j]!, 0),
      ),
    );
    const trace = dense.reduce((sum, row, i) => sum + row[i]!, 0);
    expect(spectrum.values.reduce((sum, value) => sum + value, 0) / SIZE).toBeCloseTo(trace, 5);
    // G v₁ = λ₁ v₁.
    const [largest] = spectrum.values;
    const v = spectrum.direction;
    dense.forEach((row, i) => {
      const Gv = row.reduce((sum, value, j) => sum + value * v[j]!, 0);
      expect(Gv).toBeCloseTo((largest! / SIZE) * v[i]!, 5);
    });
    expect(spectrum.values.at(-1)).toBeCloseTo(0, 5);
  });

  it('predicts the divergence of a small nudge within five in a hundred, and v₁ moves more than chance', () => {
    for (const epsilon of [0.002, 0.004]) {
      const along = divergence(own, nudged(spectrum.direction, epsilon));
      expect(along / predictedDivergence(spectrum, epsilon)).toBeGreaterThan(0.95);
      expect(along / predictedDivergence(spectrum, epsilon)).toBeLessThan(1.05);
      expect(divergence(own, nudged(randomDirection(SIZE, 3), epsilon))).toBeLessThan(along / 2);
    }
  });

  it('has nothing to say of a picture that changes nothing', () => {
    const none = spectrumOf(
      own,
      gradients.map((one) => one.map(() => 0)),
    );
    expect(none.values).toEqual([0, 0, 0, 0, 0]);
    expect([...none.direction].every((value) => value === 0)).toBe(true);
  });
});

describe('where a direction lies', () => {
  const side = 8;
  const corner = new Float32Array(3 * side * side);
  for (let channel = 0; channel < 3; channel++) corner[channel * side * side + side + 1] = 1; // x 1, y 1

  it('is its energy by parts of the picture', () => {
    const heat = heatOf(corner, side, 4);
    expect(heat[0]).toBe(1);
    expect(heat.slice(1).every((value) => value === 0)).toBe(true);
    expect(shareWithin(corner, side, [0, 0, 0.25, 0.25])).toBe(1);
    expect(shareWithin(corner, side, [0.5, 0.5, 1, 1])).toBe(0);
  });

  it('is the same for the same seed, with root mean square 1', () => {
    const one = randomDirection(3001, 5);
    expect(randomDirection(3001, 5)).toEqual(one);
    expect(Math.sqrt(one.reduce((sum, value) => sum + value * value, 0) / 3001)).toBeCloseTo(1, 4);
  });
});
