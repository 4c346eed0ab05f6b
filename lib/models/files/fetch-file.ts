/**
 * One file until it is here and right: what this disk has, what another program kept in this browser, and the rest over the
 * connection in several stretches at once; hashed in order as the pieces come. Bytes that turn out wrong are fetched once more.
 */
import { EngineError, type ModelFile } from '@/lib/engine/contract';
import type { Patience } from '../hub/ask';
import { followSignal } from '../hub/follow-signal';
import type { FileOrigin } from '../hub/hub-origin';
import { createFileHasher, hashOf } from './file-hash';
import { holdAlone } from '@/lib/port';
import { MODEL_CACHE, type ModelCache, type Shelf } from './model-cache';
import { createSlicer, sliceBody, fetchStretch, type OnPiece } from './ranges';
import type { Mutex } from '@/lib/port';

/** Where transformers.js keeps its files, under the addresses it fetched them from. */
const OTHER_CACHE = 'transformers-cache';

export interface FileContext {
  readonly cache: ModelCache;
  /** null where there is nowhere to fetch from: the model was given as files. */
  readonly origin: FileOrigin | null;
  readonly slots: Mutex;
  readonly stretchPieces: number;
  readonly patience: Patience | undefined;
  /** What was here a moment ago turned out damaged: look at all of it anew. */
  readonly mending?: boolean;
  /** What came before was wrong: not from the browser's own cache again. */
  readonly afresh?: boolean | undefined;
}

/**
 * @param onBytes counts what is here, found or fetched; what has to be fetched again is counted back
 * @throws EngineError `model-not-found`, `network`, `offline`, `gated`, `quota`, `bad-weights`, `out-of-memory`; the abort's
 * reason when aborted: finished pieces stay.
 */
export async function completeFile(
  file: ModelFile,
  context: FileContext,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<Shelf> {
  const { cache, mending } = context;
  let told = 0;
  const report = (count: number) => {
    told += count;
    if (count !== 0) onBytes(count);
  };
  if (!mending) {
    const ready = await cache.shelf(file);
    if (ready.sealed) {
      report(file.bytes);
      return ready;
    }
  }
  // One tab fetches a file; others wait, see it grow, and find it whole or go on where that tab stopped.
  let waiting = true;
  const release = await holdAlone(`${MODEL_CACHE}/${hashOf(file)}`, signal, () => {
    void cache.shelf(file, true).then((shelf) => waiting && report(shelf.bytesHere() - told));
  });
  waiting = false;
  const own = new AbortController();
  const unfollow = followSignal(signal, own);
  const stop = own.signal;
  try {
    const shelf = await cache.shelf(file, true);
    report(shelf.bytesHere() - told);
    if (shelf.sealed) return shelf;
    const again = async () => {
      await shelf.drop();
      report(-told);
    };
    if (shelf.bytesHere() === 0) {
      if ((await copyFromOther(shelf, context, report, stop)) && (await isRight(shelf))) return await sealed(shelf);
      if (told > 0) await again();
    }
    for (let attempt = 0; attempt < 2; attempt++) {
      const afresh = attempt > 0 || mending;
      if (await fetchAndCheck(shelf, { ...context, afresh }, report, stop)) return await sealed(shelf);
      await again();
    }
  } finally {
    unfollow();
    own.abort();
    release();
  }
  const hash = file.sha256 === undefined ? 'git' : 'sha256';
  throw new EngineError('bad-weights', { code: 'other-hash', params: { path: file.path, hash } });
}

async function sealed(shelf: Shelf): Promise<Shelf> {
  await shelf.seal();
  return shelf;
}

/** @returns whether all of it is here now */
async function copyFromOther(
  shelf: Shelf,
  { origin }: FileContext,
  report: (count: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const storage = globalThis.caches as CacheStorage | undefined;
    if (!origin || !(await storage?.has(OTHER_CACHE))) return false;
    const other = await storage?.open(OTHER_CACHE);
    for (const address of origin.aliasesOf(shelf.file.path)) {
      const kept = await other?.match(address);
      if (!kept) continue;
      const slicer = createSlicer(shelf, {
        first: 0,
        last: shelf.count - 1,
        onBytes: report,
        onPiece: () => signal.throwIfAborted(),
      });
      await sliceBody(kept.body, 0, slicer);
      return slicer.done();
    }
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineError) throw error;
    // Somebody else's cache that cannot be read is as if it were not there.
  }
  return false;
}

/** Over what is here already. */
async function isRight(shelf: Shelf): Promise<boolean> {
  const hasher = await createFileHasher(shelf.file);
  for (let piece = 0; piece < shelf.count; piece++) {
    const bytes = await shelf.read(piece);
    if (!bytes) return false;
    hasher.update(bytes);
  }
  return hasher.isRight();
}

/** Pieces that came before their turn to be hashed and wait for it in memory; of more the disk has to be read. */
const HELD = 32;

/** Hashes piece after piece, as they come, while later ones are still on their way. @returns whether it is the file */
async function fetchAndCheck(
  shelf: Shelf,
  context: FileContext,
  report: (count: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const { file } = shelf;
  const waiting = new Map<number, () => void>();
  const held = new Map<number, Uint8Array>();
  const onPiece: OnPiece = (piece, bytes) => {
    if (held.size < HELD || waiting.has(piece)) held.set(piece, bytes);
    waiting.get(piece)?.();
  };
  const arrival = (piece: number) =>
    shelf.has(piece) ? undefined : new Promise<void>((resolve) => void waiting.set(piece, resolve));

  async function check(): Promise<boolean> {
    const hasher = await createFileHasher(file);
    for (let piece = 0; piece < shelf.count; piece++) {
      await arrival(piece);
      let bytes = held.get(piece) ?? (await shelf.read(piece));
      if (!bytes && shelf.count > 1) {
        // Damaged on the disk: this piece alone.
        report(-shelf.sizeOf(piece));
        await fetchPieces(shelf, context, [[piece, piece]], { report, onPiece, signal });
        bytes = held.get(piece) ?? (await shelf.read(piece));
      }
      if (!bytes) return false;
      held.delete(piece);
      hasher.update(bytes);
      signal.throwIfAborted();
    }
    return hasher.isRight();
  }

  const missing = stretchesOf(shelf, context.stretchPieces);
  const [, right] = await Promise.all([fetchPieces(shelf, context, missing, { report, onPiece, signal }), check()]);
  return right;
}

interface PiecesOptions {
  readonly report: (count: number) => void;
  readonly onPiece: OnPiece;
  readonly signal: AbortSignal;
}

async function fetchPieces(
  shelf: Shelf,
  { origin, slots, patience, afresh }: FileContext,
  stretches: readonly (readonly [first: number, last: number])[],
  { report, onPiece, signal }: PiecesOptions,
): Promise<void> {
  const [head, ...rest] = stretches;
  if (!head) return;
  if (shelf.file.bytes === 0) {
    const nothing = new Uint8Array(0);
    await shelf.put(0, nothing);
    onPiece(0, nothing);
    return;
  }
  if (!origin) {
    throw new EngineError('model-not-found', { code: 'file-not-kept', params: { path: shelf.file.path } });
  }
  const request = { shelf, origin, slots, patience, afresh, onBytes: report, onPiece };
  // The first answer tells whether the server sends ranges; only then are the others worth asking for.
  let onAnswer: (ranged: boolean) => void = () => undefined;
  const answered = new Promise<boolean>((resolve) => (onAnswer = resolve));
  const first = fetchStretch({ ...request, first: head[0], last: head[1], onAnswer }, signal);
  const others = async () => {
    if (await answered) {
      await Promise.all(rest.map(([from, to]) => fetchStretch({ ...request, first: from, last: to }, signal)));
    }
  };
  await Promise.all([first, others()]);
}

/** Runs of missing pieces, none longer than one request should be. */
function stretchesOf(shelf: Shelf, longest: number): [first: number, last: number][] {
  const stretches: [first: number, last: number][] = [];
  for (let piece = 0; piece < shelf.count; piece++) {
    if (shelf.has(piece)) continue;
    const open = stretches.at(-1);
    if (open && open[1] === piece - 1 && piece - open[0] < longest) open[1] = piece;
    else stretches.push([piece, piece]);
  }
  return stretches;
}
