/**
 * A body that is only as long as announced and whose SHA-256 is the announced one. The last piece is held back until the sum
 * is known: whoever reads this never has the whole of a wrong body, so a store cannot keep one.
 */
import { createHash } from 'node:crypto';
import { ShareStoreError } from './share-store';

export async function* verified(
  body: AsyncIterable<Uint8Array>,
  bytes: number,
  digest: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  let length = 0;
  let held: Uint8Array | null = null;
  for await (const piece of body) {
    length += piece.length;
    if (length > bytes) throw new ShareStoreError('bad-request', 'more bytes than announced');
    hash.update(piece);
    if (held) yield held;
    held = piece;
  }
  if (length !== bytes) throw new ShareStoreError('bad-request', 'fewer bytes than announced');
  if (hash.digest('base64') !== digest) throw new ShareStoreError('bad-request', 'the bytes arrived changed');
  if (held) yield held;
}
