/**
 * Where bytes are kept by name: the contract that files and S3 both fulfil (blob-store.test.ts holds one list of tests for
 * both). Objects are written once and never changed; what a share's state is follows from which objects exist, so there is
 * nothing that two instances could overwrite for each other.
 */

/** `<kind>/<id>`; the id is 32 hex digits, so a name is safe as a path and as a key. */
export type BlobName = `${BlobKind}/${string}`;
/** `seen`: an id that is a time (share-clock.ts). `once`, `claim`: open-once.ts. The others: share-store.ts. */
export const BLOB_KINDS = ['reserved', 'body', 'gone', 'seen', 'once', 'claim'] as const;
export type BlobKind = (typeof BLOB_KINDS)[number];

export interface BlobEntry {
  readonly id: string;
  readonly size: number;
}

/** `body` is read to its end or cancelled, or a file stays open. */
export interface StoredBlob {
  readonly size: number;
  readonly body: ReadableStream<Uint8Array>;
}

export interface BlobStore {
  /**
   * Keeps exactly `size` bytes. When it resolves they are durable; until then, and for ever if it rejects or the process dies,
   * nothing of that name and size can be seen. (Some S3-compatible servers keep what arrived of a broken upload: whoever reads
   * compares the size.) `exists`: there was one of that size already, which stays as it was. Rejects with what `body` throws, or
   * with `StoreError`.
   */
  put(name: BlobName, body: AsyncIterable<Uint8Array>, size: number): Promise<'stored' | 'exists'>;
  /** Null where there is none. */
  get(name: BlobName): Promise<StoredBlob | null>;
  has(name: BlobName): Promise<boolean>;
  /** Nothing happens where there is none. */
  remove(name: BlobName): Promise<void>;
  /** All of a kind, in no particular order; objects that come or go meanwhile may be left out. */
  list(kind: BlobKind): AsyncIterable<BlobEntry>;
  /** Removes what uploads that died left behind. */
  tidy(): Promise<void>;
}

/** `full`: there is no room, and removing makes some. `unavailable`: it cannot be read or written now. */
export type StoreErrorCode = 'full' | 'size' | 'unavailable';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** How a driver's own failure leaves it; what it is already stays. */
export function storeError(cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  // Of blocks or files on the disk, of the account's share of them, of one file's length, of names for one file.
  if (['ENOSPC', 'EDQUOT', 'EFBIG', 'EMLINK'].includes(code)) {
    return new StoreError('full', `the disk is full (${code})`, { cause });
  }
  return new StoreError('unavailable', `the folder of shares cannot be used (${code || String(cause)})`, { cause });
}

export const BLOB_ID = /^[0-9a-f]{32}$/;

/** The whole of a small object as text; `StoreError` where it is larger than `limit`. */
export async function readText(blob: StoredBlob, limit: number): Promise<string> {
  if (blob.size > limit) {
    await blob.body.cancel().catch(() => undefined);
    throw new StoreError('unavailable', 'an object is larger than it can be');
  }
  try {
    return await new Response(blob.body).text();
  } catch (cause) {
    throw new StoreError('unavailable', 'an object broke off', { cause });
  }
}
