/** Bytes put together and read as text, and the smallest EXIF there is: a TIFF block with one entry, the orientation. */

export type Bytes = Uint8Array<ArrayBuffer>;

export function orientationTiff(orientation: number): Bytes {
  return Uint8Array.from([
    // "II", 42, first directory at 8.
    ...[0x49, 0x49, 0x2a, 0, 8, 0, 0, 0],
    // One entry: tag 0x0112, SHORT, one value. Then no further directory.
    ...[1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0],
    ...[0, 0, 0, 0],
  ]);
}

export function ascii(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

export function latin(text: string): Bytes {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

export function u16(...values: number[]): Bytes {
  return Uint8Array.from(values.flatMap((value) => [value >> 8, value]));
}

export function u32(...values: number[]): Bytes {
  return Uint8Array.from(values.flatMap((value) => [value >>> 24, value >>> 16, value >>> 8, value]));
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function join(parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
