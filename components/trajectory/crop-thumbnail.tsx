'use client';
/**
 * A crop as the person sees it, drawn from the picture on screen by its executed region: nothing is stored twice. It
 * keeps the crop's own shape; what the model saw of it (its size and tokens) is said beside it, not here.
 */
import { useEffect, useRef, type ReactNode } from 'react';
import { drawStill } from '@/components/ui/still-canvas';
import { wholePixels, type ImageBox, type Size, type Turn } from '@/lib/geometry';
import { useRegion } from '@/lib/player';

export interface CropThumbnailProps {
  /** Of the picture's file; null where there is none. */
  readonly hash: string | null;
  readonly bitmap: ImageBitmap | null;
  /** Size of the upright original; the bitmap may be smaller. */
  readonly image: Size;
  readonly region: ImageBox;
  /** Clockwise, as the model saw it. */
  readonly turn?: Turn;
  /** Longest side, CSS pixels. */
  readonly side: number;
  readonly label: string;
}

export function CropThumbnail({ hash, bitmap, image, region, turn = 0, side, label }: CropThumbnailProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = Math.max(1, region.x2 - region.x1);
  const height = Math.max(1, region.y2 - region.y1);
  const scale = side / Math.max(width, height);
  const isSideways = turn === 90 || turn === 270;
  const upright = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };

  const shown = isSideways ? { width: upright.height, height: upright.width } : upright;

  const density = typeof window === 'undefined' ? 1 : window.devicePixelRatio || 1;
  const k = bitmap ? bitmap.width / image.width : 1;
  // A bitmap smaller than its picture may have too few pixels of a small crop.
  const wanted = k < 1 && scale * density > k ? wholePixels(region) : null;
  const found = useRegion(hash, wanted);

  useEffect(() => {
    const pixels = found?.bitmap ?? bitmap;
    if (!canvas.current || !pixels) return;
    const across = Math.round(upright.width * density);
    const down = Math.round(upright.height * density);
    const from = found
      ? { x: region.x1 - found.box.x1, y: region.y1 - found.box.y1, k: 1 }
      : { x: region.x1, y: region.y1, k };
    try {
      const [wide, high] = isSideways ? [down, across] : [across, down];
      drawStill(canvas.current, wide, high, (context) => {
        context.imageSmoothingQuality = 'high';
        context.translate(wide / 2, high / 2);
        context.rotate((turn * Math.PI) / 180);
        context.translate(-across / 2, -down / 2);
        context.drawImage(
          pixels,
          from.x * from.k,
          from.y * from.k,
          width * from.k,
          height * from.k,
          0,
          0,
          across,
          down,
        );
      });
    } catch {
      // The picture was replaced and its bitmap closed between commit and effect: this thumbnail is about to go.
    }
  }, [found, bitmap, k, density, region.x1, region.y1, width, height, upright.width, upright.height, turn, isSideways]);

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
