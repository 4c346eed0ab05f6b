/**
 * The vocabulary as a prefix tree over bytes, laid out in preorder in flat arrays: a walk that prunes is one loop without
 * recursion, and 150,000 tokens are a few megabytes. Built once per model.
 */

/** Node `i` is reached by `byte[i]` from the last node before it whose depth is one less. The root is not stored. */
export interface TokenTrie {
  readonly nodes: number;
  /** Symbols (control-tags.ts) included. */
  readonly byte: Uint16Array;
  /** From 1. */
  readonly depth: Uint16Array;
  /** The node after this one's subtree. */
  readonly end: Int32Array;
  /** The token whose bytes end here; −1 where there is none. */
  readonly token: Int32Array;
  /** Further tokens with the same bytes, by node. */
  readonly twins: ReadonlyMap<number, readonly number[]>;
  /** Length in bytes of the longest token. */
  readonly deepest: number;
  /** Size of the vocabulary: ids are below it. */
  readonly vocab: number;
}

/**
 * @param bytesOf the bytes a token stands for; null or empty for tokens that are no text (control tokens, unused ids)
 * @param vocab number of logits
 */
export function createTokenTrie(bytesOf: (id: number) => Iterable<number> | null, vocab: number): TokenTrie {
  const tokens: { readonly id: number; readonly text: string }[] = [];
  for (let id = 0; id < vocab; id++) {
    const text = String.fromCharCode(...(bytesOf(id) ?? []));
    if (text !== '') tokens.push({ id, text });
  }
  // One character a byte, so that the order of strings is the order of bytes.
  tokens.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.id - b.id));

  const nodes = countNodes(tokens);
  const byte = new Uint16Array(nodes);
  const depth = new Uint16Array(nodes);
  const end = new Int32Array(nodes);
  const token = new Int32Array(nodes).fill(-1);
  const twins = new Map<number, number[]>();
  const path: number[] = [];
  let made = 0;
  let before = '';
  const closeTo = (length: number) => {
    while (path.length > length) end[path.pop() ?? 0] = made;
  };
  for (const { id, text } of tokens) {
    const shared = sharedPrefix(before, text);
    closeTo(shared);
    for (let at = shared; at < text.length; at++) {
      byte[made] = text.charCodeAt(at);
      depth[made] = at + 1;
      path.push(made++);
    }
    const node = path.at(-1) ?? 0;
    if (token[node] === -1) token[node] = id;
    else twins.set(node, [...(twins.get(node) ?? []), id]);
    before = text;
  }
  closeTo(0);
  const deepest = tokens.reduce((most, { text }) => Math.max(most, text.length), 0);
  return { nodes, byte, depth, end, token, twins, deepest, vocab };
}

function countNodes(sorted: readonly { readonly text: string }[]): number {
  let nodes = 0;
  let before = '';
  for (const { text } of sorted) {
    nodes += text.length - sharedPrefix(before, text);
    before = text;
  }
  return nodes;
}

function sharedPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
}

/** The tokens that are prefixes of `bytes` from `from` on, shortest first. */
export function tokensAlong(trie: TokenTrie, bytes: ArrayLike<number>, from: number): { length: number; id: number }[] {
  const found: { length: number; id: number }[] = [];
  let first = 0;
  let last = trie.nodes;
  for (let at = from; at < bytes.length; at++) {
    let node = first;
    while (node < last && trie.byte[node] !== bytes[at]) node = trie.end[node] ?? last;
    if (node >= last) break;
    const id = trie.token[node] ?? -1;
    const length = at - from + 1;
    if (id >= 0) found.push(...[...(trie.twins.get(node) ?? []), id].map((one) => ({ length, id: one })));
    first = node + 1;
    last = trie.end[node] ?? last;
  }
  return found;
}
