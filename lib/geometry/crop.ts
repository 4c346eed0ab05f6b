/**
 * The executed crop for an asked box: docs/protocol.md N9. fixtures/crop-cases.json holds golden cases that the training
 * code checks too, so that what a model was trained on is what it gets here.
 */
import type { ImageBox, Size } from './box';
import { clamp } from './region';

export interface CropRule {
  /** Least side of a crop, in pixels of the original. */
  readonly minSide: number;
  /** How much larger the crop is than the longer side of the asked box. */
  readonly context: number;
}

/** N9's rounding: halves go up, also below zero. */
function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5);
}

/** `asked` in pixels of the upright original, inside it; returns whole pixels inside it. */
export function cropRegion(asked: ImageBox, image: Size, rule: CropRule): ImageBox {
  const longer = Math.max(asked.x2 - asked.x1, asked.y2 - asked.y1);
  const side = roundHalfUp(Math.max(rule.minSide, rule.context * longer));
  const width = Math.min(side, image.width);
  const height = Math.min(side, image.height);
  const left = clamp(roundHalfUp((asked.x1 + asked.x2) / 2 - width / 2), 0, image.width - width);
  const top = clamp(roundHalfUp((asked.y1 + asked.y2) / 2 - height / 2), 0, image.height - height);
  return { x1: left, y1: top, x2: left + width, y2: top + height };
}
