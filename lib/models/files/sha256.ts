/**
 * SHA-256 as lower-case hex: of bytes at hand, by the browser's own where there is one (four times as fast as WebAssembly, and beside
 * this thread), and of bytes that come piece by piece, which no browser offers: hash-wasm. Pages served over plain http from another
 * machine have no `crypto.subtle`; there all of it is hash-wasm's (docs/decisions/0016).
 */
import { createSHA256 } from 'hash-wasm';

/** A hash that grows: for files too large to be in memory at once. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  /** Of everything so far; the hasher is spent. */
  hex(): string;
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Typed as always present, but undefined outside secure contexts.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (subtle) return hex(new Uint8Array(await subtle.digest('SHA-256', bytes)));
  const hasher = await createSha256();
  hasher.update(bytes);
  return hasher.hex();
}

export async function createSha256(): Promise<Hasher> {
  const hasher = await createSHA256();
  hasher.init();
  return { update: (bytes) => void hasher.update(bytes), hex: () => hasher.digest('hex') };
}

export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
