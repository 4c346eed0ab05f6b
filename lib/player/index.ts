/**
 * Player: a run on screen, its pictures, how far it is shown, and what the person is looking at.
 *
 * - **cursor**: how many steps are visible. **live**: the run is being made; **following**: the cursor stays at its end.
 *   **view**: hover, boxes, camera; kept nowhere.
 */
export type {
  CameraMode,
  Draft,
  Player,
  PlayerActions,
  PlayerState,
  Shown,
  View,
  ViewActions,
  ViewState,
} from './contract';
export { createPlayer } from './create-player';
export { SPEEDS } from './clock';
export { openLookedAt } from './open-run';
export { settleLeft } from './settle-left';
export type { LookedAt } from './open-run';
export { closePictures, openPictures, pictureFilesOf, regionsOf, seenFrom } from './pictures';
export { isHere, sourcesFor, sourcesOf } from './sources';
export { useSeen } from './use-seen';
export { useRegion } from './use-region';
export type { Region } from './use-region';
export type { OpenedPictures, PictureFiles } from './pictures';
export {
  PlayerProvider,
  usePlayer,
  usePlayerActions,
  usePlayerStore,
  useView,
  useViewActions,
  useViewStore,
} from './react';
export type { PlayerProviderProps } from './react';
