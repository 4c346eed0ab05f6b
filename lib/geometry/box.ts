/**
 * Axis-aligned boxes, branded by the space their numbers live in, so that a box of one space cannot be passed where
 * another is meant. Pure data: no DOM, no classes.
 */

export type Space = 'image' | 'model' | 'stage';

declare const spaceOf: unique symbol;

/** A box with `x1 ≤ x2`, `y1 ≤ y2`; right and bottom edges are exclusive. */
export interface Box<S extends Space> {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** Type-level only; never present at run time. */
  readonly [spaceOf]?: S;
}

/** Pixels of the upright original: the only space that is ever stored as truth. */
export type ImageBox = Box<'image'>;

/** What the model wrote, in the frame its protocol names. */
export type ModelBox = Box<'model'>;

/** CSS pixels on the canvas. */
export type StageBox = Box<'stage'>;

/** The frames models write coordinates in. */
export type Frame = 'thousandths' | 'original-pixels' | 'resized-pixels' | 'fractions';

export interface Size {
  readonly width: number;
  readonly height: number;
}
