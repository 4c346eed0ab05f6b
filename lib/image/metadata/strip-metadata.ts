/**
 * Takes out of a picture file what is not picture: place, time, camera, names, previews, comments, and whatever follows the
 * end. Pixels are not touched and nothing is compressed again. What a decoder needs stays: colour profile, orientation (in an
 * EXIF block of its own that holds nothing else), animation.
 *
 * Allow-lists, not block-lists: a part that is not known to be needed goes. A file whose structure cannot be followed gives
 * null, because nobody could say what is left in it.
 */
import type { ImageFormat, Orientation } from '../index';
import { stripGif } from './strip-gif';
import { stripIsoMedia } from './strip-iso-media';
import { stripJpeg } from './strip-jpeg';
import { stripPng } from './strip-png';
import { stripWebp } from './strip-webp';

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Stripped {
  readonly bytes: Bytes;
  /** Bytes of metadata taken out or overwritten. */
  readonly removed: number;
}

const STRIPPERS = {
  jpeg: stripJpeg,
  png: stripPng,
  webp: stripWebp,
  gif: stripGif,
  avif: stripIsoMedia,
  heic: stripIsoMedia,
  // A bitmap file has no place for metadata.
  bmp: (bytes: Bytes): Stripped => ({ bytes, removed: 0 }),
} satisfies Record<ImageFormat, (bytes: Bytes, orientation: Orientation) => Stripped | null>;

export function stripMetadata(bytes: Bytes, format: ImageFormat, orientation: Orientation): Stripped | null {
  return STRIPPERS[format](bytes, orientation);
}
