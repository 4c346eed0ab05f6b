/**
 * A fixed text and how it is written in tokens. Where only one text can follow, one way to write it is as good as another,
 * so one is chosen: the tokenizer's own, and from places that way does not touch the shortest. That makes the next token
 * certain, not only the next byte.
 */
import { EngineError } from '../../../contract';
import type { ControlTags } from './control-tags';
import { tokensAlong, type TokenTrie } from './token-trie';

export interface Literal {
  /** Symbols (control-tags.ts) included. */
  readonly bytes: Uint16Array;
  /** The token to write at each byte; it ends within the literal. */
  readonly token: Int32Array;
  /** Tokens from each byte to the end, by those; `tokens[bytes.length]` is 0. */
  readonly tokens: Int32Array;
}

export interface Spelling {
  readonly trie: TokenTrie;
  readonly control: ControlTags;
  /** How the tokenizer writes a text; its ids may be any, they are checked. */
  readonly encode: (text: string) => readonly number[];
}

/**
 * @param text ASCII with symbols for its control tags
 * @throws EngineError `unsupported-model` where the vocabulary cannot write it
 */
export function createLiteral(text: string, { trie, control, encode }: Spelling): Literal {
  const bytes = Uint16Array.from(text, (char) => char.charCodeAt(0));
  const own = ownTokens(bytes, encode(control.unfold(text)), trie);
  const token = new Int32Array(bytes.length);
  const tokens = new Int32Array(bytes.length + 1);
  for (let at = bytes.length - 1; at >= 0; at--) {
    const candidates = own.has(at) ? [own.get(at) ?? { length: 0, id: 0 }] : tokensAlong(trie, bytes, at);
    let least = Infinity;
    // Longest last: of equally short ways the one that begins with the longest token.
    for (const { length, id } of candidates) {
      const count = 1 + (tokens[at + length] ?? Infinity);
      if (count > least) continue;
      least = count;
      token[at] = id;
    }
    if (least === Infinity) {
      throw new EngineError(
        'unsupported-model',
        `The vocabulary of this model cannot write ${JSON.stringify(control.unfold(text))}.`,
      );
    }
    tokens[at] = least;
  }
  return { bytes, token, tokens };
}

/** Where the tokenizer's own tokens begin; empty where they do not spell the text. */
function ownTokens(
  bytes: Uint16Array,
  ids: readonly number[],
  trie: TokenTrie,
): ReadonlyMap<number, { readonly length: number; readonly id: number }> {
  const begins = new Map<number, { length: number; id: number }>();
  let at = 0;
  for (const id of ids) {
    const found = tokensAlong(trie, bytes, at).find((one) => one.id === id);
    if (!found) return new Map();
    begins.set(at, found);
    at += found.length;
  }
  return at === bytes.length ? begins : new Map();
}
