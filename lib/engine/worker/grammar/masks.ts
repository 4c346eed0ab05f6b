/**
 * From a state to the tokens that may come next: one walk over the tree of tokens, in step with the automaton. What was
 * found is kept by state, so that a walk happens where a text is new, not for every token of it.
 */
import type { Automaton } from './automaton';
import { tokensAlong, type TokenTrie } from './token-trie';

export interface Mask {
  /** Bit `id & 31` of word `id >> 5`. */
  readonly bits: Uint32Array;
  readonly count: number;
  /** The only token where `count` is 1. */
  readonly one: number;
  /** With so many tokens left after the next one, nothing is forbidden for want of them. */
  readonly ample: number;
}

/** @param tokensAfter tokens the turn may have after the next one */
export type Masks = (state: number, roomy: boolean, tokensAfter: number) => Mask;

/** Each takes an eighth of a byte a token. */
const KEPT = 256;

export function createMasks(automaton: Automaton, trie: TokenTrie, stopIds: readonly number[]): Masks {
  const kept = new Map<number, Mask>();
  let latest: { readonly key: number; readonly limit: number; readonly mask: Mask } | null = null;
  const stack = new Int32Array(trie.deepest + 1);
  /** Whether half a character can always be completed. */
  const completes = Array.from({ length: 64 }, (_, i) => Uint8Array.of(0x80 + i)).every(
    (byte) => tokensAlong(trie, byte, 0).length > 0,
  );

  function find(state: number, roomy: boolean, limit: number): Mask {
    const bits = new Uint32Array((trie.vocab + 31) >> 5);
    let count = 0;
    let one = -1;
    let ample = 0;
    const allow = (id: number) => {
      bits[id >> 5] = (bits[id >> 5] ?? 0) | (1 << (id & 31));
      count += 1;
      one = id;
    };
    if (automaton.isDone(state)) {
      stopIds.forEach(allow);
      return { bits, count, one, ample };
    }
    const certain = automaton.certain(state);
    const { byte, depth, end, token, twins, nodes } = trie;
    stack[0] = state;
    for (let node = 0; node < nodes;) {
      const reach = depth[node] ?? 1;
      const next = automaton.step(stack[reach - 1] ?? 0, byte[node] ?? 0);
      if (next < 0) {
        node = end[node] ?? nodes;
        continue;
      }
      stack[reach] = next;
      const id = token[node] ?? -1;
      if (id >= 0 && (completes || !automaton.isSplit(next))) {
        const rest = automaton.tokensLeft(next, roomy);
        if (rest <= limit) {
          const chosen = certain !== null && reach <= certain.bytes ? certain.token : null;
          const same = twins.get(node);
          if (chosen === null || chosen === id || (same?.includes(chosen) ?? false)) {
            ample = Math.max(ample, rest);
            if (chosen === null) {
              allow(id);
              same?.forEach(allow);
            } else {
              allow(chosen);
            }
          }
        }
      }
      node += 1;
    }
    return { bits, count, one, ample };
  }

  return (state, roomy, tokensAfter) => {
    const key = state * 2 + (roomy ? 1 : 0);
    // Where there are too few tokens already, the shortest way is still open.
    const limit = Math.max(tokensAfter, automaton.tokensLeft(state, roomy) - 1);
    let mask = kept.get(key);
    if (mask) kept.delete(key);
    else mask = find(state, roomy, Infinity);
    kept.set(key, mask);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? key);
    if (limit >= mask.ample) return mask;
    if (latest?.key !== key || latest.limit !== limit) latest = { key, limit, mask: find(state, roomy, limit) };
    return latest.mask;
  };
}
