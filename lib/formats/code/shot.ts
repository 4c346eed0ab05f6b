/**
 * What a picture in a program is of: a region of a file, at some size. Programs cut, enlarge and cut again; as long as that keeps sides
 * parallel, what is left is a rectangle of the file that was opened.
 */
import type { ImageBox, Size } from '@/lib/geometry';

export interface Shot {
  /** The file it was opened from: its path as written. */
  readonly file: string;
  /** In pixels of the file as the program sees it, or in fractions of its sides where that size is not known; null: all of it. */
  readonly region: { readonly box: ImageBox; readonly unit: 'pixels' | 'fractions' } | null;
  /** Its own size now; null where it is that of a file that nobody knows. */
  readonly size: Size | null;
  /** It was turned, mirrored or put together: no rectangle of the file any longer. */
  readonly bent: boolean;
  /** The words that cut it. */
  readonly written: string;
}

export function openedShot(file: string, size: Size | null): Shot {
  return { file, region: null, size, bent: false, written: '' };
}

/** A box in the shot's own pixels, as one of the file. Null where nobody can tell. */
function inFile({ region, size, bent }: Shot, box: ImageBox): Shot['region'] {
  if (bent) return null;
  if (!region) return { box, unit: 'pixels' };
  const of = { width: region.box.x2 - region.box.x1, height: region.box.y2 - region.box.y1 };
  if (!size || size.width <= 0 || size.height <= 0) return null;
  const [byX, byY] = [of.width / size.width, of.height / size.height];
  return {
    box: {
      x1: region.box.x1 + box.x1 * byX,
      y1: region.box.y1 + box.y1 * byY,
      x2: region.box.x1 + box.x2 * byX,
      y2: region.box.y1 + box.y2 * byY,
    },
    unit: region.unit,
  };
}

/** `box` in pixels of the shot. */
export function croppedShot(shot: Shot, box: ImageBox, written: string): Shot {
  const region = inFile(shot, box);
  const size = { width: Math.abs(box.x2 - box.x1), height: Math.abs(box.y2 - box.y1) };
  return { ...shot, region, size, bent: shot.bent || region === null, written };
}

export function resizedShot(shot: Shot, size: Size): Shot {
  if (shot.region || shot.bent) return { ...shot, size };
  const { size: was } = shot;
  const box = was
    ? { x1: 0, y1: 0, x2: was.width, y2: was.height }
    : // All of a file of unknown size.
      { x1: 0, y1: 0, x2: 1, y2: 1 };
  return { ...shot, region: { box, unit: was ? 'pixels' : 'fractions' }, size };
}

/** As `Image.thumbnail` fits it: never larger, sides in proportion. */
export function thumbnailOf(shot: Shot, most: Size): Shot {
  if (!shot.size) return shot;
  const factor = Math.min(1, most.width / shot.size.width, most.height / shot.size.height);
  if (factor === 1 || !Number.isFinite(factor)) return shot;
  const side = (length: number) => Math.max(1, Math.round(length * factor));
  return resizedShot(shot, { width: side(shot.size.width), height: side(shot.size.height) });
}

/** Whether it shows less than the whole file. `size` of the file. */
export function isCut({ region, bent }: Shot, size: Size | null): boolean {
  if (!region || bent) return false;
  const { x1, y1, x2, y2 } = region.box;
  const [width, height] = region.unit === 'fractions' ? [1, 1] : [size?.width ?? Infinity, size?.height ?? Infinity];
  return x1 > 0 || y1 > 0 || x2 < width || y2 < height;
}

/** Turned, mirrored or put together with another. */
export const bentShot = (shot: Shot): Shot => ({ ...shot, bent: true });
