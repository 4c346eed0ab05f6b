/**
 * The executed crop for an asked box: docs/protocol.md N9 and S2. fixtures/crop-cases.json holds golden cases that the training
 * code checks too, so that what a model was trained on is what it gets here.
 */
import type { ImageBox, Size } from './box';
import { clamp } from './region';

export interface CropRule {
  /** Least side of a crop, in pixels of the original. */
  readonly minSide: number;
  /** How much larger the crop is than the asked box; where it is a square, than the box's longer side. */
  readonly context: number;
  /** Left out: `square`. `box` keeps the proportions asked for. */
  readonly shape?: 'square' | 'box' | undefined;
}

/** No model takes a strip longer than about this many times its width. */
const MOST_ELONGATED = 100;

/** N9's rounding: halves go up, also below zero. */
function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5);
}

/** `asked` in pixels of the upright original, inside it; returns whole pixels inside it. */
export function cropRegion(asked: ImageBox, image: Size, rule: CropRule): ImageBox {
  const box = { width: asked.x2 - asked.x1, height: asked.y2 - asked.y1 };
  const longer = Math.max(box.width, box.height);
  const square = rule.shape !== 'box';
  const grown = (side: number): number => {
    const wanted = square ? longer : Math.max(side, longer / MOST_ELONGATED);
    return roundHalfUp(Math.max(rule.minSide, rule.context * wanted));
  };
  const width = Math.min(grown(box.width), image.width);
  const height = Math.min(grown(box.height), image.height);
  const left = clamp(roundHalfUp((asked.x1 + asked.x2) / 2 - width / 2), 0, image.width - width);
  const top = clamp(roundHalfUp((asked.y1 + asked.y2) / 2 - height / 2), 0, image.height - height);
  return { x1: left, y1: top, x2: left + width, y2: top + height };
}
