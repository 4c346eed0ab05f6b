/** Numbers that a seed repeats (xorshift32), for commands that mutate and kill. */

/** @param {number} seed */
export function createRandom(seed) {
  let state = seed >>> 0 || 0x9e3779b9;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let n = 0; n < 20; n++) next();
  /** 0 … limit − 1. @param {number} limit */
  const below = (limit) => next() % limit;
  return {
    below,
    /** @template T @param {readonly T[]} list @returns {T} */
    pick: (list) => list[below(list.length)],
    /** @param {number} length */
    bytes: (length) => Uint8Array.from({ length }, () => next() & 255),
  };
}
