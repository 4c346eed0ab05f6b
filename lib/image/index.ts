/**
 * Image: bytes to pixels. Sniffing, decoding, orientation, hashing, cutting and resizing, all off the main thread.
 *
 * - **source image**: the file as given, with its upright size. **cut**: a region of it at a size. **pixels**: RGBA bytes.
 */
export { IMAGE_ERROR_CODES, ImageError } from './contract';
export type {
  BitmapOptions,
  ImageErrorCode,
  ImageProblem,
  ImageRef,
  ImageService,
  Pixels,
  Resample,
  SourceImage,
} from './contract';
export { readOrientation } from './exif';
export type { Orientation } from './exif';
export { fetchImage } from './fetch-image';
export type { FetchedImage } from './fetch-image';
export { MAX_FILE_BYTES, MAX_PIXELS, readHeaderSize } from './header-size';
export { createImageService } from './image-service';
export { addPngText, pngChunk, readPngText } from './png-text';
export { MIME_TYPES, sniff } from './sniff';
export type { ImageFormat } from './sniff';
export { makeThumbnail } from './thumbnail';
export { turnPixels } from './turn-pixels';
