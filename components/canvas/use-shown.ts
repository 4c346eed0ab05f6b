'use client';
/** Which picture is on the canvas: the one the step at the cursor speaks of, else the one that is to be asked about. */
import { useMemo } from 'react';
import type { Size } from '@/lib/geometry';
import { usePlayer } from '@/lib/player';
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
  const picture = usePlayer(({ run, cursor }) => run && pictureAt(run, cursor));
  const source = usePlayer((state) => state.source?.ref ?? null);
  const pictures = usePlayer((state) => state.pictures);
  return useMemo(() => {
    const hash = picture?.file.hash ?? null;
    if (picture && hash !== source?.hash) {
      return {
        key: hash ?? picture.id,
        hash,
        id: picture.id,
        size: sizeOnly(picture),
        assumedSize: picture.assumedSize ?? false,
        bitmap: (hash !== null && pictures.get(hash)) || null,
      };
    }
    return (
      source && {
        key: source.hash,
        hash: source.hash,
        id: picture?.id ?? null,
        size: sizeOnly(source),
        assumedSize: false,
        bitmap: pictures.get(source.hash) ?? null,
      }
    );
  }, [picture, source, pictures]);
}

function sizeOnly({ width, height }: Size): Size {
  return { width, height };
}
