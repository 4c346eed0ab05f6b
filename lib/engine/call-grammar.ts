/**
 * What a turn may look like, as plain data: a dialect offers it (lib/agent), a request carries it to the worker, and the
 * worker turns it into masks over the vocabulary (worker/decode/grammar). All texts are ASCII. A turn is
 *
 *     think?  gap  (one of the calls | answer)  stop token
 *
 * with `think = open, free text, close`, `answer = open, free text, close`, and a call the pieces of its form.
 */
export interface CallGrammar {
  /** Null where a turn begins with the call or the answer. */
  readonly think: TaggedText | null;
  /** Whether there may be none. Left out: a turn begins with its thought. */
  readonly mayNotThink?: boolean | undefined;
  /** Most spaces and line feeds between a thought and what follows it. */
  readonly gap: number;
  /** Empty where nothing may be called; there is a call or an answer. */
  readonly calls: readonly CallForm[];
  readonly answer: TaggedText | null;
  /**
   * Free text holds none of these, except the `close` that ends it. Each begins with its only `<`, and the `close` of every
   * free text is among them.
   */
  readonly tags: readonly string[];
}

export interface TaggedText {
  readonly open: string;
  readonly close: string;
}

/** One way to call: literals with one number or text between two of them. It begins and ends with a literal. */
export interface CallForm {
  readonly pieces: readonly CallPiece[];
}

export type CallPiece =
  | { readonly literal: string }
  /**
   * `above`: larger than an earlier number of this form, by its place among them (the first is 0); at least `by` units larger, which are
   * thousandths of a fraction. Left out: 1.
   */
  | { readonly number: NumberRange; readonly above?: number; readonly by?: number }
  /**
   * Most bytes of a text: UTF-8 without quote, backslash, `<` and control characters. The literal after it begins with what ends it
   * and is in none: a quote, `<` or a line feed.
   */
  | { readonly text: number };

/** How a number is written. The literal after it begins with no digit or dot. */
export type NumberRange =
  /** A whole number without leading zeros, from `min` (0 or more) to `max`, inclusive. */
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** From 0 to 1: `0`, `1`, or `0.` and up to three digits. */
  | { readonly kind: 'fraction' };
