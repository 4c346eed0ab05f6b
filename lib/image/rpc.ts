/**
 * What goes over the port between the page and the image worker. Files travel as Blob handles (no bytes are copied);
 * pixels and bitmaps are transferred. Every request carries its source, so that a worker started afresh can go on.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import type { ImageErrorCode, Pixels, Resample } from './contract';

/** A picture as the worker knows it: its hash names the decoded copy, the bytes make a new one. */
export interface RpcSource {
  readonly hash: string;
  readonly bytes: Blob;
}

export type ImageOperation =
  | { readonly op: 'open'; readonly bytes: Blob }
  | {
      readonly op: 'cut';
      readonly source: RpcSource;
      readonly region: ImageBox;
      readonly size: Size;
      readonly resample: Resample;
    }
  | { readonly op: 'bitmap'; readonly source: RpcSource; readonly maxSide: number };

export interface OpenedImage extends Size {
  readonly hash: string;
  readonly mimeType: string;
  readonly orientation: number;
}

export interface ImageResults {
  readonly open: OpenedImage;
  readonly cut: Pixels;
  readonly bitmap: ImageBitmap;
}

export type ImageRequest =
  | { readonly id: number; readonly operation: ImageOperation }
  | { readonly id: number; readonly operation: { readonly op: 'cancel' } };

export type ImageReply =
  | { readonly id: number; readonly ok: true; readonly value: ImageResults[keyof ImageResults] }
  | { readonly id: number; readonly ok: false; readonly code: ImageErrorCode; readonly message: string };
