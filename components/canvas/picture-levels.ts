/**
 * The picture at several resolutions, each half the one before, so that drawing it small costs what small costs: the
 * overview of a 24-megapixel photo is drawn from a million pixels, and only close up from all that the bitmap has.
 */

/** Levels stop here: any smaller and the overview on a wide screen would look soft. */
const LEAST_SIDE = 700;

export interface PictureLevels {
  /** The smallest level with at least `density` of its pixels per pixel of the original; null when closed. */
  at(density: number): ImageBitmap | null;
  close(): void;
}

/**
 * Starts with `bitmap` alone; smaller levels are made in the background and announced by `changed`. The bitmap stays its
 * owner's, the levels made here are closed here.
 *
 * @param width width of the upright original, of which the bitmap may be a smaller copy
 */
export function createPictureLevels(bitmap: ImageBitmap, width: number, changed: () => void): PictureLevels {
  const levels: ImageBitmap[] = [bitmap];
  let closed = false;

  const build = async () => {
    let above = bitmap;
    while (Math.max(above.width, above.height) / 2 >= LEAST_SIDE) {
      const level = await createImageBitmap(above, {
        resizeWidth: Math.round(above.width / 2),
        resizeHeight: Math.round(above.height / 2),
        resizeQuality: 'medium',
      });
      if (closed) {
        level.close();
        return;
      }
      levels.push(level);
      above = level;
    }
    changed();
  };
  build().catch(() => {
    // The bitmap was closed under us, or memory is short: what levels there are will do.
  });

  return {
    at(density) {
      // A closed bitmap has no size; drawing it would throw.
      const usable = levels.filter((level) => level.width > 0);
      return usable.findLast((level) => level.width / width >= density) ?? usable[0] ?? null;
    },
    close() {
      closed = true;
      for (const level of levels.slice(1)) level.close();
    },
  };
}
