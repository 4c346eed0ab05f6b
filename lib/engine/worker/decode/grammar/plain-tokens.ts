/**
 * Tokens that change nothing: in the middle of a text most of a vocabulary leads back to where it began. They are found once
 * per vocabulary, so that a mask looks only at the others one by one.
 */
import type { TokenTrie } from './token-trie';
import { nextUtf8 } from './utf8';

export interface PlainTokens {
  /** Ids, shortest token first. */
  readonly ids: Int32Array;
  /** How many of `ids` have at most so many bytes, by bytes up to the longest token's. */
  readonly upTo: Int32Array;
  /** By node: whether the token that ends there is one of them. */
  readonly isPlain: Uint8Array;
  /** By node: whether some token of its subtree, itself included, is none of them. */
  readonly isMixed: Uint8Array;
}

/** The tokens that are whole characters (well-formed UTF-8) of allowed bytes. */
export function findPlainTokens(trie: TokenTrie, isAllowed: (byte: number) => boolean): PlainTokens {
  const { nodes, depth, token, twins, deepest } = trie;
  const isPlain = new Uint8Array(nodes);
  const isMixed = new Uint8Array(nodes);
  const byLength: number[][] = Array.from({ length: deepest + 1 }, () => []);
  // The way to the present node: utf8.ts's state after each byte, −1 from the first byte on that does not fit.
  const states = new Int8Array(deepest + 1);
  const path = new Int32Array(deepest + 1);
  for (let node = 0; node < nodes; node++) {
    const length = depth[node] ?? 1;
    const byte = trie.byte[node] ?? 0;
    const before = states[length - 1] ?? -1;
    states[length] = before < 0 || !isAllowed(byte) ? -1 : nextUtf8(before, byte);
    path[length] = node;
    const id = token[node] ?? -1;
    if (id < 0) continue;
    if (states[length] === 0) {
      isPlain[node] = 1;
      byLength[length]?.push(id, ...(twins.get(node) ?? []));
    } else {
      for (let at = length; at > 0 && isMixed[path[at] ?? 0] === 0; at--) isMixed[path[at] ?? 0] = 1;
    }
  }
  let count = 0;
  const upTo = Int32Array.from(byLength, (ids) => (count += ids.length));
  return { ids: Int32Array.from(byLength.flat()), upTo, isPlain, isMixed };
}
