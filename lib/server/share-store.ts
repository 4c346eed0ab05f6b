/**
 * Shares on top of a blob store. A share is up to three objects, each written once: `reserved/<id>` (how large, until when,
 * whose), `body/<id>` (the bytes), `gone/<id>` (a tombstone: why it is not there). Its state is which of them exist: gone wins
 * over all; reserved and body are a share; reserved alone is an upload under way, which nobody can read. So no step of two
 * instances, and no crash between two steps, can show half a share or lose one that was acknowledged.
 *
 * Deleting writes the tombstone first. Where there is no room for it (a full disk, a quota) the order turns: reservation, body,
 * then the tombstone in the room that they left. Without its reservation nobody can read a share or upload it again, so a crash
 * after any step leaves it gone; all that can be lost is the word for why.
 *
 * The server knows of a share: its id, size, dates, and the SHA-256 of its delete token. Everything else is noise to it.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { EXPIRY_SECONDS, type ApiErrorCode } from '@/lib/share/api';
import type { ShareExpiry } from '@/lib/share/contract';
import { createBlobRecords } from './blob-records';
import { storeError, StoreError, type BlobKind, type BlobStore } from './blob-store';
import { createShareClock } from './share-clock';
import { verified } from './verified';

/** Uploads have to begin so soon, and must have ended by the second time. */
const UPLOAD_WINDOW_MS = 15 * 60_000;
const ABANDONED_MS = 2 * 3_600_000;
/** So long "expired" and "deleted" are told from "never was". */
const TOMBSTONE_MS = 90 * 86_400_000;
const RECORD_BYTES = 4096;

export class ShareStoreError extends Error {
  override readonly name = 'ShareStoreError';
  readonly code: ApiErrorCode;
  readonly detail: number | null;
  constructor(code: ApiErrorCode, message: string, detail: number | null = null) {
    super(message);
    this.code = code;
    this.detail = detail;
  }
}

/** Times are ISO 8601. */
const reservation = z.object({
  bytes: z.number(),
  tokenHash: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  uploadBefore: z.string(),
});
type Reservation = z.infer<typeof reservation>;

const tombstone = z.object({ reason: z.enum(['deleted', 'expired']), at: z.string() });

export interface Upload {
  readonly id: string;
  readonly token: string;
  /** As the request says; must be what was reserved. */
  readonly bytes: number;
  /** Base64 of the body's SHA-256. */
  readonly digest: string;
  readonly body: AsyncIterable<Uint8Array>;
}

export interface StoredShare {
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly bytes: number;
}

export interface ShareCounts {
  readonly shares: number;
  readonly bytes: number;
  readonly uploads: number;
  readonly tombstones: number;
}

export interface SweepResult {
  readonly expired: number;
  readonly abandoned: number;
  readonly forgotten: number;
  /** Objects that could not be read or removed; the next sweep tries them again. */
  readonly failed: number;
}

export interface ShareStore {
  /** Phase one: a place for `bytes` bytes. `too-large`, `storage-full`. */
  reserve(bytes: number, expiry: ShareExpiry): Promise<{ readonly id: string; readonly deleteToken: string }>;
  /** Phase two. Resolves once the share is durable and readable; the same bytes may be sent again. */
  upload(upload: Upload): Promise<StoredShare>;
  open(id: string): Promise<StoredShare & { readonly body: ReadableStream<Uint8Array> }>;
  remove(id: string, token: string): Promise<void>;
  /** The operator's: no token asked. False where there was nothing. */
  purge(id: string): Promise<boolean>;
  purgeAll(): Promise<{ readonly deleted: number; readonly failed: number }>;
  count(): Promise<ShareCounts>;
  sweep(): Promise<SweepResult>;
  /** Rejects with `StoreError` where the store cannot be read, or, with `write`, written. */
  check(write: boolean): Promise<void>;
  /** Milliseconds since 1970; never goes back, whatever the machine's clock does. */
  now(): Promise<number>;
  /** By how many milliseconds the machine's clock is behind the latest time ever seen. */
  clockBehind(): Promise<number>;
  /** The operator's, after a clock was ahead. Processes that run keep what they know. */
  forgetTime(): Promise<void>;
}

export interface ShareStoreOptions {
  readonly blobs: BlobStore;
  readonly maxBytes: number;
  readonly storeBytes: number;
  /** Milliseconds since 1970, and milliseconds elapsed. */
  readonly now?: () => number;
  readonly ticks?: () => number;
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

function isOwner(token: string, tokenHash: string): boolean {
  const [given, known] = [Buffer.from(hashOf(token)), Buffer.from(tokenHash)];
  return given.length === known.length && timingSafeEqual(given, known);
}

export function createShareStore({ blobs, maxBytes, storeBytes, now, ticks }: ShareStoreOptions): ShareStore {
  const clock = createShareClock({ blobs, ...(now ? { wall: now } : {}), ...(ticks ? { ticks } : {}) });
  /** Bytes of bodies as last counted, plus what this process added since; other instances are seen at each sweep. */
  let used: Promise<number> | null = null;
  const uploading = new Map<string, number>();

  const iso = (ms: number): string => new Date(ms).toISOString();

  async function countBytes(): Promise<number> {
    let sum = 0;
    for await (const { size } of blobs.list('body')) sum += size;
    return sum;
  }

  /** With `id`, the room is taken in the same tick: others that wait for the same count then see this upload. */
  async function ensureRoom(bytes: number, id: string | null): Promise<void> {
    if (storeBytes !== Number.POSITIVE_INFINITY) {
      used ??= countBytes();
      used.catch(() => (used = null));
      const stored = await used;
      const underWay = [...uploading.values()].reduce((sum, size) => sum + size, 0);
      if (stored + underWay + bytes > storeBytes) throw new ShareStoreError('storage-full', 'no room for it');
    }
    if (id !== null) uploading.set(id, bytes);
  }

  function addUsed(bytes: number): void {
    used = used?.then((sum) => Math.max(0, sum + bytes)) ?? null;
  }

  const records = createBlobRecords(blobs, RECORD_BYTES);

  /** Why a share is not there, else its reservation. */
  async function find(id: string): Promise<Reservation> {
    const [gone, record] = await Promise.all([
      records.read(`gone/${id}`, tombstone),
      records.read(`reserved/${id}`, reservation),
    ]);
    if (gone) throw new ShareStoreError(gone.reason, 'it was there');
    if (!record) throw new ShareStoreError('not-found', 'no such share');
    const end = Date.parse(record.expiresAt);
    if (end <= (await clock.now())) {
      // A full disk cannot take it down, and this process knows it all the same.
      await clock.keep(end).catch(() => undefined);
      throw new ShareStoreError('expired', 'its time is over');
    }
    return record;
  }

  async function bury(id: string, reason: 'deleted' | 'expired', bytes: number): Promise<void> {
    const record = { reason, at: iso(await clock.now()) };
    try {
      // First: from then on nobody can open it, whatever becomes of the rest.
      await records.write(`gone/${id}`, record);
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'full')) throw error;
      await blobs.remove(`reserved/${id}`);
      await clear(id, bytes);
      // Somebody else may have taken the room: then it is "not found".
      await records.write(`gone/${id}`, record).catch(() => undefined);
      return;
    }
    await clear(id, bytes);
  }

  async function clear(id: string, bytes: number): Promise<void> {
    await blobs.remove(`body/${id}`);
    await blobs.remove(`reserved/${id}`);
    addUsed(-bytes);
  }

  /** An answer got lost and the client says it again. */
  async function uploadedBefore(id: string, bytes: number, digest: string): Promise<boolean> {
    const stored = await blobs.get(`body/${id}`);
    if (stored?.size !== bytes) {
      await stored?.body.cancel().catch(() => undefined);
      return false;
    }
    const hash = createHash('sha256');
    try {
      for await (const piece of stored.body) hash.update(piece);
    } catch (error) {
      throw storeError(error);
    }
    if (hash.digest('base64') !== digest) throw new ShareStoreError('conflict', 'another body was uploaded before');
    return true;
  }

  async function receive(record: Reservation, { id, digest, body }: Upload): Promise<void> {
    await blobs.put(`body/${id}`, verified(body, record.bytes, digest), record.bytes);
    // Deleted, or given up as dead, while the bytes came in.
    if ((await blobs.has(`gone/${id}`)) || !(await blobs.has(`reserved/${id}`))) {
      await blobs.remove(`body/${id}`);
      throw new ShareStoreError('deleted', 'deleted during its upload');
    }
    addUsed(record.bytes);
  }

  return {
    async reserve(bytes, expiry) {
      if (bytes > maxBytes) throw new ShareStoreError('too-large', 'over the limit', maxBytes);
      await ensureRoom(bytes, null);
      const id = randomBytes(16).toString('hex');
      const deleteToken = randomBytes(32).toString('base64url');
      const at = await clock.now();
      const record: Reservation = {
        bytes,
        tokenHash: hashOf(deleteToken),
        createdAt: iso(at),
        expiresAt: iso(at + EXPIRY_SECONDS[expiry] * 1000),
        uploadBefore: iso(at + UPLOAD_WINDOW_MS),
      };
      const outcome = await records.write(`reserved/${id}`, record);
      if (outcome === 'exists') throw new Error('128 random bits came twice');
      return { id, deleteToken };
    },

    async upload(upload) {
      const { id, token, bytes, digest } = upload;
      const record = await find(id);
      if (!isOwner(token, record.tokenHash)) throw new ShareStoreError('forbidden', 'not the owner');
      if (bytes !== record.bytes) throw new ShareStoreError('bad-request', 'not the size that was reserved');
      const stored: StoredShare = { createdAt: record.createdAt, expiresAt: record.expiresAt, bytes };
      if (uploading.has(id)) throw new ShareStoreError('conflict', 'another upload of it is under way');
      uploading.set(id, 0);
      try {
        if (await uploadedBefore(id, bytes, digest)) return stored;
        if (Date.parse(record.uploadBefore) < (await clock.now()))
          throw new ShareStoreError('not-found', 'reserved too long ago');
        await ensureRoom(bytes, id);
        await receive(record, upload);
        return stored;
      } finally {
        uploading.delete(id);
      }
    },

    async open(id) {
      const record = await find(id);
      const blob = await blobs.get(`body/${id}`);
      if (blob?.size !== record.bytes) {
        await blob?.body.cancel().catch(() => undefined);
        throw new ShareStoreError('not-found', 'not uploaded, or not whole');
      }
      return { createdAt: record.createdAt, expiresAt: record.expiresAt, bytes: record.bytes, body: blob.body };
    },

    async remove(id, token) {
      const record = await find(id);
      if (!isOwner(token, record.tokenHash)) throw new ShareStoreError('forbidden', 'not the owner');
      await bury(id, 'deleted', record.bytes);
    },

    async purge(id) {
      const found = await Promise.all([blobs.has(`reserved/${id}`), blobs.has(`body/${id}`)]);
      if (!found.includes(true)) return false;
      await bury(id, 'deleted', 0);
      used = null;
      return true;
    },

    async purgeAll() {
      const ids = new Set<string>();
      for (const kind of ['reserved', 'body'] as const) for await (const { id } of blobs.list(kind)) ids.add(id);
      let failed = 0;
      for (const id of ids) {
        await bury(id, 'deleted', 0).catch(() => {
          failed += 1;
        });
      }
      used = null;
      return { deleted: ids.size - failed, failed };
    },

    async count() {
      const bodies = new Map<string, number>();
      for await (const { id, size } of blobs.list('body')) bodies.set(id, size);
      let [reserved, tombstones] = [0, 0];
      for await (const { id } of blobs.list('reserved')) if (!bodies.has(id)) reserved += 1;
      for await (const _ of blobs.list('gone')) tombstones += 1;
      const bytes = [...bodies.values()].reduce((sum, size) => sum + size, 0);
      return { shares: bodies.size, bytes, uploads: reserved, tombstones };
    },

    async sweep() {
      let [expired, abandoned, forgotten, failed] = [0, 0, 0, 0];
      const kept = await clock.keep().then(
        () => true,
        () => false,
      );
      const at = await clock.now();
      /** One object that cannot be read or removed must not keep the others: they would outlive their day. */
      const each = async (kind: BlobKind, work: (id: string) => Promise<void>): Promise<void> => {
        for await (const { id } of blobs.list(kind)) {
          await work(id).catch(() => {
            failed += 1;
          });
        }
      };
      await each('reserved', async (id) => {
        const record = await records.read(`reserved/${id}`, reservation);
        if (!record) return;
        if (await blobs.has(`gone/${id}`)) await clear(id, 0);
        else if (Date.parse(record.expiresAt) <= at) {
          await bury(id, 'expired', 0);
          expired += 1;
        } else if (Date.parse(record.uploadBefore) + ABANDONED_MS <= at && !(await blobs.has(`body/${id}`))) {
          await blobs.remove(`reserved/${id}`);
          abandoned += 1;
        }
      });
      // A deletion cut short leaves a body behind its tombstone, or one without a reservation.
      await each('body', async (id) => {
        if (!uploading.has(id) && !(await blobs.has(`reserved/${id}`))) await blobs.remove(`body/${id}`);
      });
      await each('gone', async (id) => {
        const record = await records.read(`gone/${id}`, tombstone);
        if (!record || Date.parse(record.at) + TOMBSTONE_MS > at) return;
        await blobs.remove(`gone/${id}`);
        forgotten += 1;
      });
      await blobs.tidy();
      // There may be room by now.
      if (!kept) await clock.keep().catch(() => undefined);
      used = null;
      return { expired, abandoned, forgotten, failed };
    },

    async check(write) {
      if (write) return clock.keep();
      for await (const _ of blobs.list('seen')) return;
    },

    now: () => clock.now(),
    clockBehind: () => clock.behind(),

    async forgetTime() {
      for await (const { id } of blobs.list('seen')) await blobs.remove(`seen/${id}`);
    },
  };
}
