/**
 * A model's file that is here and right, handed out as who reads it needs it: as bytes in one array, or as a `Blob` that the
 * browser can leave on the disk (ONNX Runtime reads external data from one tensor by tensor). Nothing is in memory before it
 * is asked for, and nothing is held afterwards. Every reading is checked: damage on the disk is mended by fetching anew.
 */
import { EngineError, type ModelFile } from '@/lib/engine/contract';
import { messageOf } from '@/lib/port';
import type { Shelf } from './model-cache';

export interface StoredFile {
  readonly size: number;
  /** @throws EngineError `out-of-memory`, and those of fetching where the disk was damaged. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws as `bytes` */
  blob(): Promise<Blob>;
}

export type ModelFiles = ReadonlyMap<ModelFile['path'], StoredFile>;

/** @param mend completes the file once more */
export function storedFile(shelf: Shelf, mend: () => Promise<Shelf>): StoredFile {
  const { file } = shelf;
  let current = shelf;

  async function mended<T>(read: (shelf: Shelf) => Promise<T | null>): Promise<T> {
    const got = await read(current);
    if (got !== null) return got;
    current = await mend();
    const again = await read(current);
    if (again !== null) return again;
    throw new EngineError('bad-weights', { code: 'file-unreadable', params: { path: file.path } });
  }

  return {
    size: file.bytes,
    bytes: () => mended(bytesOf),
    blob: () => mended(blobOf),
  };
}

async function bytesOf(shelf: Shelf): Promise<Uint8Array<ArrayBuffer> | null> {
  const whole = shelf.inMemory();
  if (whole) return whole;
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(shelf.file.bytes);
  } catch (error) {
    throw new EngineError('out-of-memory', `No memory for ${shelf.file.path}: ${messageOf(error)}`);
  }
  if (shelf.count === 1) return shelf.read(0);
  const isThere = await eachPiece(shelf, async (piece) => {
    const part = await shelf.read(piece);
    if (part) bytes.set(part, shelf.startOf(piece));
    return part !== null;
  });
  return isThere ? bytes : null;
}

async function blobOf(shelf: Shelf): Promise<Blob | null> {
  const parts: Blob[] = [];
  const isThere = await eachPiece(shelf, async (piece) => {
    const part = await shelf.blob(piece);
    if (part) parts[piece] = part;
    return part !== null;
  });
  return isThere ? new Blob(parts) : null;
}

/** Pieces that are read at once: the disk and the browser's hashing work beside this thread. */
const AT_ONCE = 6;

/** @returns whether `work` said yes to every piece; after a no none is begun */
async function eachPiece(shelf: Shelf, work: (piece: number) => Promise<boolean>): Promise<boolean> {
  let next = 0;
  let whole = true;
  const run = async () => {
    while (whole && next < shelf.count) if (!(await work(next++))) whole = false;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, run));
  return whole;
}
