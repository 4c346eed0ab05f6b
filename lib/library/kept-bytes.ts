/**
 * A file as it lies in the database: its bytes and its type. Earlier versions kept Blobs, which are still read; none is written,
 * because a private window of Safari refuses them.
 */
import type { FileHash } from '@/lib/trajectory';

export interface KeptBytes {
  readonly hash: FileHash;
  readonly bytes: ArrayBuffer | Blob;
  /** Of bytes; a Blob has its own. */
  readonly type?: string;
}

export async function toKept(hash: FileHash, file: Blob): Promise<KeptBytes> {
  return { hash, bytes: await file.arrayBuffer(), type: file.type };
}

/** Null where there is none, or what lies there is no file. */
export function blobOf(kept: KeptBytes | undefined): Blob | null {
  const bytes: unknown = kept?.bytes;
  if (bytes instanceof Blob) return bytes;
  return bytes instanceof ArrayBuffer ? new Blob([bytes], { type: kept?.type ?? '' }) : null;
}
