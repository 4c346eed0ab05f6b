/**
 * OSSA (arXiv 1810.03806): the direction in a picture's pixels along which what is read there changes most. With K options of
 * probabilities p and gradients g of log p, G = Σ p g gᵀ is Fisher's matrix over the pixels, and KL ≈ ½ ηᵀGη for a small nudge η. Its largest
 * eigenvalue is that of the K × K matrix M = √(pᵢpⱼ) gᵢ·gⱼ, and its eigenvector v₁ = Σ √pᵢ uᵢ gᵢ / √λ.
 */

export interface Spectrum {
  /** Eigenvalues of G, largest first, for nudges whose root mean square over all numbers of the picture is 1/255. */
  readonly values: readonly number[];
  /** v₁ with root mean square 1: times ε it is a nudge of ε/255. Zero where nothing changes anything. */
  readonly direction: Float32Array;
  /** |Σ p g| over √(Σ p |g|²): 0 but for rounding. */
  readonly residue: number;
}

/**
 * @param logProbabilities of the options, among them alone
 * @param gradients of them, each as long as the picture has numbers, for steps of 1/255
 */
export function spectrumOf(logProbabilities: readonly number[], gradients: readonly Float32Array[]): Spectrum {
  const size = gradients[0]?.length ?? 0;
  const roots = logProbabilities.map((value) => Math.exp(value / 2));
  const gram = gradients.map((a, i) => gradients.map((b, j) => roots[i]! * roots[j]! * dot(a, b)));
  const { values, vectors } = eigen(gram);
  const direction = new Float32Array(size);
  const first = vectors[0] ?? [];
  gradients.forEach((gradient, i) => {
    const weight = roots[i]! * first[i]!;
    for (let at = 0; at < size; at++) direction[at]! += weight * gradient[at]!;
  });
  const length = Math.sqrt(dot(direction, direction) / size);
  if (length > 0) for (let at = 0; at < size; at++) direction[at]! /= length;
  const sum = new Float32Array(size);
  gradients.forEach((gradient, i) => {
    for (let at = 0; at < size; at++) sum[at]! += roots[i]! ** 2 * gradient[at]!;
  });
  const trace = gram.reduce((total, row, i) => total + row[i]!, 0);
  return {
    values: values.map((value) => Math.max(0, value) * size),
    direction,
    residue: trace > 0 ? Math.sqrt(dot(sum, sum) / trace) : 0,
  };
}

/** KL between the options before and after, in nats. */
export function divergence(before: readonly number[], after: readonly number[]): number {
  return before.reduce((sum, value, i) => sum + Math.exp(value) * (value - after[i]!), 0);
}

/** What G says of a nudge of `epsilon`/255 along v₁. */
export const predictedDivergence = (spectrum: Pick<Spectrum, 'values'>, epsilon: number): number =>
  ((spectrum.values[0] ?? 0) * epsilon ** 2) / 2;

/** Where a direction lies: the root of its energy in each of `cells` × `cells` parts of the picture, the largest 1. */
export function heatOf(direction: Float32Array, side: number, cells: number): number[] {
  const heat = Array<number>(cells * cells).fill(0);
  for (let at = 0; at < direction.length; at++) {
    const [x, y] = [at % side, Math.floor(at / side) % side];
    heat[Math.floor((y * cells) / side) * cells + Math.floor((x * cells) / side)]! += direction[at]! ** 2;
  }
  const most = Math.max(...heat, Number.MIN_VALUE);
  return heat.map((value) => Math.sqrt(value / most));
}

/** The share of a direction's energy in a part of the picture, its sides in shares of the picture's. */
export function shareWithin(direction: Float32Array, side: number, [x1, y1, x2, y2]: readonly number[]): number {
  let [inside, all] = [0, 0];
  for (let at = 0; at < direction.length; at++) {
    const [x, y] = [((at % side) + 0.5) / side, ((Math.floor(at / side) % side) + 0.5) / side];
    const energy = direction[at]! ** 2;
    all += energy;
    if (x >= x1! && x < x2! && y >= y1! && y < y2!) inside += energy;
  }
  return all > 0 ? inside / all : 0;
}

/** A direction of chance with root mean square 1; the same seed gives the same. */
export function randomDirection(size: number, seed: number): Float32Array {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const values = new Float32Array(size);
  for (let at = 0; at < size; at += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const turn = 2 * Math.PI * next();
    values[at] = radius * Math.cos(turn);
    if (at + 1 < size) values[at + 1] = radius * Math.sin(turn);
  }
  const length = Math.sqrt(dot(values, values) / size);
  for (let at = 0; at < size; at++) values[at]! /= length;
  return values;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/** Of a small symmetric matrix, by Jacobi's rotations: eigenvalues, largest first, each with its vector. */
function eigen(matrix: readonly (readonly number[])[]): { values: number[]; vectors: number[][] } {
  const size = matrix.length;
  const a = matrix.map((row) => [...row]);
  const v = a.map((_, i) => a.map((_row, j): number => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0;
    for (let p = 0; p < size; p++) {
      for (let q = p + 1; q < size; q++) {
        const apq = a[p]![q]!;
        off += apq ** 2;
        if (apq === 0) continue;
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * apq);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < size; k++) {
          const [akp, akq] = [a[k]![p]!, a[k]![q]!];
          [a[k]![p], a[k]![q]] = [c * akp - s * akq, s * akp + c * akq];
        }
        for (let k = 0; k < size; k++) {
          const [apk, aqk] = [a[p]![k]!, a[q]![k]!];
          [a[p]![k], a[q]![k]] = [c * apk - s * aqk, s * apk + c * aqk];
          const [vkp, vkq] = [v[k]![p]!, v[k]![q]!];
          [v[k]![p], v[k]![q]] = [c * vkp - s * vkq, s * vkp + c * vkq];
        }
      }
    }
    if (off < 1e-30) break;
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!);
  return {
    values: order.map((i) => a[i]![i]!),
    vectors: order.map((i) => v.map((row) => row[i]!)),
  };
}
