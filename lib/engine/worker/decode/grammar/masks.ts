/**
 * From a state to the tokens that may come next: one walk over the tree of tokens, in step with the automaton. What was
 * found is kept by state, so that a walk happens where a text is new, not for every token of it.
 */
import type { Automaton } from './automaton';
import type { PlainTokens } from './plain-tokens';
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

export interface MaskParts {
  readonly automaton: Automaton;
  readonly trie: TokenTrie;
  /** Of free text and of labels. */
  readonly plain: { readonly free: PlainTokens; readonly label: PlainTokens };
  readonly stopIds: readonly number[];
}

/** Each takes an eighth of a byte a token. */
const KEPT = 384;

export function createMasks({ automaton, trie, plain, stopIds }: MaskParts): Masks {
  const kept = new Map<string, Mask>();
  const stack = new Int32Array(trie.deepest + 1);
  /** Whether half a character can always be completed. */
  const completes = Array.from({ length: 64 }, (_, i) => Uint8Array.of(0x80 + i)).every(
    (byte) => tokensAlong(trie, byte, 0).length > 0,
  );

  function find(state: number, roomy: boolean, limit: number): Mask {
    const found = new Found(trie.vocab);
    if (automaton.isDone(state)) {
      for (const id of stopIds) found.allow(id, 0);
      return found;
    }
    const certain = automaton.certain(state);
    const loop = automaton.plain(state);
    const same = loop && plain[loop.kind];
    if (loop && same) {
      const rest = automaton.tokensLeft(loop.next, roomy);
      const many = same.upTo[Math.min(loop.most, trie.deepest)] ?? 0;
      if (rest <= limit) for (let i = 0; i < many; i++) found.allow(same.ids[i] ?? 0, rest);
    }
    const { byte, depth, end, token, twins, nodes } = trie;
    stack[0] = state;
    /** Whether tokens that change nothing are dealt with, under the present first byte. */
    let known = false;
    for (let node = 0; node < nodes;) {
      const reach = depth[node] ?? 1;
      if (reach === 1) {
        known = same !== null && !(loop?.except.includes(byte[node] ?? 0) ?? false);
        if (same && !known) forbidPlain(found, same, node);
      }
      const next = known && same?.isMixed[node] === 0 ? -1 : automaton.step(stack[reach - 1] ?? 0, byte[node] ?? 0);
      if (next < 0) {
        node = end[node] ?? nodes;
        continue;
      }
      stack[reach] = next;
      const id = token[node] ?? -1;
      if (id >= 0 && !(known && same?.isPlain[node] === 1) && (completes || !automaton.isSplit(next))) {
        const rest = automaton.tokensLeft(next, roomy);
        if (rest <= limit) {
          const all = [id, ...(twins.get(node) ?? [])];
          if (certain === null || reach > certain.bytes) for (const one of all) found.allow(one, rest);
          else if (all.includes(certain.token)) found.allow(certain.token, rest);
        }
      }
      node += 1;
    }
    return found;
  }

  /** Takes back the plain tokens below a first byte: here they may mean something. */
  function forbidPlain(found: Found, { isPlain }: PlainTokens, first: number): void {
    for (let node = first; node < (trie.end[first] ?? 0); node++) {
      if (isPlain[node] === 0) continue;
      found.forbid(trie.token[node] ?? 0);
      for (const twin of trie.twins.get(node) ?? []) found.forbid(twin);
    }
  }

  function recall(state: number, roomy: boolean, limit: number): Mask {
    const key = `${state} ${roomy ? 'roomy' : ''} ${limit}`;
    let mask = kept.get(key);
    if (mask) kept.delete(key);
    else mask = find(state, roomy, limit);
    // The one used last is last to go.
    kept.set(key, mask);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? '');
    return mask;
  }

  return (state, roomy, tokensAfter) => {
    // Where there are too few tokens already, the shortest way is still open.
    const limit = Math.max(tokensAfter, automaton.tokensLeft(state, roomy) - 1);
    const mask = recall(state, roomy, Infinity);
    return limit >= mask.ample ? mask : recall(state, roomy, limit);
  };
}

class Found implements Mask {
  readonly bits: Uint32Array;
  count = 0;
  ample = 0;

  constructor(vocab: number) {
    this.bits = new Uint32Array((vocab + 31) >> 5);
  }

  allow(id: number, rest: number): void {
    this.bits[id >> 5] = (this.bits[id >> 5] ?? 0) | (1 << (id & 31));
    this.count += 1;
    if (rest > this.ample) this.ample = rest;
  }

  get one(): number {
    const word = this.bits.findIndex((bits) => bits !== 0);
    return word * 32 + 31 - Math.clz32(this.bits[word] ?? 0);
  }

  forbid(id: number): void {
    const word = this.bits[id >> 5] ?? 0;
    const bit = 1 << (id & 31);
    if ((word & bit) === 0) return;
    this.bits[id >> 5] = word & ~bit;
    this.count -= 1;
  }
}
