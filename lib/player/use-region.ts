import { useEffect, useState } from 'react';
import type { ImageBox } from '@/lib/geometry';
import { usePlayerStore } from './react';

/** Pixels of a picture, as many as its file has of that region. */
export interface Region {
  readonly box: ImageBox;
  readonly bitmap: ImageBitmap;
}

/**
 * A region of a picture from its file, for where the bitmap at hand is too small for what is shown. Null until it is there; the last
 * one stays until the next has come. Closed here.
 *
 * @param wanted in whole pixels of the upright original; null where the bitmap will do
 */
export function useRegion(hash: string | null, wanted: ImageBox | null): Region | null {
  const { regionOf } = usePlayerStore();
  const [found, setFound] = useState<(Region & { readonly hash: string }) | null>(null);
  const key = wanted && [wanted.x1, wanted.y1, wanted.x2, wanted.y2].join();
  useEffect(() => {
    if (hash === null || key === null) return;
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = key.split(',').map(Number);
    const abort = new AbortController();
    const box = { x1, y1, x2, y2 };
    void regionOf(hash, box, abort.signal).then((bitmap) => {
      if (abort.signal.aborted) bitmap?.close();
      else if (bitmap) setFound({ hash, box, bitmap });
    });
    return () => abort.abort();
  }, [hash, key, regionOf]);
  useEffect(() => () => found?.bitmap.close(), [found]);
  return found?.hash === hash ? found : null;
}
