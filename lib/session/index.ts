/**
 * Session: the run in progress and the player as one store; the only place with effects.
 *
 * - **cursor**: how many steps are visible. **following**: the cursor stays at the end of a live run. **notice**: what the
 *   person is told when something went wrong. **view**: what the person is looking at (hover, boxes, camera); kept nowhere.
 */
export type {
  Ahead,
  CameraMode,
  FileProgress,
  ModelActions,
  Notice,
  Session,
  SessionActions,
  SessionDeps,
  SessionState,
  Settings,
  SettingsStorage,
  ShelfActions,
  StartRun,
  View,
  ViewActions,
  ViewState,
} from './contract';
export { createSession } from './create-session';
export { openLookedAt } from './looked-at';
export type { LookedAt } from './looked-at';
export { createView } from './view';
export { noticeOfError } from './notices';
export { SPEEDS } from './player';
export { DEFAULT_HUB, isEndpoint, isToken, usualHub } from './hub-access';
export { modelName, SHIPPED_MODEL } from './model-name';
export { formatOf, inFormat } from './smaller';
export { useRegion } from './use-region';
export type { Region } from './use-region';
export { useSmallerPictures } from './use-smaller-pictures';
export { DEFAULT_SETTINGS, fitSettings, SETTING_BOUNDS, SETTINGS_KEY } from './settings';
export {
  SessionProvider,
  useSession,
  useSessionActions,
  useSessionStore,
  useView,
  useViewActions,
  useViewStore,
} from './react';
export type { SessionProviderProps } from './react';
