/**
 * Regions as they were cut, so that the next run about a picture, and the one that begins with the same looks, need not have the whole picture
 * decoded and made smaller again. By content: file, region, size and way of making smaller. The least recently used go. Pure.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import type { Pixels, Resample } from './contract';

/** Four a pixel. */
const MOST_BYTES = 48 * 2 ** 20;

export interface CutCache {
  get(key: string): Pixels | undefined;
  /** Not where it is larger than all that is kept. */
  put(key: string, pixels: Pixels): void;
}

export function cutKey(
  hash: string,
  { x1, y1, x2, y2 }: ImageBox,
  { width, height }: Size,
  resample: Resample,
): string {
  return [hash, x1, y1, x2, y2, width, height, resample].join(' ');
}

export function createCutCache(mostBytes = MOST_BYTES): CutCache {
  /** In order of use, latest last. */
  const kept = new Map<string, Pixels>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= kept.get(key)?.data.byteLength ?? 0;
    kept.delete(key);
  };
  return {
    get(key) {
      const found = kept.get(key);
      if (found) {
        kept.delete(key);
        kept.set(key, found);
      }
      return found;
    },
    put(key, pixels) {
      drop(key);
      if (pixels.data.byteLength > mostBytes) return;
      kept.set(key, pixels);
      bytes += pixels.data.byteLength;
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        drop(oldest);
      }
    },
  };
}
