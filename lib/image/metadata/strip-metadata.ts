/**
 * Takes out of a picture file what is not picture: place, time, camera, names, previews, comments, and bytes that somebody hid
 * where no decoder looks. Nothing is copied because it was there: what stays has a known kind and a known length and is written
 * anew. Pixels stay what they are; what a decoder needs stays too: the colors' meaning and the orientation (in an EXIF block
 * of its own that holds nothing else). Of an animation the frame stays that Loupe shows, the first.
 *
 * JPEG, AVIF and HEIC stay what they are and are not compressed again; PNG is packed again without loss; GIF and BMP become PNG.
 * Null: a file of which nobody could say so what is left in it (every WebP among them, whose pixels alone can say where they
 * end). redraw.ts makes a PNG of what such a file shows.
 */
import type { ImageFormat, Orientation } from '../index';
import { bmpToPng } from './bmp-to-png';
import type { Bytes } from './bytes';
import { gifToPng } from './gif-to-png';
import { stripIsoMedia } from './strip-iso-media';
import { stripJpeg } from './strip-jpeg';
import { stripPng } from './strip-png';

export interface Stripped {
  readonly bytes: Bytes;
  /** Bytes of the file that are not in the new one; 0 where the new one is larger. */
  readonly removed: number;
}

export interface StrippedPicture extends Stripped {
  readonly format: ImageFormat;
}

function asPng(bytes: Bytes, png: Bytes | null): StrippedPicture | null {
  return png && { bytes: png, removed: Math.max(0, bytes.length - png.length), format: 'png' };
}

export async function stripMetadata(
  bytes: Bytes,
  format: ImageFormat,
  orientation: Orientation,
): Promise<StrippedPicture | null> {
  switch (format) {
    case 'gif':
      return asPng(bytes, await gifToPng(bytes));
    case 'bmp':
      return asPng(bytes, await bmpToPng(bytes));
    case 'webp':
      return null;
    case 'jpeg':
    case 'png':
    case 'avif':
    case 'heic': {
      const strip = { jpeg: stripJpeg, png: stripPng, avif: stripIsoMedia, heic: stripIsoMedia }[format];
      const stripped = await strip(bytes, orientation);
      return stripped && { ...stripped, format };
    }
    default:
      return format satisfies never;
  }
}
