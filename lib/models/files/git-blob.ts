/**
 * Git's id of a file: SHA-1 of `blob <bytes>\0` and the content. It is all that the hub says of its small files. By the browser's own
 * where there is one; pages served over plain http have none, and there it is hash-wasm's.
 */
import { createSHA1 } from 'hash-wasm';
import { hex } from './sha256';

export async function gitBlobId(bytes: Uint8Array): Promise<string> {
  const head = new TextEncoder().encode(`blob ${bytes.length}\0`);
  // Typed as always present, but undefined outside secure contexts.
  const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
  if (!subtle) {
    const hasher = await createSHA1();
    return hasher.init().update(head).update(bytes).digest('hex');
  }
  const blob = new Uint8Array(head.length + bytes.length);
  blob.set(head);
  blob.set(bytes, head.length);
  return hex(new Uint8Array(await subtle.digest('SHA-1', blob)));
}
