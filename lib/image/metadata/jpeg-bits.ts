/**
 * The entropy-coded bits of a JPEG scan, read only to know where they end and what they use. `RangeError` where they cannot be
 * followed: more bits wanted than there are before the next marker, or a code that no table has.
 */
import type { Bytes } from './bytes';

const FAST_BITS = 9;

/** A Huffman table as defined once in the file, and which of its symbols ever occurred. */
export class HuffmanTable {
  readonly used: Uint8Array;
  /** By the next bits: length of the code in the high byte, index of its symbol in the low one; 0: a longer code. */
  private readonly fast = new Uint16Array(1 << FAST_BITS);
  private readonly limit = new Int32Array(17);
  private readonly first = new Int32Array(17);

  constructor(
    readonly counts: Uint8Array,
    readonly symbols: Uint8Array,
  ) {
    this.used = new Uint8Array(symbols.length);
    let [code, index] = [0, 0];
    for (let length = 1; length <= 16; length++) {
      this.first[length] = index - code;
      for (let left = counts[length - 1] ?? 0; left > 0; left--, code++, index++) {
        if (length > FAST_BITS) continue;
        const shift = FAST_BITS - length;
        this.fast.fill((length << 8) | index, code << shift, (code + 1) << shift);
      }
      this.limit[length] = code;
      if (code > 1 << length) throw new RangeError('more codes than fit');
      code <<= 1;
    }
  }

  decode(bits: ScanBits): number {
    const quick = this.fast[bits.peek(FAST_BITS)]!;
    if (quick !== 0) {
      bits.skip(quick >> 8);
      return this.mark(quick & 255);
    }
    const ahead = bits.peek(16);
    for (let length = FAST_BITS + 1; length <= 16; length++) {
      const code = ahead >> (16 - length);
      if (code >= this.limit[length]!) continue;
      bits.skip(length);
      return this.mark(code + this.first[length]!);
    }
    throw new RangeError('no such code');
  }

  private mark(index: number): number {
    this.used[index] = 1;
    return this.symbols[index]!;
  }
}

export class ScanBits {
  private buffer = 0;
  private count = 0;
  /** Zeros put in after the last real bit, so that a code may be looked up whose end is near. */
  private padding = 0;
  /** Where the last bytes taken stand in the file: two of the file (0xff 0x00) may be one. */
  private readonly places = new Int32Array(8);
  private taken = 0;

  constructor(
    private readonly bytes: Bytes,
    private at: number,
  ) {}

  private fill(wanted: number): void {
    const { bytes } = this;
    while (this.count < wanted) {
      let byte = 0;
      const found = bytes[this.at];
      if (found === undefined || (found === 0xff && bytes[this.at + 1] !== 0)) {
        this.padding += 8;
      } else {
        byte = found;
        this.places[this.taken++ & 7] = this.at;
        this.at += found === 0xff ? 2 : 1;
      }
      this.buffer = ((this.buffer << 8) | byte) & 0x1ffffff;
      this.count += 8;
    }
  }

  peek(length: number): number {
    if (this.count < length) this.fill(length);
    return (this.buffer >> (this.count - length)) & ((1 << length) - 1);
  }

  skip(length: number): void {
    if (this.count < length) this.fill(length);
    this.count -= length;
    if (this.count < this.padding) throw new RangeError('the scan breaks off');
  }

  take(length: number): number {
    const value = this.peek(length);
    this.skip(length);
    return value;
  }

  /**
   * The bytes from `start` up to the last bit read, filled up with ones as the standard asks; and where in the file what follows
   * them begins, whatever that is.
   */
  end(start: number): { readonly data: Bytes; readonly at: number } {
    const left = this.count - this.padding;
    const unread = left >> 3;
    const at = unread === 0 ? this.at : this.places[(this.taken - unread) & 7]!;
    const spare = left & 7;
    if (spare === 0) return { data: this.bytes.slice(start, at), at };
    const last = this.places[(this.taken - unread - 1) & 7]!;
    const filled = this.bytes[last]! | ((1 << spare) - 1);
    const data = this.bytes.slice(start, last + (filled === 0xff ? 2 : 1));
    data[last - start] = filled;
    if (filled === 0xff) data[last - start + 1] = 0;
    return { data, at };
  }
}
