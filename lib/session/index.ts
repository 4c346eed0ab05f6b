/**
 * Session: asking, and what is kept, with the player that shows it; the only place with effects.
 *
 * - **notice**: what the person is told when something went wrong, as a code. **kept runs**: those in the library, as the page handles them. **ahead**: a model made ready before anything is asked.
 */
export type { PicturesChange } from './change-pictures';
export type {
  Ahead,
  FileProgress,
  Measuring,
  MeasuringMeans,
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
} from './contract';
export { createSession } from './create-session';
export { initialState } from './initial-state';
export { noticeOfError } from './notices';
export { DEFAULT_HUB, isEndpoint, isToken } from './hub-access';
export { modelName, SHIPPED_MODEL } from './model-name';
export { keyFor, serverPlace } from './server-keys';
export { formatOf, inFormat } from './smaller';
export { useSmallerPictures } from './use-smaller-pictures';
export { DEFAULT_SETTINGS, fitSettings, SETTING_BOUNDS, SETTINGS_KEY } from './settings';
export { SessionProvider, useSession, useSessionActions, useSessionStore } from './react';
export type { SessionProviderProps } from './react';
