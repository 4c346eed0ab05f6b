'use client';
/** Which picture is on the canvas: the one the step at the cursor speaks of, else the one that is to be asked about. */
import { useMemo } from 'react';
import type { Size } from '@/lib/geometry';
import { useSession } from '@/lib/session';
import { pictureAt } from '@/lib/trajectory';

export interface Shown {
  /** The same as long as the same picture is shown. */
  readonly key: string;
  /** Of its file; null where there is none. */
  readonly hash: string | null;
  /** Its id in the run; null where there is no run. */
  readonly id: string | null;
  /** Upright. */
  readonly size: Size;
  /** Nobody knows that size: it is not to be told. */
  readonly assumedSize: boolean;
  /** Null: its file is not here, or still being opened. */
  readonly bitmap: ImageBitmap | null;
}

/** Null where there is no picture at all. */
export function useShown(): Shown | null {
  const picture = useSession(({ trajectory, cursor }) => trajectory && pictureAt(trajectory, cursor));
  const source = useSession((state) => state.source?.ref ?? null);
  const bitmap = useSession((state) => state.bitmap);
  const others = useSession((state) => state.others);
  return useMemo(() => {
    const hash = picture?.file.hash ?? null;
    if (picture && hash !== source?.hash) {
      return {
        key: hash ?? picture.id,
        hash,
        id: picture.id,
        size: sizeOnly(picture),
        assumedSize: picture.assumedSize ?? false,
        bitmap: (hash !== null && others.get(hash)) || null,
      };
    }
    return (
      source && {
        key: source.hash,
        hash: source.hash,
        id: picture?.id ?? null,
        size: sizeOnly(source),
        assumedSize: false,
        bitmap,
      }
    );
  }, [picture, source, bitmap, others]);
}

function sizeOnly({ width, height }: Size): Size {
  return { width, height };
}
