/**
 * Which tag free text may be in the middle of. Each tag begins with its only `<`, or is one symbol (control-tags.ts), so the latest
 * such byte decides and nothing that was begun before it can still become a tag.
 */

export interface TagTree {
  /** 0: in no tag. */
  next(node: number, byte: number): number;
  /** The tag that is complete here; null where none is. */
  tagAt(node: number): string | null;
  /** The bytes with which a tag goes on from here. */
  bytesAfter(node: number): readonly number[];
  /** What of a tag is written here. */
  textAt(node: number): string;
}

export function createTagTree(tags: readonly string[]): TagTree {
  const texts = [''];
  const children = [new Map<number, number>()];
  const whole = new Map<number, string>();
  for (const tag of tags) {
    let node = 0;
    for (let at = 0; at < tag.length; at++) {
      const byte = tag.charCodeAt(at);
      let child = children[node]?.get(byte);
      if (child === undefined) {
        child = texts.push(tag.slice(0, at + 1)) - 1;
        children.push(new Map());
        children[node]?.set(byte, child);
      }
      node = child;
    }
    whole.set(node, tag);
  }
  return {
    next: (node, byte) => children[node]?.get(byte) ?? children[0]?.get(byte) ?? 0,
    tagAt: (node) => whole.get(node) ?? null,
    bytesAfter: (node) => [...(children[node]?.keys() ?? [])],
    textAt: (node) => texts[node] ?? '',
  };
}
