/**
 * Model files on this disk: Cache Storage, a file in pieces of a few megabytes, each an entry of its own, named by the file's
 * hash. An entry is there whole or not at all, so that what a closed tab leaves behind needs no journal, two tabs cannot spoil
 * each other's work, and a browser that has Cache Storage in windows, workers and of any age has all that is needed; files of
 * the origin's private file system would be locked to one tab and half written where a write is cut off. Everything here may
 * be refused by the browser: then pieces stay in memory and are fetched anew next time.
 */
import { EngineError, type ModelFile } from '@/lib/engine/contract';
import { hashOf, isRightWhole } from './file-hash';
import { sha256 } from './sha256';

/** Names of the Cache Storage cache and of the lock under which it is filled or swept. */
export const MODEL_CACHE = 'loupe-models';
/** Keys are addresses that nothing is ever fetched from; a cache belongs to one origin anyway. */
const BASE = 'https://kept.invalid/';
/** The piece's own SHA-256: tells damage on the disk from a file that never was right. */
const PIECE_HASH = 'Loupe-Sha256';

export interface Shelf {
  readonly file: ModelFile;
  /** Pieces; the last may be shorter, and a file of no bytes has one of none. */
  readonly count: number;
  startOf(piece: number): number;
  sizeOf(piece: number): number;
  has(piece: number): boolean;
  /** Bytes of the pieces that are there. */
  bytesHere(): number;
  /** Whether all pieces are there and together were found to be the file. */
  readonly sealed: boolean;
  /** @throws EngineError `quota` where the disk is full and memory would not do. */
  put(piece: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** null where it is not there, or damaged; then it is gone. */
  read(piece: number): Promise<Uint8Array<ArrayBuffer> | null>;
  /** The same as it lies on the disk, without a copy where the browser can. */
  blob(piece: number): Promise<Blob | null>;
  /** The whole file where all of it is in memory, and not a copy; else null. */
  inMemory(): Uint8Array<ArrayBuffer> | null;
  /** Forgets every piece. */
  drop(): Promise<void>;
  seal(): Promise<void>;
}

export interface ModelCache {
  /** @param anew look again at what is there: another tab has been at it */
  shelf(file: ModelFile, anew?: boolean): Promise<Shelf>;
  /** Bytes of the file that are there already. */
  bytesKept(file: ModelFile): number;
  /** False where the browser refuses to keep anything. */
  readonly keeps: boolean;
}

export interface ModelCacheOptions {
  readonly pieceBytes: number;
  /** Whether pieces may stay in memory where the disk is full. */
  readonly memoryWillDo: boolean;
}

export async function openModelCache({ pieceBytes, memoryWillDo }: ModelCacheOptions): Promise<ModelCache> {
  const cache = await openCache(MODEL_CACHE);
  let names = await namesIn(cache);
  return {
    keeps: cache !== null,
    bytesKept: (file) => keptOf(file, names, pieceBytes),
    async shelf(file, anew = false) {
      if (anew) names = await namesIn(cache);
      return openShelf(file, cache, names, { pieceBytes, memoryWillDo });
    },
  };
}

/** What entry holds which piece of which file. A file of one piece is one entry, checked by the file's own hash. */
function nameOf(file: ModelFile, pieceBytes: number, piece: number): string {
  const count = countOf(file, pieceBytes);
  return count === 1 ? hashOf(file) : `${hashOf(file)}/${pieceBytes}-${piece}`;
}

function sealOf(file: ModelFile, pieceBytes: number): string {
  return `${hashOf(file)}/${pieceBytes}-whole`;
}

function countOf(file: ModelFile, pieceBytes: number): number {
  return Math.max(1, Math.ceil(file.bytes / pieceBytes));
}

function sizeOf(file: ModelFile, pieceBytes: number, piece: number): number {
  return Math.min(pieceBytes, file.bytes - piece * pieceBytes);
}

/** @param names of `keptNames` */
export function keptOf(file: ModelFile, names: ReadonlySet<string>, pieceBytes: number): number {
  let kept = 0;
  for (let piece = 0; piece < countOf(file, pieceBytes); piece++) {
    if (names.has(nameOf(file, pieceBytes, piece))) kept += sizeOf(file, pieceBytes, piece);
  }
  return kept;
}

/** Whether every piece is there. @param names of `keptNames` */
export function isKept(file: ModelFile, names: ReadonlySet<string>, pieceBytes: number): boolean {
  for (let piece = 0; piece < countOf(file, pieceBytes); piece++) {
    if (!names.has(nameOf(file, pieceBytes, piece))) return false;
  }
  return true;
}

function openShelf(
  file: ModelFile,
  cache: Cache | null,
  names: ReadonlySet<string>,
  { pieceBytes, memoryWillDo }: ModelCacheOptions,
): Shelf {
  const count = countOf(file, pieceBytes);
  const keyOf = (piece: number) => BASE + nameOf(file, pieceBytes, piece);
  const sealKey = BASE + sealOf(file, pieceBytes);
  const onDisk = new Set<number>();
  for (let piece = 0; piece < count; piece++) {
    if (names.has(nameOf(file, pieceBytes, piece))) onDisk.add(piece);
  }
  let sealed = count === 1 || names.has(sealOf(file, pieceBytes));
  /** Written by this load, from what was hashed in memory: handed on as they lie, they are not read only to be hashed again. */
  const fresh = new Set<number>();
  const inMemory = new Map<number, Uint8Array<ArrayBuffer>>();
  /** One buffer for all of the file, so that handing it over whole needs no second copy. */
  let memory: Uint8Array<ArrayBuffer> | null = null;

  const shelf = {
    file,
    count,
    startOf: (piece: number) => piece * pieceBytes,
    sizeOf: (piece: number) => sizeOf(file, pieceBytes, piece),
    has: (piece: number) => onDisk.has(piece) || inMemory.has(piece),
    bytesHere() {
      let bytes = 0;
      for (let piece = 0; piece < count; piece++) if (shelf.has(piece)) bytes += shelf.sizeOf(piece);
      return bytes;
    },
    get sealed() {
      return sealed && onDisk.size + inMemory.size === count;
    },
    async put(piece: number, bytes: Uint8Array<ArrayBuffer>) {
      if (cache && (await keep(cache, piece, bytes))) {
        onDisk.add(piece);
        fresh.add(piece);
        return;
      }
      memory ??= allocate(file);
      const place = memory.subarray(shelf.startOf(piece), shelf.startOf(piece) + bytes.length);
      place.set(bytes);
      inMemory.set(piece, place);
    },
    async read(piece: number) {
      return inMemory.get(piece) ?? (await fromDisk(piece, true))?.bytes ?? null;
    },
    async blob(piece: number) {
      const bytes = inMemory.get(piece);
      return bytes ? new Blob([bytes]) : ((await fromDisk(piece, !fresh.has(piece)))?.blob ?? null);
    },
    inMemory: () => (inMemory.size === count ? memory : null),
    async drop() {
      inMemory.clear();
      fresh.clear();
      sealed = count === 1;
      const keys = [...onDisk].map(keyOf);
      onDisk.clear();
      for (const key of [sealKey, ...keys]) await cache?.delete(key).catch(() => false);
    },
    async seal() {
      sealed = true;
      if (count === 1 || inMemory.size > 0) return;
      // Not written, it is only looked at once more next time.
      await cache?.put(sealKey, new Response(null)).catch(() => undefined);
    },
  } satisfies Shelf;

  /** @returns whether it is on the disk now */
  async function keep(to: Cache, piece: number, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const headers = { 'Content-Type': 'application/octet-stream', [PIECE_HASH]: await sha256(bytes) };
    try {
      await to.put(keyOf(piece), new Response(bytes, { headers }));
      return true;
    } catch (error) {
      if (!memoryWillDo) throw full(file, error);
      return false;
    }
  }

  /** @param check whether it is read and hashed; if not, its length has to do, and there are no bytes */
  async function fromDisk(
    piece: number,
    check: boolean,
  ): Promise<{ bytes: Uint8Array<ArrayBuffer> | null; blob: Blob } | null> {
    if (!onDisk.has(piece)) return null;
    try {
      const kept = await cache?.match(keyOf(piece));
      if (kept) {
        const blob = await kept.blob();
        if (!check && blob.size === shelf.sizeOf(piece)) return { bytes: null, blob };
        const bytes = new Uint8Array(await blob.arrayBuffer());
        if (await isRight(piece, bytes, kept.headers.get(PIECE_HASH))) return { bytes, blob };
      }
    } catch {
      // Unreadable is as if it were not there.
    }
    onDisk.delete(piece);
    fresh.delete(piece);
    sealed = count === 1;
    for (const key of [sealKey, keyOf(piece)]) await cache?.delete(key).catch(() => false);
    return null;
  }

  async function isRight(piece: number, bytes: Uint8Array<ArrayBuffer>, hash: string | null): Promise<boolean> {
    if (bytes.length !== shelf.sizeOf(piece)) return false;
    return count === 1 ? isRightWhole(file, bytes) : (await sha256(bytes)) === hash;
  }

  return shelf;
}

/** Every entry's name. Cheap beside reading one piece; empty where there is no cache. */
export async function keptNames(): Promise<ReadonlySet<string>> {
  return namesIn(await openCache(MODEL_CACHE));
}

/** Deletes every entry that belongs to none of these files, given by their hashes. */
export async function sweep(hashes: ReadonlySet<string>): Promise<void> {
  const cache = await openCache(MODEL_CACHE);
  for (const key of (await cache?.keys()) ?? []) {
    const hash = key.url.startsWith(BASE) ? key.url.slice(BASE.length).split('/')[0] : undefined;
    if (hash === undefined || !hashes.has(hash)) await cache?.delete(key);
  }
}

async function namesIn(cache: Cache | null): Promise<ReadonlySet<string>> {
  try {
    return new Set((await cache?.keys())?.map(({ url }) => url.slice(BASE.length)));
  } catch {
    return new Set();
  }
}

export async function openCache(name: string): Promise<Cache | null> {
  try {
    // Undefined outside secure contexts; refused in some private windows.
    return (await (globalThis.caches as CacheStorage | undefined)?.open(name)) ?? null;
  } catch {
    return null;
  }
}

function allocate(file: ModelFile): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(file.bytes);
  } catch (error) {
    throw new EngineError('out-of-memory', `No memory for ${file.path}: ${String(error)}`);
  }
}

function full(file: ModelFile, error: unknown): EngineError {
  const detail = error instanceof Error ? error.message : String(error);
  const params = { path: file.path, detail };
  return new EngineError('quota', { code: 'file-not-written', params }, { cause: error });
}
