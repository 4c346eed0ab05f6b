/**
 * Tags that are control tokens. Spelled out in other tokens they mean nothing to the model, so a grammar takes each for one symbol,
 * beyond all bytes: it is written whole or not at all. A symbol stands in a text as one character.
 */

/** The first number that is no byte. */
const BEYOND_BYTES = 256;

export interface ControlTags {
  /** Bytes and symbols together. */
  readonly symbols: number;
  /** The symbol of a token; undefined for one that is no such tag. */
  symbolOf(id: number): number | undefined;
  /** A text with symbols for tags, @param text ASCII */
  fold(text: string): string;
  /** The text again. */
  unfold(text: string): string;
}

/** @param tags ids by text, none of which is within another */
export function createControlTags(tags: ReadonlyMap<string, number>): ControlTags {
  const texts = [...tags.keys()];
  const symbols = new Map([...tags.values()].map((id, index) => [id, BEYOND_BYTES + index]));
  const letter = (index: number) => String.fromCharCode(BEYOND_BYTES + index);
  return {
    symbols: BEYOND_BYTES + texts.length,
    symbolOf: (id) => symbols.get(id),
    fold: (text) => texts.reduce((folded, tag, index) => folded.replaceAll(tag, letter(index)), text),
    unfold: (text) => texts.reduce((whole, tag, index) => whole.replaceAll(letter(index), tag), text),
  };
}

export function isSymbol(byte: number): boolean {
  return byte >= BEYOND_BYTES;
}
