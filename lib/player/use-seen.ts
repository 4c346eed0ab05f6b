import { useEffect, useState } from 'react';
import type { Size } from '@/lib/geometry';
import { usePlayerStore } from './react';

/**
 * A whole picture as a model had it; null until it is there, and where it cannot be had. Closed here.
 *
 * @param size null where it is not wanted
 */
export function useSeen(hash: string | null, size: Size | null): ImageBitmap | null {
  const { seenOf } = usePlayerStore();
  const [found, setFound] = useState<ImageBitmap | null>(null);
  const { width = 0, height = 0 } = size ?? {};
  useEffect(() => {
    if (hash === null || width === 0) return;
    const abort = new AbortController();
    let made: ImageBitmap | null = null;
    void seenOf(hash, { width, height }, abort.signal).then((bitmap) => {
      if (abort.signal.aborted) return bitmap?.close();
      made = bitmap;
      setFound(bitmap);
    });
    return () => {
      abort.abort();
      setFound(null);
      // Views let go of it with their next commit.
      setTimeout(() => made?.close(), 1000);
    };
  }, [hash, width, height, seenOf]);
  return width === 0 ? null : found;
}
