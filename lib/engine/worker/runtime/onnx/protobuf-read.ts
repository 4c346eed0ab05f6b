/**
 * Protocol buffers, as far as reading them needs: the fields of a message one after the other, by where they are in a file
 * that may be far too large for memory. Only what is asked for is read, a window at a time.
 */
export interface ByteSource {
  readonly size: number;
  /** Valid until the next call. */
  read(at: number, length: number): Promise<Uint8Array>;
}

/** A megabyte: a graph without its weights is smaller. */
const WINDOW = 2 ** 20;

export function sourceOf(blob: Blob): ByteSource {
  let window = new Uint8Array(0);
  let start = 0;
  return {
    size: blob.size,
    async read(at, length) {
      if (at < start || at + length > start + window.length) {
        start = at;
        window = new Uint8Array(await blob.slice(at, at + Math.max(length, WINDOW)).arrayBuffer());
      }
      return window.subarray(at - start, at - start + length);
    },
  };
}

export const VARINT = 0;
export const LENGTH = 2;
const FIXED64 = 1;
export const FIXED32 = 5;

export interface Field {
  readonly number: number;
  readonly wire: number;
  /** Of the tag. */
  readonly at: number;
  /** Of what a field of bytes holds. */
  readonly content: number;
  /** Behind it. */
  readonly end: number;
  /** Of a VARINT; what is above 2^53 is not exact. */
  readonly value: number;
}

/** The most a tag and a length or number take. */
const HEAD = 20;

/** @throws RangeError where the bytes are no message */
export async function* fields(source: ByteSource, begin: number, end: number): AsyncGenerator<Field, void, undefined> {
  let at = begin;
  while (at < end) {
    const bytes = await source.read(at, Math.min(HEAD, end - at));
    const tag = varint(bytes, 0);
    const wire = tag.value % 8;
    let next = tag.next;
    let value = 0;
    let content = at + next;
    if (wire === VARINT) {
      ({ value, next } = varint(bytes, next));
    } else if (wire === LENGTH) {
      const length = varint(bytes, next);
      content = at + length.next;
      next = length.next + length.value;
    } else if (wire === FIXED32 || wire === FIXED64) {
      next += wire === FIXED32 ? 4 : 8;
    } else {
      throw new RangeError(`a field of wire type ${wire}`);
    }
    const field = { number: Math.floor(tag.value / 8), wire, at, content, end: at + next, value };
    if (field.end > end) throw new RangeError('a field that ends behind its message');
    yield field;
    at = field.end;
  }
}

/** Numbers that follow one another without tags. */
export function packed(bytes: Uint8Array): number[] {
  const values: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const { value, next } = varint(bytes, at);
    values.push(value);
    at = next;
  }
  return values;
}

function varint(bytes: Uint8Array, from: number): { value: number; next: number } {
  let value = 0;
  let scale = 1;
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 127) * scale;
    if (byte < 128) return { value, next: at + 1 };
    scale *= 128;
  }
  throw new RangeError('a number that does not end');
}
