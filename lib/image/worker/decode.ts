/**
 * Bytes to an upright bitmap. The browser's own decoder does the work, off every thread that scripts run on.
 *
 * Decisions. Orientation: the browser applies it ('from-image'), but for WebP and PNG, where browsers differ, it is done here. A file
 * that ends early gets an end, and shows what is there. Colour: 'default', so embedded
 * profiles are converted to sRGB on the way to the canvas; files without a profile, and sRGB ones, keep their numbers
 * (Pillow would keep the numbers of every file: pictures with a wide-gamut profile differ from it on purpose). Animations:
 * first frame.
 */
import type { Size } from '@/lib/geometry';
import { TRAJECTORY_LIMITS } from '@/lib/trajectory';
import { ImageError } from '../contract';
import { withEnd } from '../ends-early';
import { readOrientation, swapsSides, type Orientation } from '../exif';
import { MAX_FILE_BYTES, MAX_PIXELS, readHeaderSize } from '../header-size';
import { MIME_TYPES, sniff, type ImageFormat } from '../sniff';
import { turnUpright } from './draw';
import { decodeHeic } from './heic';

/** Enough for `sniff`. */
const HEAD_BYTES = 4096;

export interface DecodedImage {
  readonly bitmap: ImageBitmap;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mimeType: string;
  readonly orientation: number;
  /** The file ends before its picture does. */
  readonly endsEarly: boolean;
}

/** Says which format the file is, or throws the `ImageError` that says why it is none. */
async function recognise(file: Blob): Promise<{ format: ImageFormat; mimeType: string }> {
  const sniffed = sniff(new Uint8Array(await readBytes(file.slice(0, HEAD_BYTES))));
  switch (sniffed.kind) {
    case 'image':
      return sniffed;
    case 'empty':
      throw new ImageError('empty', { code: 'empty-file' });
    case 'unsupported':
      throw new ImageError('unsupported-format', { code: 'other-format', params: { kind: sniffed.is } });
    case 'other':
      throw new ImageError('not-an-image', { code: 'no-picture', params: { kind: sniffed.is } });
    default:
      return sniffed satisfies never;
  }
}

/** A file can be gone or changed between the choice and the reading. */
async function readBytes(file: Blob): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch (cause) {
    throw new ImageError('corrupt', { code: 'file-gone' }, { cause });
  }
}

/** A side longer than runs may hold would be shown and asked about, and the run could not be kept. */
function refuseLarge(width: number, height: number): void {
  const most = TRAJECTORY_LIMITS.imageSide;
  if (Math.max(width, height) > most) {
    throw new ImageError('too-large', { code: 'side-too-long', params: { width, height, most } });
  }
  if (width * height > MAX_PIXELS) {
    throw new ImageError('too-large', { code: 'too-many-pixels', params: { width, height, most: MAX_PIXELS } });
  }
}

function isMemoryError(cause: unknown): boolean {
  return cause instanceof RangeError || (cause instanceof Error && /memory|allocat/i.test(cause.message));
}

async function decodeByBrowser(
  file: Blob,
  format: ImageFormat,
  orientation: Orientation,
  stored: Size | null,
): Promise<ImageBitmap> {
  const turnHere = (format === 'webp' || format === 'png') && orientation !== 1;
  // The slice carries the type that the bytes say, not the one the file came with.
  const bitmap = await createImageBitmap(file.slice(0, file.size, MIME_TYPES[format]), {
    imageOrientation: turnHere ? 'none' : 'from-image',
    colorSpaceConversion: 'default',
  });
  // A browser that does not know 'none' has turned it already; with the sides exchanged that can be seen.
  const turned =
    swapsSides(orientation) && stored !== null && bitmap.width === stored.height && bitmap.width !== stored.width;
  return turnHere && !turned ? turnUpright(bitmap, orientation) : bitmap;
}

/** Throws `ImageError`. The caller owns the bitmap. */
export async function decode(file: Blob): Promise<DecodedImage> {
  const { format, mimeType } = await recognise(file);
  if (file.size > MAX_FILE_BYTES) {
    throw new ImageError('file-too-large', {
      code: 'too-many-bytes',
      params: { bytes: file.size, most: MAX_FILE_BYTES },
    });
  }
  const bytes = new Uint8Array(await readBytes(file));
  const claimed = readHeaderSize(bytes, format);
  if (claimed) refuseLarge(claimed.width, claimed.height);
  const orientation = readOrientation(bytes, format);
  const mended = withEnd(bytes, format);

  let bitmap: ImageBitmap;
  try {
    bitmap = await decodeByBrowser(mended ?? file, format, orientation, claimed);
  } catch (cause) {
    if (isMemoryError(cause)) {
      throw new ImageError('picture-memory', { code: 'no-memory' }, { cause });
    }
    // Safari decodes HEIC itself; elsewhere the wasm decoder is fetched now.
    if (format !== 'heic') {
      throw new ImageError('corrupt', { code: 'damaged', params: { format } }, { cause });
    }
    bitmap = await decodeHeic(bytes);
  }
  try {
    refuseLarge(bitmap.width, bitmap.height);
  } catch (error) {
    bitmap.close();
    throw error;
  }
  return { bitmap, bytes, mimeType, orientation, endsEarly: mended !== null };
}
