/** The state of a session before anything was done, from what this browser keeps of settings. */
import type { SessionState, SettingsStorage } from './contract';
import { readHub, usualHub } from './hub-access';
import { readDialects } from './own-dialects';
import { readKeys } from './server-keys';
import { readSettings } from './settings';

/** @param hubEndpoint where models of a hub come from for who has chosen no other; null: from the hub itself */
export function initialState(storage: SettingsStorage | null, hubEndpoint: string | null): SessionState {
  const usual = usualHub(hubEndpoint);
  return {
    phase: 'idle',
    question: '',
    asked: null,
    settings: readSettings(storage),
    hub: readHub(storage, usual),
    usualHub: usual.endpoint,
    keys: readKeys(storage),
    dialects: readDialects(storage),
    load: null,
    files: [],
    ahead: null,
    times: null,
    progress: null,
    engine: null,
    distance: null,
    notice: null,
    runs: [],
    listed: false,
    removed: [],
    undo: null,
    notKept: null,
    storage: null,
  };
}
