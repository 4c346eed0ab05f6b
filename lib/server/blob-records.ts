/** Small JSON objects among the blobs: what is known of a share beside its bytes, read back through a schema. */
import * as z from 'zod/mini';
import { readText, StoreError, type BlobName, type BlobStore } from './blob-store';

export interface BlobRecords {
  /** Null where there is none. @throws StoreError `unavailable` for one that cannot be read */
  read<T extends z.core.$ZodType>(name: BlobName, schema: T): Promise<z.output<T> | null>;
  write(name: BlobName, record: object): Promise<'stored' | 'exists'>;
}

/** @param mostBytes of a record that is read */
export function createBlobRecords(blobs: BlobStore, mostBytes: number): BlobRecords {
  return {
    async read(name, schema) {
      const blob = await blobs.get(name);
      if (!blob) return null;
      const text = await readText(blob, mostBytes);
      try {
        return z.parse(schema, JSON.parse(text));
      } catch (cause) {
        throw new StoreError('unavailable', `a record of kind ${name.split('/')[0] ?? ''} cannot be read`, { cause });
      }
    },
    write(name, record) {
      const text = JSON.stringify(record);
      return blobs.put(name, once(text), Buffer.byteLength(text));
    },
  };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
