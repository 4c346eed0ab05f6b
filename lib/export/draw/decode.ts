/** Pictures as bitmaps and canvases as files. Only what every browser decodes by itself: the app's worker is not asked. */
import { ExportError } from '../contract';

export async function decode(file: Blob): Promise<ImageBitmap | null> {
  return createImageBitmap(file).catch(() => null);
}

export interface Sheet {
  readonly canvas: OffscreenCanvas;
  readonly pen: OffscreenCanvasRenderingContext2D;
}

export function blank(width: number, height: number): Sheet {
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
  const pen = canvas.getContext('2d');
  if (!pen) throw new ExportError('failed');
  pen.imageSmoothingQuality = 'high';
  return { canvas, pen };
}

/** Throws `ExportError` where the browser cannot write that type. */
export async function encode({ canvas }: Pick<Sheet, 'canvas'>, type: string, quality = 0.9): Promise<Blob> {
  const blob = await canvas.convertToBlob({ type, quality });
  if (blob.type !== type) throw new ExportError(type === 'image/webp' ? 'no-webp' : 'failed');
  return blob;
}
