/**
 * From one row of logits to one token. Pure: the random number of a token is a function of (seed, position), not of a
 * hidden state, so that a run continued, replayed or forked at any point draws what the whole run would have drawn.
 * Order of the filters as in Hugging Face's generation: temperature, then top-k, then top-p. A mask comes before all of
 * them; what is told of probabilities is what the model thought, mask or no mask.
 */
import { EngineError, type Sampling } from '../../contract';

export interface Sampled {
  readonly id: number;
  /** Natural logarithm under the untempered softmax over the whole vocabulary. */
  readonly logprob: number;
  /** The five likeliest under the same softmax, allowed or not, likeliest first; ties by smaller id. */
  readonly top: readonly { readonly id: number; readonly logprob: number }[];
}

const TOP = 5;

/** Bit `id & 31` of word `id >> 5` is set where a token may come next; null where all may. */
export type TokenMask = Uint32Array | null;

/**
 * @param logits f32 [vocab]; −Infinity means "never", anything else must be finite.
 * @param position index of the token to be drawn in the whole conversation.
 * @param mask bit `id & 31` of word `id >> 5` is set where the token may be taken; every token where left out.
 * @throws EngineError `internal` where a logit is NaN or +Infinity, or no token is possible.
 */
export function sampleToken(
  logits: Float32Array,
  sampling: Sampling,
  position: number,
  mask: TokenMask = null,
): Sampled {
  const logSum = logSumExp(logits);
  const top = topOf(logits, logSum);
  const offered = mask ? masked(logits, mask) : logits;
  const best = mask ? largest(offered, 1)[0] : top[0]?.id;
  if (best === undefined) throw new EngineError('internal', 'The model offers no token.');
  const id = isGreedy(sampling) ? best : draw(offered, sampling, uniform(sampling.seed, position));
  return { id, logprob: at(logits, id) - logSum, top };
}

/** What the model thinks of a token that is given: the same numbers as of one that is drawn. @throws as `sampleToken` */
export function scoreToken(logits: Float32Array, id: number): Sampled {
  const logSum = logSumExp(logits);
  return { id, logprob: at(logits, id) - logSum, top: topOf(logits, logSum) };
}

function topOf(logits: Float32Array, logSum: number): Sampled['top'] {
  return largest(logits, TOP).map((id) => ({ id, logprob: at(logits, id) - logSum }));
}

export function isGreedy({ temperature, topK }: Sampling): boolean {
  return !(temperature > 0) || topK === 1;
}

function masked(logits: Float32Array, mask: Uint32Array): Float32Array {
  const offered = new Float32Array(logits.length).fill(-Infinity);
  for (let word = 0; word < mask.length; word++) {
    // The lowest set bit, until none is left.
    for (let rest = mask[word] ?? 0; rest !== 0; rest &= rest - 1) {
      const id = word * 32 + 31 - Math.clz32(rest & -rest);
      if (id < logits.length) offered[id] = at(logits, id);
    }
  }
  return offered;
}

/** log Σ exp(logits), and the check that the row is usable. */
export function logSumExp(logits: Float32Array): number {
  let max = -Infinity;
  for (const value of logits) {
    if (Number.isNaN(value) || value === Infinity) {
      throw new EngineError('internal', 'The model computed numbers that are not finite. Another device may help.');
    }
    if (value > max) max = value;
  }
  if (max === -Infinity) throw new EngineError('internal', 'The model offers no token.');
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - max);
  return max + Math.log(sum);
}

/** Indices of the `count` largest finite values, largest first; ties by smaller index. */
export function largest(values: Float32Array, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    if (value === -Infinity) continue;
    const last = found[count - 1];
    if (last !== undefined && at(values, last) >= value) continue;
    let place = Math.min(found.length, count - 1);
    while (place > 0 && at(values, found[place - 1] ?? 0) < value) place--;
    found.splice(place, 0, i);
    if (found.length > count) found.pop();
  }
  return found;
}

function draw(logits: Float32Array, { temperature, topK, topP }: Sampling, random: number): number {
  const limit = topK > 0 ? Math.min(topK, logits.length) : logits.length;
  // Without a filter the order is irrelevant, but a fixed one keeps the same seed at the same token.
  const order = limit < 64 ? largest(logits, limit) : allByLogit(logits).subarray(0, limit);
  const max = at(logits, order[0] ?? 0);
  const weights = Float64Array.from(order, (id) => Math.exp((at(logits, id) - max) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const { count, mass } = keep(weights, topP, total) ?? { count: weights.length, mass: total };
  return order[pick(weights, count, random * mass) ?? count - 1] ?? 0;
}

/** The smallest set whose probability reaches topP, at least one token; null where all together do not. */
export function keep(weights: ArrayLike<number>, topP: number, total: number): { count: number; mass: number } | null {
  let count = 0;
  let mass = 0;
  while (count < weights.length && (count === 0 || mass < topP * total)) mass += weights[count++] ?? 0;
  return mass < topP * total ? null : { count, mass };
}

/** Where a point falls that lies so far along the weights; null behind the last of `count`. */
export function pick(weights: ArrayLike<number>, count: number, point: number): number | null {
  let rest = point;
  for (let i = 0; i < count; i++) {
    rest -= weights[i] ?? 0;
    if (rest < 0) return i;
  }
  return null;
}

/**
 * Ids of all values above −Infinity, largest first, ties by smaller id. A large vocabulary is sorted for every token, so the
 * key is a number that sorts natively: the value's bits, turned so that they order as it does, and the id below them.
 */
function allByLogit(logits: Float32Array): Uint32Array {
  const bits = new Uint32Array(logits.buffer, logits.byteOffset, logits.length);
  const keys = new Float64Array(logits.length);
  let count = 0;
  for (let id = 0; id < logits.length; id++) {
    if (at(logits, id) === -Infinity) continue;
    // −0 is 0 and must tie with it.
    const word = at(logits, id) === 0 ? 0 : (bits[id] ?? 0);
    // As a number that falls when the value rises: 32 bits of it above 21 bits of id are exact in a double.
    const falling = word >>> 31 ? word : 0x7fffffff - word;
    keys[count++] = falling * ID_ROOM + id;
  }
  return Uint32Array.from(keys.subarray(0, count).sort(), (key) => key % ID_ROOM);
}

/** More than any vocabulary has; 2^32 times it is less than 2^53. */
const ID_ROOM = 2 ** 21;

/**
 * A number in [0, 1) for (seed, position): two rounds of a 32-bit finaliser (MurmurHash3's mixing steps) over both words,
 * 53 bits of it used.
 */
export function uniform(seed: number, position: number): number {
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  const a = mix(mix(low ^ 0x9e3779b9) ^ mix((position + 0x85ebca6b) >>> 0) ^ high);
  const b = mix((a + 0x9e3779b9 + position) >>> 0);
  return ((a >>> 5) * 2 ** 26 + (b >>> 6)) / 2 ** 53;
}

function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

function at(values: Float32Array, index: number): number {
  return values[index] ?? -Infinity;
}
