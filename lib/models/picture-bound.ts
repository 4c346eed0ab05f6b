/** Smaller pictures for a model that is described already: what `maxPixels` in an address does to how it sees them. Pure. */
import type { ManifestImage } from '@/lib/engine/contract';

/** The budgets that Gemma 4 was trained with. */
export const POOLED_TOKENS = [70, 140, 280, 560, 1120] as const;

/**
 * The same way of seeing, with pictures of at most so many pixels; never larger ones than before. A model that squashes every
 * picture to one square stays as it is, and none goes below the smallest that its encoder takes.
 */
export function withMaxPixels<Image extends Pick<ManifestImage, 'size' | 'tokens' | 'sizing'>>(
  image: Image,
  pixels: number,
): Image {
  const { sizing } = image;
  switch (sizing?.kind) {
    case 'smart': {
      const { factor, minPixels } = sizing;
      const maxPixels = Math.max(factor ** 2, minPixels, Math.min(sizing.maxPixels, pixels));
      const cells = Math.max(1, Math.floor(Math.sqrt(maxPixels) / factor));
      return { ...image, size: cells * factor, tokens: cells ** 2, sizing: { ...sizing, maxPixels } };
    }
    case 'tiles': {
      const { tile } = sizing;
      const side = Math.floor(Math.sqrt(pixels) / tile);
      const longestEdge = Math.max(tile, Math.min(sizing.longestEdge, side * tile));
      return { ...image, sizing: { ...sizing, longestEdge, split: sizing.split && longestEdge > tile } };
    }
    case 'lfm2': {
      const maxTiles = Math.max(1, Math.min(sizing.maxTiles, Math.floor(pixels / sizing.tile ** 2)));
      return { ...image, sizing: { ...sizing, maxTiles, minTiles: Math.min(maxTiles, sizing.minTiles) } };
    }
    case 'pooled': {
      const block = (sizing.patch * sizing.pool) ** 2;
      const fitting = POOLED_TOKENS.filter((tokens) => tokens * block <= pixels && tokens <= sizing.maxTokens);
      const maxTokens = fitting.at(-1) ?? Math.min(sizing.maxTokens, POOLED_TOKENS[0]);
      return { ...image, tokens: maxTokens, sizing: { ...sizing, maxTokens } };
    }
    default:
      return image;
  }
}
