/**
 * A file without what a stranger should not get (strip-metadata.ts), or, where nobody could say what is left in it, a drawing of
 * what it shows. `redraw` is given by whoever can decode; without it such a file is refused.
 */
import { readOrientation, sniff } from '../index';
import type { Bytes } from './bytes';
import type { CleanPicture } from './contract';
import { stripMetadata } from './strip-metadata';

export async function clean(bytes: Bytes, redraw: ((bytes: Bytes) => Promise<Bytes>) | null): Promise<CleanPicture> {
  const sniffed = sniff(bytes);
  if (sniffed.kind !== 'image') throw new Error('the file is not a picture');
  const { format } = sniffed;
  const stripped = await stripMetadata(bytes, format, readOrientation(bytes, format));
  if (stripped) return { ...stripped, redrawn: false };
  if (!redraw) throw new Error(`this ${format.toUpperCase()} file cannot be followed, and nothing here can draw it`);
  const drawn = await redraw(bytes);
  return { bytes: drawn, format: 'png', removed: Math.max(0, bytes.length - drawn.length), redrawn: true };
}
