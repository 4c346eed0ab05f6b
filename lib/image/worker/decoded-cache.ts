/**
 * The decoded pictures at hand: the current one, and the one before where memory allows. A decoded picture costs four bytes
 * a pixel (50 megapixels: 200 MB), so the bound is in pixels first and in pictures second.
 */

const MAX_PICTURES = 2;
const MAX_TOTAL_PIXELS = 60_000_000;

export interface DecodedCache {
  get(hash: string): ImageBitmap | undefined;
  /** Takes ownership. Closes what no longer fits; the newest always stays. */
  put(hash: string, bitmap: ImageBitmap): void;
}

export function createDecodedCache(): DecodedCache {
  /** In order of use, latest last. */
  const kept = new Map<string, ImageBitmap>();
  const pixels = (): number => [...kept.values()].reduce((sum, bitmap) => sum + bitmap.width * bitmap.height, 0);

  return {
    get(hash) {
      const bitmap = kept.get(hash);
      if (bitmap) {
        kept.delete(hash);
        kept.set(hash, bitmap);
      }
      return bitmap;
    },
    put(hash, bitmap) {
      kept.get(hash)?.close();
      kept.delete(hash);
      kept.set(hash, bitmap);
      for (const [oldest, old] of kept) {
        if (kept.size === 1 || (kept.size <= MAX_PICTURES && pixels() <= MAX_TOTAL_PIXELS)) break;
        old.close();
        kept.delete(oldest);
      }
    },
  };
}
