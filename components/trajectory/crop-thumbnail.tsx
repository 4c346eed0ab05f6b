'use client';
/**
 * A crop as the person sees it, drawn from the picture on screen by its executed region: nothing is stored twice. It
 * keeps the crop's own shape; what the model saw of it (its size and tokens) is said beside it, not here.
 */
import { useEffect, useRef, type ReactNode } from 'react';
import type { ImageBox, Size } from '@/lib/geometry';

export interface CropThumbnailProps {
  readonly bitmap: ImageBitmap | null;
  /** Size of the upright original; the bitmap may be smaller. */
  readonly image: Size;
  readonly region: ImageBox;
  /** Longest side, CSS pixels. */
  readonly side: number;
  readonly label: string;
}

export function CropThumbnail({ bitmap, image, region, side, label }: CropThumbnailProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = Math.max(1, region.x2 - region.x1);
  const height = Math.max(1, region.y2 - region.y1);
  const scale = side / Math.max(width, height);
  const shown = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };

  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context || !bitmap) return;
    const density = window.devicePixelRatio || 1;
    canvas.current.width = Math.round(shown.width * density);
    canvas.current.height = Math.round(shown.height * density);
    const toBitmap = bitmap.width / image.width;
    context.imageSmoothingQuality = 'high';
    try {
      context.drawImage(
        bitmap,
        region.x1 * toBitmap,
        region.y1 * toBitmap,
        width * toBitmap,
        height * toBitmap,
        0,
        0,
        canvas.current.width,
        canvas.current.height,
      );
    } catch {
      // The picture was replaced and its bitmap closed between commit and effect: this thumbnail is about to go.
    }
  }, [bitmap, image.width, region.x1, region.y1, width, height, shown.width, shown.height]);

  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className="block rounded-s bg-sunken"
      style={{ width: shown.width, height: shown.height }}
    />
  );
}
