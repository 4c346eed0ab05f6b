/** The hash a model's file is known by: SHA-256, or of small files on a hub git's blob id. */
import type { ModelFile } from '@/lib/engine/contract';
import { gitBlobId } from './git-blob';
import { createSha256, sha256, type Hasher } from './sha256';

/** Names the content: safe in an address. */
export function hashOf({ sha256: sha, gitSha1, path }: ModelFile): string {
  const hash = sha ?? gitSha1;
  // The manifest's door asks for one of the two.
  if (hash === undefined) throw new Error(`${path} has no hash`);
  return hash;
}

export async function isRightWhole(file: ModelFile, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (bytes.length !== file.bytes) return false;
  return file.sha256 === undefined ? (await gitBlobId(bytes)) === file.gitSha1 : (await sha256(bytes)) === file.sha256;
}

/** The same over pieces in their order. Git's ids are of small files, so that those may be put together first. */
export async function createFileHasher(
  file: ModelFile,
): Promise<{ update: Hasher['update']; isRight(): Promise<boolean> }> {
  if (file.sha256 !== undefined) {
    const hasher = await createSha256();
    return { update: (bytes) => hasher.update(bytes), isRight: () => Promise.resolve(hasher.hex() === file.sha256) };
  }
  const whole = new Uint8Array(file.bytes);
  let at = 0;
  return {
    update(bytes) {
      whole.set(bytes, at);
      at += bytes.length;
    },
    isRight: () => isRightWhole(file, whole),
  };
}
