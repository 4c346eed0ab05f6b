/**
 * The smallest EXIF there is: a TIFF block with one entry, the orientation.
 */

export function orientationTiff(orientation: number): Uint8Array<ArrayBuffer> {
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

export function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
