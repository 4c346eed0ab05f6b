/**
 * To which size a picture or a crop is brought for a model, into which pieces it is cut, and how many positions of the prompt
 * carry its features. Pure arithmetic, to the letter of the image processors in Hugging Face's transformers (named at each
 * function), so that page and worker agree and a model sees what it was trained on.
 */
import { fitArea, roundHalfEven, type Size } from '@/lib/geometry';
import { EngineError, type ManifestImage, type Sizing } from './contract';

export interface ImageLayout {
  /** What the engine is given: the whole of it is seen as one piece, or cut into `rows` × `columns` tiles. */
  readonly size: Size;
  /** 0 × 0 where the image is one piece. */
  readonly rows: number;
  readonly columns: number;
  /** Size of the view of the whole that goes with the tiles; null where there is none. */
  readonly whole: Size | null;
  /** Feature rows of all pieces together. */
  readonly tokens: number;
}

/**
 * The size to which a region of `width` × `height` pixels is resized before the engine gets it.
 * @throws EngineError `bad-request` where the model cannot take such a shape
 */
export function modelSize(image: ManifestImage, width: number, height: number): Size {
  return layOutImage(image, { width, height }).size;
}

/**
 * Positions of the prompt that carry features of a region of `width` × `height` pixels (the region's own size, not the
 * resized one; tokens that merely frame an image are not counted).
 * @throws EngineError as `modelSize`
 */
export function imageTokens(image: ManifestImage, width: number, height: number): number {
  return layOutImage(image, { width, height }).tokens;
}

/** @throws EngineError `bad-request` */
export function layOutImage(image: ManifestImage, source: Size): ImageLayout {
  if (!(source.width >= 1 && source.height >= 1)) {
    throw new EngineError('bad-request', `A picture of ${source.width} × ${source.height} pixels cannot be seen.`);
  }
  const sizing = image.sizing ?? { kind: 'square' };
  switch (sizing.kind) {
    case 'square':
      return onePiece({ width: image.size, height: image.size }, image.tokens);
    case 'smart': {
      const size = smartResize(source, sizing.factor, sizing.minPixels, sizing.maxPixels);
      return onePiece(size, (size.width / sizing.factor) * (size.height / sizing.factor));
    }
    case 'tiles':
      return layOutTiles(sizing, source, image.tokens);
    case 'lfm2':
      return layOutLfm2(sizing, source);
    case 'pooled': {
      const size = fitBudget(sizing, source);
      return onePiece(size, (size.width * size.height) / (sizing.patch * sizing.pool) ** 2);
    }
    case 'within':
      // How many tokens that is, nobody here knows.
      return onePiece(shrunk(sizing, source), image.tokens);
  }
}

function onePiece(size: Size, tokens: number): ImageLayout {
  return { size, rows: 0, columns: 0, whole: null, tokens };
}

/** More than this many times as long as wide is refused, as the processor does. */
const MOST_ELONGATED = 200;

/** image_processing_qwen2_vl.py, `smart_resize`. */
function smartResize({ width, height }: Size, factor: number, minPixels: number, maxPixels: number): Size {
  if (Math.max(width, height) / Math.min(width, height) > MOST_ELONGATED) {
    throw new EngineError('bad-request', `The picture is more than ${MOST_ELONGATED} times as long as it is wide.`);
  }
  return fitArea({ width, height }, { factor, minPixels, maxPixels });
}

/** No side is made longer than this before it is cut into tiles. */
const LONGEST_SIDE = 4096;

/**
 * image_processing_idefics3.py: the longer side is brought to `longestEdge` (small pictures too), then both sides up to
 * multiples of the tile. The processor resizes twice on the way; Loupe goes to the last size at once.
 */
function layOutTiles(sizing: Extract<Sizing, { kind: 'tiles' }>, source: Size, tokens: number): ImageLayout {
  const { tile } = sizing;
  const square = { width: tile, height: tile };
  if (!sizing.split) return onePiece(square, tokens);
  const { width, height } = toLongestEdge(source, sizing.longestEdge);
  const aspect = width / height;
  const tilesOf = (side: number) => Math.ceil(Math.trunc(side) / tile);
  // The longer side decides, and the other one follows what it was rounded to.
  const columns = width >= height ? tilesOf(width) : tilesOf(tilesOf(height) * tile * aspect);
  const rows = width >= height ? tilesOf((tilesOf(width) * tile) / aspect) : tilesOf(height);
  if (columns * rows === 1) return onePiece(square, tokens);
  const size = { width: columns * tile, height: rows * tile };
  return { size, rows, columns, whole: square, tokens: (rows * columns + 1) * tokens };
}

/** `get_resize_output_image_size`. */
function toLongestEdge({ width, height }: Size, longest: number): Size {
  const aspect = width / height;
  const even = (side: number) => Math.trunc(side) + (Math.trunc(side) % 2);
  let scaled =
    width >= height
      ? { width: longest, height: Math.max(1, even(longest / aspect)) }
      : { width: Math.max(1, even(longest * aspect)), height: longest };
  if (longest > LONGEST_SIDE) {
    const ratio = scaled.width / scaled.height;
    scaled =
      scaled.width >= scaled.height
        ? { width: LONGEST_SIDE, height: Math.max(1, Math.trunc(LONGEST_SIDE / ratio)) }
        : { width: Math.max(1, Math.trunc(LONGEST_SIDE * ratio)), height: LONGEST_SIDE };
  }
  return scaled;
}

/** A picture is cut into tiles from this many times the largest single piece on (`max_pixels_tolerance`). */
const TOLERANCE = 2;

/** image_processing_lfm2_vl.py, `resize_and_split`. */
function layOutLfm2(sizing: Extract<Sizing, { kind: 'lfm2' }>, source: Size): ImageLayout {
  const { tile, patch, downsample, minTokens, maxTokens, minTiles, maxTiles } = sizing;
  const factor = patch * downsample;
  const tokensOf = ({ width, height }: Size) => (width / factor) * (height / factor);
  const [minPixels, maxPixels] = [minTokens * factor * factor, maxTokens * factor * factor];
  const single = fitArea(source, { factor, minPixels, maxPixels }, factor);
  const rough = (side: number) => Math.max(patch, roundHalfEven(side / factor) * factor);
  const large = rough(source.width) * rough(source.height) > maxTokens * factor * factor * TOLERANCE;
  const splits = !(minTiles === 1 && maxTiles === 1);
  if (!large || !splits) return onePiece(single, tokensOf(single));
  const { columns, rows } = bestGrid(source, sizing);
  const size = { width: columns * tile, height: rows * tile };
  const whole = sizing.thumbnail && columns * rows > 1 ? single : null;
  const tokens = tokensOf(size) + (whole ? tokensOf(whole) : 0);
  return columns * rows > 1 ? { size, rows, columns, whole, tokens } : onePiece(size, tokens);
}

/** `find_closest_aspect_ratio` over `_target_ratios`: of equally good grids the largest that the picture half fills. */
function bestGrid(
  { width, height }: Size,
  { tile, minTiles, maxTiles }: Extract<Sizing, { kind: 'lfm2' }>,
): { columns: number; rows: number } {
  const aspect = width / height;
  let best = { columns: 1, rows: 1 };
  let least = Infinity;
  for (const grid of gridsBySize(minTiles, maxTiles)) {
    const difference = Math.abs(aspect - grid.columns / grid.rows);
    const halfFilled = width * height > 0.5 * tile * tile * grid.columns * grid.rows;
    if (difference < least || (difference === least && halfFilled)) best = grid;
    least = Math.min(least, difference);
  }
  return best;
}

/** Among grids of one size the processor's order is that of a Python set: unspecified. */
function gridsBySize(min: number, max: number): { columns: number; rows: number }[] {
  const grids: { columns: number; rows: number }[] = [];
  for (let tiles = min; tiles <= max; tiles++) {
    for (let columns = 1; columns <= tiles; columns++) {
      if (tiles % columns === 0) grids.push({ columns, rows: tiles / columns });
    }
  }
  return grids;
}

/** image_processing_gemma4.py, `get_aspect_ratio_preserving_size`: the largest size of these proportions within the budget. */
function fitBudget({ patch, pool, maxTokens }: Extract<Sizing, { kind: 'pooled' }>, { width, height }: Size): Size {
  const block = patch * pool;
  const factor = Math.sqrt((maxTokens * block ** 2) / (width * height));
  const down = (side: number) => Math.floor((factor * side) / block) * block;
  const fitted = { width: down(width), height: down(height) };
  const long = (one: number, other: number) => Math.min(Math.floor(one / other), maxTokens) * block;
  if (fitted.height === 0 && fitted.width > 0) return { width: long(width, height), height: block };
  if (fitted.width === 0 && fitted.height > 0) return { width: block, height: long(height, width) };
  return fitted;
}

/** Whole pixels, none of them added; proportions kept as far as whole pixels go. */
function shrunk({ longestEdge, maxPixels }: Extract<Sizing, { kind: 'within' }>, { width, height }: Size): Size {
  const scale = Math.min(1, longestEdge / Math.max(width, height), Math.sqrt(maxPixels / (width * height)));
  const side = (length: number) => Math.max(1, scale < 1 ? Math.floor(length * scale) : Math.round(length));
  return { width: side(width), height: side(height) };
}
