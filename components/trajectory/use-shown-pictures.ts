'use client';
/** Where the pixels of a run's pictures are: views lead back to a picture on screen, and to the region of it that they show. */
import { useMemo } from 'react';
import type { Size, ViewOf } from '@/lib/geometry';
import { usePlayer } from '@/lib/player';
import { rootOf, type Trajectory } from '@/lib/trajectory';

export interface ShownPicture {
  /** Of its file; null where there is none. */
  readonly hash: string | null;
  /** Null: the file is not here. */
  readonly bitmap: ImageBitmap | null;
  /** Of the picture with pixels of its own, upright; the bitmap may be smaller. */
  readonly size: Size;
  /** Nobody knows that size: it is not to be told. */
  readonly assumedSize: boolean;
  readonly name: string;
  /** What of it is shown, and how it is turned. */
  readonly view: ViewOf;
}

/** By a picture's id in the run; null where the document does not say what it is. */
export type ShownPictures = (id: string) => ShownPicture | null;

export function useShownPictures({ pictures }: Pick<Trajectory, 'pictures'>): ShownPictures {
  const here = usePlayer((state) => state.pictures);
  return useMemo(
    () => (id) => {
      const root = rootOf(pictures, id);
      if (!root) return null;
      const { hash } = root.picture.file;
      const bitmap = (hash !== null && here.get(hash)) || null;
      const { assumedSize = false, file } = root.picture;
      return { hash, bitmap, size: root.picture, assumedSize, name: file.name, view: root.view };
    },
    [pictures, here],
  );
}
