/**
 * The sets of this tab: the one that is open, and one laid beside it. They outlive the page's routes, so that going elsewhere and back loses
 * nothing.
 */
import { useSyncExternalStore } from 'react';
import { createSetStore, EMPTY_SET, type SetState, type SetStore } from './create-set-store';

export type { SetState, SetStore } from './create-set-store';

export const mainSet = createSetStore();
export const besideSet = createSetStore();

export function useSetState(store: SetStore = mainSet): SetState {
  return useSyncExternalStore(store.subscribe, store.getSetState, () => EMPTY_SET);
}
