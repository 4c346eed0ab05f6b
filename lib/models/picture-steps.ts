/**
 * The sizes of pictures worth asking a model for (`maxPixels` in its address): each lays pictures out in another way, so that none
 * is offered that changes nothing. Pure.
 */
import type { ManifestImage } from '@/lib/engine/contract';
import { POOLED_TOKENS } from './picture-bound';

/** Where any size can be had, largest first: megapixels and its halves. */
export const PICTURE_SIZES = [1_000_000, 500_000, 250_000, 125_000] as const;

/** What is less than this much smaller is the same to who looks for memory or room. */
const NOTABLY = 0.75;

/** Pixels of the largest picture as the model sees it now. */
function largestPicture(image: ManifestImage): number {
  const sizing = image.sizing ?? { kind: 'square' };
  switch (sizing.kind) {
    case 'square':
      return image.size ** 2;
    case 'smart':
      return sizing.maxPixels;
    case 'tiles':
      return (sizing.split ? Math.ceil(sizing.longestEdge / sizing.tile) * sizing.tile : sizing.tile) ** 2;
    case 'lfm2':
      return sizing.maxTiles * sizing.tile ** 2;
    case 'pooled':
      return sizing.maxTokens * (sizing.patch * sizing.pool) ** 2;
    case 'within':
      return sizing.maxPixels;
  }
}

/** The sizes up to the largest that `image` allows, largest first, in pixels. Empty where a picture has one size only. */
export function pictureSteps(image: ManifestImage): readonly number[] {
  const { sizing } = image;
  switch (sizing?.kind) {
    case 'smart':
      return PICTURE_SIZES.filter((pixels) => pixels <= sizing.maxPixels && pixels >= sizing.minPixels);
    case 'tiles': {
      const sides = sizing.split ? Math.ceil(sizing.longestEdge / sizing.tile) : 1;
      return Array.from({ length: sides }, (_, i) => ((sides - i) * sizing.tile) ** 2);
    }
    case 'lfm2': {
      const counts = [sizing.maxTiles, 4, 2, 1].filter(
        (count, i, all) => count <= sizing.maxTiles && all.indexOf(count) === i,
      );
      return counts.map((count) => count * sizing.tile ** 2);
    }
    case 'pooled': {
      const budgets = POOLED_TOKENS.filter((tokens) => tokens <= sizing.maxTokens).toReversed();
      return budgets.map((tokens) => tokens * (sizing.patch * sizing.pool) ** 2);
    }
    default:
      return [];
  }
}

/** The next size that is notably smaller than that of `image`; null where there is none. */
export function nextSmaller(image: ManifestImage): number | null {
  const now = largestPicture(image);
  return pictureSteps(image).find((pixels) => pixels <= now * NOTABLY) ?? null;
}

/**
 * The sizes to offer besides the usual one, largest first.
 * @param own how the model would have pictures if there were room for any
 * @param usual how it has them if nobody says
 */
export function otherSizes(own: ManifestImage, usual: ManifestImage): readonly number[] {
  const now = largestPicture(usual);
  return pictureSteps(own).filter((pixels) => pixels <= now * NOTABLY || now <= pixels * NOTABLY);
}
