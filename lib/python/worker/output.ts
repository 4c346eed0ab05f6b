/** What code prints, up to a limit; the rest is counted and left out. */

export interface Output {
  /** Takes all of it, always: who prints is not held up. */
  readonly write: (bytes: Uint8Array) => number;
  /** What there was since the last time. */
  readonly take: () => string;
}

export function createOutput(mostBytes: number): Output {
  let kept: Uint8Array[] = [];
  let length = 0;
  let left = 0;
  return {
    write(bytes) {
      const room = Math.max(0, mostBytes - length);
      if (room > 0) kept.push(bytes.slice(0, room));
      length += Math.min(room, bytes.length);
      left += Math.max(0, bytes.length - room);
      return bytes.length;
    },
    take() {
      const decoder = new TextDecoder();
      const text = kept.map((bytes) => decoder.decode(bytes, { stream: true })).join('');
      const rest = left > 0 ? `\n[${left} more bytes were left out]` : decoder.decode();
      [kept, length, left] = [[], 0, 0];
      return text + rest;
    },
  };
}
