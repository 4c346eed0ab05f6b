/**
 * The canvas: the picture, the boxes at the cursor, the camera. It brings Konva: load it lazily.
 *
 * - **stage**: the area on screen, in CSS pixels. **mark**: a box as drawn (asked dashed, executed solid, a numbered badge).
 * - **target camera**: where the canvas goes by itself. **rig**: what moves the camera. **level**: the picture at one resolution.
 */
export { CanvasView } from './canvas-view';
export type { CanvasViewProps } from './canvas-view';
export { CameraLinkContext, createCameraLink } from './camera-link';
export { fitCamera, targetCamera } from './target-camera';
