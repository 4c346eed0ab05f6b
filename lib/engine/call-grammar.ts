/**
 * What a turn may look like, as plain data: a dialect offers it (lib/agent), a request carries it to the worker, and the
 * worker turns it into masks over the vocabulary (worker/grammar). All texts are ASCII. A turn is
 *
 *     think?  gap  (call | answer)  stop token
 *
 * with `think = open, free text, close`, `answer = open, free text, close` and
 * `call = open, x1, separator, y1, separator, x2, separator, y2, afterBox, label, close`.
 */
export interface CallGrammar {
  /** Null where a turn begins with the call or the answer. */
  readonly think: TaggedText | null;
  /** Most spaces and line feeds between a thought and what follows it. */
  readonly gap: number;
  /** Null where nothing may be called; one of `call` and `answer` is there. */
  readonly call: CallForm | null;
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

/** The literal parts end and begin outside of numbers and label: `separator` and `afterBox` begin with no digit or dot. */
export interface CallForm {
  /** Up to and with the bracket before x1. */
  readonly open: string;
  readonly separator: string;
  /** From the bracket after y2 to where the label begins. */
  readonly afterBox: string;
  /** Begins with what ends the label and is in none: a quote, `<` or a line feed. */
  readonly close: string;
  readonly numbers: BoxNumbers;
  /** Most bytes of a label. A label is UTF-8 without quote, backslash, `<` and control characters. */
  readonly labelBytes: number;
}

/** How the four numbers are written; always `0 ≤ x1 < x2` and `0 ≤ y1 < y2`. */
export type BoxNumbers =
  /** Whole numbers without leading zeros, to `maxX` and `maxY` inclusive (at least 1). */
  | { readonly kind: 'integers'; readonly maxX: number; readonly maxY: number }
  /** `0`, `1`, or `0.` and up to three digits. */
  | { readonly kind: 'fractions' };
