/**
 * Bitmap to pixels and bitmap to a smaller bitmap, over white. Reads the source in bands, and lets messages in between two
 * bands, so that a cut of 50 megapixels can be cancelled and never holds a second full copy.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import { breathe } from '@/lib/port';
import { ImageError, type Pixels, type Resample } from '../contract';
import { swapsSides, type Orientation } from '../exif';
import { planResample } from '../resample';
import type { BitmapRequest } from '../worker-protocol';

const BAND_PIXELS = 4_000_000;

function context2d(width: number, height: number, willReadFrequently: boolean): OffscreenCanvasRenderingContext2D {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently });
  if (!context) throw new ImageError('picture-memory', { code: 'no-memory-left' });
  return context;
}

/** Throws `RangeError` on a region or size that makes no sense, and the signal's reason when aborted. */
export async function cutPixels(
  bitmap: ImageBitmap,
  region: ImageBox,
  size: Size,
  resample: Resample,
  signal: AbortSignal,
): Promise<Pixels> {
  const plan = planResample(bitmap, region, size, resample);
  const { x, y, width, height } = plan.source;
  const rows = Math.min(height, Math.max(1, Math.floor(BAND_PIXELS / width)));
  // Read back from memory, not from a GPU.
  const context = context2d(width, rows, true);
  context.imageSmoothingEnabled = false;
  for (let top = 0; top < height; top += rows) {
    const count = Math.min(rows, height - top);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, count);
    context.drawImage(bitmap, x, y + top, width, count, 0, 0, width, count);
    plan.feed(context.getImageData(0, 0, width, count).data, top, count);
    if (top + rows < height) {
      await breathe();
      signal.throwIfAborted();
    }
  }
  return plan.finish();
}

/** Takes ownership of the stored picture and gives back the upright one. */
export function turnUpright(stored: ImageBitmap, orientation: Orientation): ImageBitmap {
  const { width, height } = stored;
  // Where the stored picture's x axis, y axis and origin go: canvas transforms a–f.
  const transforms: Readonly<Record<Orientation, [number, number, number, number, number, number]>> = {
    1: [1, 0, 0, 1, 0, 0],
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  };
  const context = swapsSides(orientation) ? context2d(height, width, false) : context2d(width, height, false);
  context.setTransform(...transforms[orientation]);
  context.imageSmoothingEnabled = false;
  context.drawImage(stored, 0, 0);
  stored.close();
  return context.canvas.transferToImageBitmap();
}

type Bounds = Omit<BitmapRequest, 'source'>;

/** For the screen only: smoothed by the browser, not as the model's input is. */
export function shrinkBitmap(bitmap: ImageBitmap, { maxSide, maxPixels = Infinity, region }: Bounds): ImageBitmap {
  const x = Math.max(0, Math.floor(region?.x1 ?? 0));
  const y = Math.max(0, Math.floor(region?.y1 ?? 0));
  const across = Math.max(1, Math.min(bitmap.width, Math.ceil(region?.x2 ?? bitmap.width)) - x);
  const down = Math.max(1, Math.min(bitmap.height, Math.ceil(region?.y2 ?? bitmap.height)) - y);
  const bySide = Math.max(1, maxSide) / Math.max(across, down);
  const scale = Math.min(1, bySide, Math.sqrt(maxPixels / (across * down)));
  const width = Math.max(1, Math.round(across * scale));
  const height = Math.max(1, Math.round(down * scale));
  const context = context2d(width, height, false);
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingEnabled = scale < 1;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, x, y, across, down, 0, 0, width, height);
  return context.canvas.transferToImageBitmap();
}
