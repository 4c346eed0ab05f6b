/**
 * Geometry: boxes and the conversions between the spaces they live in. Pure functions.
 *
 * - **image**: pixels of the upright original. **model**: what the model wrote, in its frame. **stage**: CSS pixels.
 * - **frame**: how a model counts (thousandths, original pixels, resized pixels, fractions).
 * - **upright** / **raw**: the picture as shown / as stored in the file, before EXIF orientation.
 * - **asked** / **executed**: the box the model wrote / the crop that was cut for it.
 * - **view**: a region of a picture, turned by quarters; a picture itself.
 * - **camera**: how the image lies on the stage: a scale and an offset. **flight**: a way from one camera to another.
 */
export type { Box, Frame, ImageBox, ModelBox, Size, Space, StageBox } from './box';
export {
  area,
  box,
  boxOfSize,
  centerOf,
  clamp,
  clampBox,
  containsBox,
  containsPoint,
  intersection,
  iou,
  isEmpty,
  sizeOf,
  union,
  wholePixels,
} from './region';
export type { Point } from './region';
export { frameSize, toImageBox, toModelBox } from './frame';
export { boxFromView, boxToView, composeViews, pointFromView, pointToView, viewSize } from './view';
export type { Turn, ViewOf } from './view';
export { cropRegion } from './crop';
export type { CropRule } from './crop';
export { asOrientation, toRawBox, toRawPoint, toUprightBox, toUprightPoint, uprightSize } from './orientation';
export type { Orientation } from './orientation';
export {
  centered,
  clampCamera,
  fit,
  focus,
  pan,
  toImage,
  toStage,
  toStagePoint,
  visibleRegion,
  zoomAt,
} from './camera';
export type { Camera, ScaleLimits } from './camera';
export { cameraFlight, easeInOut, interpolateCamera } from './camera-path';
export type { CameraFlight } from './camera-path';
export { fitArea, roundHalfEven } from './fit-area';
export type { AreaRule } from './fit-area';
