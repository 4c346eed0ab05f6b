/**
 * Bounds-checked reads for header parsers: outside the bytes every read is null, so that a parser of untrusted files
 * cannot throw and cannot read past the end.
 */

export interface ByteReader {
  readonly length: number;
  u8(at: number): number | null;
  u16(at: number, little?: boolean): number | null;
  u32(at: number, little?: boolean): number | null;
  /** Latin-1; null where the bytes do not reach. */
  text(at: number, length: number): string | null;
}

export function createByteReader(bytes: Uint8Array): ByteReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const inside = (at: number, size: number): boolean => Number.isInteger(at) && at >= 0 && at + size <= view.byteLength;
  return {
    length: view.byteLength,
    u8: (at) => (inside(at, 1) ? view.getUint8(at) : null),
    u16: (at, little = false) => (inside(at, 2) ? view.getUint16(at, little) : null),
    u32: (at, little = false) => (inside(at, 4) ? view.getUint32(at, little) : null),
    text(at, length) {
      if (!inside(at, length)) return null;
      let text = '';
      for (let i = 0; i < length; i++) text += String.fromCharCode(view.getUint8(at + i));
      return text;
    },
  };
}
