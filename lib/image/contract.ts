/**
 * What the rest of the app knows of a picture: a `SourceImage` (upright, by hash) and the service that cuts regions out of
 * it off the main thread. Types and error codes only.
 */
import type { ImageBox, Size } from '@/lib/geometry';
import { CodedError, type Problem } from '@/lib/port';
import type { Words } from '@/lib/words';
import { writePhrase, type Phrase } from '@/lib/words/phrase';

/** A picture by the hash of its file (SHA-256, lower-case hex), with the size of the upright picture in pixels. */
export interface ImageRef extends Size {
  readonly hash: string;
  readonly mimeType: string;
  readonly name: string;
}

/** A picture the person gave: the bytes as given, and its upright size. Orientation is applied on decode, never stored. */
export interface SourceImage {
  readonly ref: ImageRef;
  readonly bytes: Blob;
  /** EXIF orientation 1–8 found in the bytes; already applied to `ref.width/height`. */
  readonly orientation: number;
  /** The file ends before its picture does; what was there is shown. */
  readonly endsEarly?: boolean;
}

export type Resample = 'bilinear' | 'bicubic' | 'lanczos';

/** RGBA, opaque (alpha composed over white), `width × height × 4` bytes. */
export interface Pixels extends Size {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

export interface BitmapOptions {
  /** Pixels; as many as there are where left out. */
  readonly maxPixels?: number;
  /** In pixels of the upright original; taken to whole ones. The whole picture where left out. */
  readonly region?: ImageBox;
  readonly signal?: AbortSignal;
}

export interface ImageService {
  /**
   * Sniffs, decodes, orients and hashes; throws `ImageError`, whose problem says what happened.
   * An aborted call rejects with the signal's reason (as everywhere here); abort is not an `ImageError`.
   */
  open(bytes: Blob, name: string, signal?: AbortSignal): Promise<SourceImage>;
  /**
   * Cuts `region` (upright original pixels) and resizes to `size`, antialiased as PIL does (docs/protocol.md N14): equal to
   * `im.crop(region).resize(size)`; edges that are not whole pixels weigh as PIL's `box` does.
   */
  cut(source: SourceImage, region: ImageBox, size: Size, resample: Resample, signal?: AbortSignal): Promise<Pixels>;
  /**
   * An upright, opaque bitmap for the screen, of the whole picture or of a region of it, its longer side at most `maxSide` and its
   * area at most `maxPixels`. The caller owns (and closes) it.
   */
  bitmap(
    source: Pick<SourceImage, 'bytes'> & { readonly ref: Pick<ImageRef, 'hash'> },
    maxSide: number,
    options?: BitmapOptions,
  ): Promise<ImageBitmap>;
  dispose(): void;
}

/** None of them is an engine's code too: a run that failed keeps the bare code, and words are found by it. */
export const IMAGE_ERROR_CODES = [
  'not-an-image',
  'unsupported-format',
  'corrupt',
  /** Pixels. */
  'too-large',
  /** Bytes. */
  'file-too-large',
  'empty',
  'heic-failed',
  'fetch-blocked',
  'fetch-failed',
  'bad-url',
  'picture-memory',
  'worker-failed',
] as const;

export type ImageErrorCode = (typeof IMAGE_ERROR_CODES)[number];

/** What happened; the words say what to do as well. */
export type ImageProblem = Phrase<Words['image']['problems']>;

export class ImageError extends CodedError {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  readonly problem: ImageProblem | null;

  /** @param what a string is technical: it is for logs, and people are told what the code says */
  constructor(code: ImageErrorCode, what: ImageProblem | string, options?: ErrorOptions) {
    super(typeof what === 'string' ? what : writePhrase(what), options);
    this.code = code;
    this.problem = typeof what === 'string' ? null : what;
  }
}

/** An error that came over the worker's port. */
export function imageErrorOf(code: string, message: string, problem: Problem | null): ImageError {
  const known = IMAGE_ERROR_CODES.find((one) => one === code) ?? 'worker-failed';
  // The worker is of the same build: its problems are these.
  return new ImageError(known, (problem as ImageProblem | null) ?? message);
}
