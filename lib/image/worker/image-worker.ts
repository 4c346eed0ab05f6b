/**
 * The image worker: opens, cuts and shrinks pictures, one request at a time (two decodes of 50 megapixels side by side
 * would be 400 MB). Keeps decoded pictures, never files. Metadata stays in the file as given, which stays in this browser;
 * what leaves here is pixels. (Whoever shares a picture must re-encode it: sharing the bytes would share EXIF and GPS.)
 */
import { ImageError, type ImageErrorCode } from '../contract';
import type { ImageOperation, ImageReply, ImageRequest, ImageResults, RpcSource } from '../rpc';
import { createDecodedCache } from './decoded-cache';
import { decode } from './decode';
import { cutPixels, shrinkBitmap } from './draw';

/** The worker's own global; typed here because the project's default realm is the page. */
declare const self: DedicatedWorkerGlobalScope;

const decoded = createDecodedCache();
const running = new Map<number, AbortController>();
let queue: Promise<void> = Promise.resolve();

/** SHA-256, lower-case hex. */
async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function bitmapOf(source: RpcSource): Promise<ImageBitmap> {
  const kept = decoded.get(source.hash);
  if (kept) return kept;
  const { bitmap } = await decode(source.bytes);
  decoded.put(source.hash, bitmap);
  return bitmap;
}

async function perform(operation: ImageOperation, signal: AbortSignal): Promise<ImageResults[keyof ImageResults]> {
  switch (operation.op) {
    case 'open': {
      const { bitmap, bytes, mimeType, orientation } = await decode(operation.bytes);
      const hash = await hashOf(bytes);
      decoded.put(hash, bitmap);
      return { hash, mimeType, orientation, width: bitmap.width, height: bitmap.height };
    }
    case 'cut': {
      const bitmap = await bitmapOf(operation.source);
      signal.throwIfAborted();
      return cutPixels(bitmap, operation.region, operation.size, operation.resample, signal);
    }
    case 'bitmap':
      return shrinkBitmap(await bitmapOf(operation.source), operation.maxSide);
    default:
      return operation satisfies never;
  }
}

function transferOf(value: ImageResults[keyof ImageResults]): Transferable[] {
  if (value instanceof ImageBitmap) return [value];
  return 'data' in value ? [value.data.buffer] : [];
}

function describe(error: unknown): { code: ImageErrorCode; message: string } {
  if (error instanceof ImageError) return { code: error.code, message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  const memory = /memory|allocat|array buffer|invalid array length/i.test(message);
  return memory
    ? {
        code: 'picture-memory',
        message: 'There is not enough memory for this picture. Close other tabs, or use a smaller one.',
      }
    : { code: 'worker-failed', message: `The picture could not be processed (${message}).` };
}

async function answer(id: number, operation: ImageOperation): Promise<void> {
  const controller = running.get(id);
  // Cancelled while it waited.
  if (!controller) return;
  try {
    const value = await perform(operation, controller.signal);
    if (!controller.signal.aborted) self.postMessage({ id, ok: true, value } satisfies ImageReply, transferOf(value));
    else if (value instanceof ImageBitmap) value.close();
  } catch (error) {
    if (!controller.signal.aborted) self.postMessage({ id, ok: false, ...describe(error) } satisfies ImageReply);
  } finally {
    running.delete(id);
  }
}

self.onmessage = ({ data }: MessageEvent<ImageRequest>) => {
  const { id, operation } = data;
  if (operation.op === 'cancel') {
    running.get(id)?.abort();
    running.delete(id);
    return;
  }
  running.set(id, new AbortController());
  queue = queue.then(() => answer(id, operation));
};
