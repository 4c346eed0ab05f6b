/**
 * What the page and the image worker say to each other over lib/port. Files travel as Blob handles (no bytes are copied); pixels and
 * bitmaps are handed over. Every request carries its source, so that a worker started afresh can go on. Each answers with one item.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import type { Pixels, Resample } from './contract';

/** A picture as the worker knows it: its hash names the decoded copy, the bytes make a new one. */
export interface WorkerSource {
  readonly hash: string;
  readonly bytes: Blob;
}

export interface OpenedImage extends Size {
  readonly hash: string;
  readonly mimeType: string;
  readonly orientation: number;
  readonly endsEarly: boolean;
}

export interface CutRequest {
  readonly source: WorkerSource;
  readonly region: ImageBox;
  readonly size: Size;
  readonly resample: Resample;
}

export interface BitmapRequest {
  readonly source: WorkerSource;
  readonly maxSide: number;
  readonly maxPixels?: number;
  readonly region?: ImageBox;
}

// A type and not an interface: only a type has the index signature that the RPC's table of methods asks for.
export type ImageMethods = {
  open: { readonly request: Blob; readonly item: OpenedImage };
  cut: { readonly request: CutRequest; readonly item: Pixels };
  bitmap: { readonly request: BitmapRequest; readonly item: ImageBitmap };
};
