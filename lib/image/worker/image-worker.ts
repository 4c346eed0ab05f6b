/**
 * The image worker: opens, cuts and shrinks pictures, one request at a time (two decodes of 50 megapixels side by side
 * would be 400 MB). Keeps decoded pictures, never files. Metadata stays in the file as given, which stays in this browser;
 * what leaves here is pixels. (Whoever shares a picture must re-encode it: sharing the bytes would share EXIF and GPS.)
 */
import { createMutex, messageOf, serveRpc } from '@/lib/port';
import { ImageError } from '../contract';
import type { ImageMethods, WorkerSource } from '../worker-protocol';
import { createDecodedCache } from './decoded-cache';
import { decode } from './decode';
import { cutPixels, shrinkBitmap } from './draw';

const decoded = createDecodedCache();
const mutex = createMutex();

/** SHA-256, lower-case hex. */
async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function bitmapOf(source: WorkerSource): Promise<ImageBitmap> {
  const kept = decoded.get(source.hash);
  if (kept) return kept;
  const { bitmap } = await decode(source.bytes);
  decoded.put(source.hash, bitmap);
  return bitmap;
}

/** One item, when all earlier requests have settled. One that was cancelled while it waited is not begun. */
async function* answer<T>(work: () => Promise<T>, signal: AbortSignal): AsyncGenerator<T, void, undefined> {
  try {
    yield await mutex.run(work, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw describe(error);
  }
}

function describe(error: unknown): ImageError {
  if (error instanceof ImageError) return error;
  const message = messageOf(error);
  return /memory|allocat|array buffer|invalid array length/i.test(message)
    ? new ImageError('picture-memory', { code: 'no-memory' })
    : new ImageError('worker-failed', { code: 'failed', params: { detail: message } });
}

serveRpc<ImageMethods>(
  self,
  {
    open: (file, signal) =>
      answer(async () => {
        const { bitmap, bytes, ...found } = await decode(file);
        const hash = await hashOf(bytes);
        decoded.put(hash, bitmap);
        return { ...found, hash, width: bitmap.width, height: bitmap.height };
      }, signal),
    cut: ({ source, region, size, resample }, signal) =>
      answer(async () => {
        const bitmap = await bitmapOf(source);
        signal.throwIfAborted();
        return cutPixels(bitmap, region, size, resample, signal);
      }, signal),
    bitmap: ({ source, ...bounds }, signal) => answer(async () => shrinkBitmap(await bitmapOf(source), bounds), signal),
  },
  (item) => {
    if (item instanceof ImageBitmap) return [item];
    return 'data' in item ? [item.data.buffer] : [];
  },
);
