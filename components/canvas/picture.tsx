'use client';
/** The picture beneath the marks: moved with the camera in every frame, drawn anew when the camera has come to rest. */
import { useEffect, useRef, type ReactNode } from 'react';
import type { Camera, Size } from '@/lib/geometry';
import { useRegion } from '@/lib/player';
import type { Palette } from './palette';
import { createPictureLevels, type PictureLevels } from './picture-levels';
import { beyondBitmap, createPictureSheet, type PictureSheet } from './picture-sheet';
import type { FramedRig } from './use-camera-rig';

export interface PictureProps {
  /** Of its file; null where there is none. */
  readonly hash: string | null;
  /** Null where the run's picture is gone. */
  readonly bitmap: ImageBitmap | null;
  readonly image: Size;
  readonly stage: Size;
  readonly palette: Palette;
  readonly ratio: number;
  readonly rig: FramedRig;
  /** The camera as last come to rest. */
  readonly rested: Camera;
}

export function Picture({ hash, bitmap, image, stage, palette, ratio, rig, rested }: PictureProps): ReactNode {
  const host = useRef<HTMLDivElement>(null);
  const sheet = useRef<PictureSheet | null>(null);
  const levels = useRef<PictureLevels | null>(null);
  const paint = useRef<() => void>(() => undefined);
  const near = useRegion(hash, bitmap && beyondBitmap(bitmap, rested, { image, stage, ratio }));

  useEffect(() => {
    if (!host.current) return;
    const made = createPictureSheet(host.current);
    sheet.current = made;
    return () => made.dispose();
  }, []);

  useEffect(() => {
    if (!bitmap) return;
    const made = createPictureLevels(bitmap, image.width, () => paint.current());
    levels.current = made;
    return () => {
      levels.current = null;
      made.close();
    };
  }, [bitmap, image.width]);

  useEffect(() => {
    const view = { image, stage, ratio, edge: palette.edge };
    paint.current = () => sheet.current?.paint(rig.current(), levels.current, view, near);
    paint.current();
  }, [bitmap, image, stage, ratio, palette, rig, rested, near]);

  useEffect(() => rig.onFrame(() => sheet.current?.follow(rig.current())), [rig]);

  return <div ref={host} className="absolute inset-0 overflow-hidden" />;
}
