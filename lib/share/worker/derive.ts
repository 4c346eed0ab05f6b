/** Argon2id, version 1.3 (RFC 9106). */
import { argon2id } from 'hash-wasm';
import type { DeriveRequest } from './derive-protocol';

export async function derive(request: DeriveRequest): Promise<Uint8Array<ArrayBuffer>> {
  const { password, salt, memoryKiB, iterations, parallelism, length } = request;
  const key = await argon2id({
    ...{ password, salt, iterations, parallelism },
    memorySize: memoryKiB,
    hashLength: length,
    outputType: 'binary',
  });
  return new Uint8Array(key);
}
