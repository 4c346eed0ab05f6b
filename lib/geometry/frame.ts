/**
 * Conversion between the frames models write coordinates in and pixels of the upright original. Neither rounds nor
 * clamps: what a model wrote stays readable, and clamping is the caller's decision (docs/protocol.md N11).
 * Reading a box in the wrong frame is the commonest silent error of such systems, hence one place for it.
 */
import type { Frame, ImageBox, ModelBox, Size } from './box';

/** How long each axis of the picture is when counted in `frame`. `seen` is the size the model saw. */
export function frameSize(frame: Frame, image: Size, seen: Size): Size {
  switch (frame) {
    case 'thousandths':
      return { width: 1000, height: 1000 };
    case 'original-pixels':
      return { width: image.width, height: image.height };
    case 'resized-pixels':
      return { width: seen.width, height: seen.height };
    case 'fractions':
      return { width: 1, height: 1 };
    default:
      return frame satisfies never;
  }
}

export function toImageBox(modelBox: ModelBox, frame: Frame, image: Size, seen: Size): ImageBox {
  const from = frameSize(frame, image, seen);
  return {
    x1: (modelBox.x1 * image.width) / from.width,
    y1: (modelBox.y1 * image.height) / from.height,
    x2: (modelBox.x2 * image.width) / from.width,
    y2: (modelBox.y2 * image.height) / from.height,
  };
}

export function toModelBox(imageBox: ImageBox, frame: Frame, image: Size, seen: Size): ModelBox {
  const to = frameSize(frame, image, seen);
  return {
    x1: (imageBox.x1 * to.width) / image.width,
    y1: (imageBox.y1 * to.height) / image.height,
    x2: (imageBox.x2 * to.width) / image.width,
    y2: (imageBox.y2 * to.height) / image.height,
  };
}
