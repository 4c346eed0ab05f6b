/**
 * Gives a turn's words to the tokens that a server told of it. Only what spells the same is joined: a stop string that is kept in the tokens
 * and cut from the words is left out, tags that the server took away are passed over, and from the first place on where the two differ, words
 * go without probabilities. They are never shifted against each other.
 */
import type { Alternative } from '@/lib/trajectory';

/** A token as a server told it. */
export interface ToldToken {
  readonly id: number | null;
  /** UTF-8; a token may hold half a character. */
  readonly bytes: Uint8Array;
  readonly logprob: number;
  /** Likeliest first. */
  readonly top: readonly Alternative[];
}

export interface Piece {
  readonly id: number | null;
  /** Empty while a character is incomplete. */
  readonly text: string;
  readonly logprob: number | null;
  readonly top: readonly Alternative[];
}

export interface Aligner {
  /** Words and tokens as they came together; either may be ahead of the other. */
  push(text: string, told: readonly ToldToken[]): readonly Piece[];
  /** The turn is over: words that wait go on alone. */
  end(): readonly Piece[];
  /** Whether words and tokens differed somewhere. */
  readonly differs: boolean;
}

/** `<think>`, `<|im_end|>`: what a server may take out of the words. */
const TAG = /^\s*<[|/]?[\w|-]+\|?>\s*$/;

const plain = (text: string): Piece => ({ id: null, text, logprob: null, top: [] });

export function createAligner(): Aligner {
  const encoder = new TextEncoder();
  let decoder = new TextDecoder();
  /** Words that no token was given to yet. */
  let words: Uint8Array = new Uint8Array();
  let waiting: ToldToken[] = [];
  let differs = false;

  const alone = (): Piece[] => {
    const text = decoder.decode(words);
    decoder = new TextDecoder();
    words = new Uint8Array();
    return text === '' ? [] : [plain(text)];
  };

  const join = (): Piece[] => {
    const pieces: Piece[] = [];
    for (let token = waiting[0]; token !== undefined; token = waiting[0]) {
      const { bytes, id, logprob, top } = token;
      const common = Math.min(bytes.length, words.length);
      const same = words.subarray(0, common).every((byte, at) => byte === bytes[at]);
      if (same && common === bytes.length) {
        const text = decoder.decode(words.subarray(0, common), { stream: true });
        words = words.subarray(common);
        // A token of nothing, such as the one that ends a turn, has nothing to be joined to.
        if (bytes.length > 0) pieces.push({ id, text, logprob, top });
      } else if (!same && !TAG.test(new TextDecoder().decode(bytes))) {
        differs = true;
        waiting = [];
        break;
      } else if (same) {
        // The words are yet to come.
        break;
      }
      waiting.shift();
    }
    return pieces;
  };

  return {
    push(text, told) {
      words = joined(words, encoder.encode(text));
      if (differs) return alone();
      waiting.push(...told);
      const pieces = join();
      // Words ahead of all tokens were told without.
      return waiting.length === 0 ? [...pieces, ...alone()] : pieces;
    },
    end() {
      waiting = [];
      return alone();
    },
    get differs() {
      return differs;
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
