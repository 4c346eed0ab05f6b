/**
 * Shares that open once, beside the share store and on the same blobs. Two more objects, each written once: `once/<id>` (it opens
 * once, and the hash of what proves the right to) and `claim/<id>` (somebody took it, and the hash of their claim). Writing the
 * claim is the one step that decides who was first. Whoever claimed may ask again for ten minutes, because a delivery can break
 * off; when it has arrived, or when the ten minutes are over, the share is deleted. The claim stays as long as a tombstone does,
 * so that whoever comes later is told what happened.
 *
 * Looking at a share that opens once (GET) tells its head and takes nothing, so a link preview cannot use it up; claiming takes the
 * proof, which is made of the link's key and the password, so that neither can whoever has seen only the address.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/mini';
import { createBlobRecords } from './blob-records';
import { type BlobStore } from './blob-store';
import { ShareStoreError, type ShareStore } from './share-store';

/** So long whoever claimed a share may fetch it again. */
export const DELIVERY_MS = 10 * 60_000;
/** So long "opened" is told; the share store's tombstones last as long. */
const REMEMBERED_MS = 90 * 86_400_000;
/** As much of a share as its head can have (lib/share/wire.ts). */
const HEAD_BYTES = 1024;
const RECORD_BYTES = 1024;

/** Times are ISO 8601. Records are of one length each: a store may compare nothing else. */
const marker = z.object({ proofHash: z.string(), at: z.string() });
const claimed = z.object({ claimHash: z.string(), at: z.string() });

export interface Waiting {
  readonly bytes: number;
  readonly expiresAt: string;
  readonly head: Uint8Array;
}

export interface OpenOnce {
  /** Right after it was reserved, before anybody knows its id. */
  mark(id: string, proofHash: string): Promise<void>;
  /**
   * Null: it is no share that opens once. Throws `ShareStoreError('opened')` where somebody else took it, and what the store's
   * `open` throws.
   */
  look(id: string, claim: string | null): Promise<Waiting | null>;
  /** The share, for the first who claims it. `forbidden`: the proof is wrong; `opened`: somebody else was first. */
  take(id: string, proof: string, claim: string): ReturnType<ShareStore['open']>;
  /** It has arrived: deleted when this resolves. `forbidden`: the claim is another one. */
  arrived(id: string, claim: string): Promise<void>;
  /** Deletes what was claimed and never said to have arrived; forgets what is long gone. How many could not be dealt with. */
  sweep(): Promise<number>;
}

interface OpenOnceOptions {
  readonly blobs: BlobStore;
  readonly store: Pick<ShareStore, 'open' | 'purge' | 'now'>;
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
/** The page hashed bytes; a claim is only ever compared as it is written. */
const hashOfProof = (proof: string): string => sha256(Buffer.from(proof, 'base64url'));

function isSame(given: string, known: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(known)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** The first bytes of a body that is then let go. */
async function headOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = body.getReader();
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < HEAD_BYTES;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
  }
  await reader.cancel().catch(() => undefined);
  return Buffer.concat(pieces).subarray(0, HEAD_BYTES);
}

export function createOpenOnce({ blobs, store }: OpenOnceOptions): OpenOnce {
  const records = createBlobRecords(blobs, RECORD_BYTES);

  const isOver = async (at: string): Promise<boolean> => Date.parse(at) + DELIVERY_MS <= (await store.now());
  const rightNow = async (): Promise<string> => new Date(await store.now()).toISOString();
  const opened = (): ShareStoreError => new ShareStoreError('opened', 'it was opened before');

  async function checkFree(id: string, claim: string | null): Promise<void> {
    const found = await records.read(`claim/${id}`, claimed);
    if (found && (claim === null || (await isOver(found.at)) || !isSame(sha256(claim), found.claimHash)))
      throw opened();
  }

  return {
    async mark(id, proofHash) {
      await records.write(`once/${id}`, { proofHash, at: await rightNow() });
    },

    async look(id, claim) {
      if (!(await blobs.has(`once/${id}`))) return null;
      await checkFree(id, claim);
      const { bytes, expiresAt, body } = await store.open(id);
      return { bytes, expiresAt, head: await headOf(body) };
    },

    async take(id, proof, claim) {
      const record = await records.read(`once/${id}`, marker);
      if (!record) throw new ShareStoreError('not-found', 'no share that opens once');
      if (!isSame(hashOfProof(proof), record.proofHash))
        throw new ShareStoreError('forbidden', 'the proof is another one');
      await checkFree(id, claim);
      // Expired, deleted and half uploaded ones are found out before anything is taken.
      const share = await store.open(id);
      try {
        await records.write(`claim/${id}`, { claimHash: sha256(claim), at: await rightNow() });
        // Whoever was first: on a store that keeps what it has, it is who is written there.
        await checkFree(id, claim);
      } catch (error) {
        await share.body.cancel().catch(() => undefined);
        throw error;
      }
      return share;
    },

    async arrived(id, claim) {
      const found = await records.read(`claim/${id}`, claimed);
      if (!found || !isSame(sha256(claim), found.claimHash))
        throw new ShareStoreError('forbidden', 'the claim is another one');
      await store.purge(id);
    },

    async sweep() {
      let failed = 0;
      const each = async (kind: 'once' | 'claim', work: (id: string) => Promise<void>): Promise<void> => {
        for await (const { id } of blobs.list(kind)) {
          await work(id).catch(() => {
            failed += 1;
          });
        }
      };
      await each('claim', async (id) => {
        const found = await records.read(`claim/${id}`, claimed);
        if (!found || !(await isOver(found.at))) return;
        await store.purge(id);
        if (Date.parse(found.at) + REMEMBERED_MS > (await store.now())) return;
        await blobs.remove(`once/${id}`);
        await blobs.remove(`claim/${id}`);
      });
      // Given up before it was uploaded, expired, or deleted by its owner: nobody can claim it any more.
      await each('once', async (id) => {
        if ((await blobs.has(`claim/${id}`)) || (await blobs.has(`reserved/${id}`))) return;
        const record = await records.read(`once/${id}`, marker);
        if (record && (await isOver(record.at))) await blobs.remove(`once/${id}`);
      });
      return failed;
    },
  };
}

/** The store with a sweep that sees to both. */
export function withOnceSwept(store: ShareStore, once: OpenOnce): ShareStore {
  return {
    ...store,
    async sweep() {
      const result = await store.sweep();
      return { ...result, failed: result.failed + (await once.sweep()) };
    },
  };
}
