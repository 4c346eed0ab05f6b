/**
 * The one place for a loaded model that all tabs and parts of this origin share: a device that holds two has room for neither. Who
 * has a model in memory has the place; who wants it asks, again and again, and whoever has it gives it up once it is idle. Where
 * the browser has no locks everybody has a place.
 */
import { holdAlone, othersAt } from '@/lib/port';

export interface ModelPlace {
  /** Resolves once the place is this one's; at once where it is already. @throws the abort's reason */
  take(signal: AbortSignal): Promise<void>;
  leave(): void;
  /** Whether somebody else has it. */
  isTaken(): Promise<boolean>;
  /** Whether it is this one's and others wait for it. */
  isWanted(): Promise<boolean>;
}

const NAME = 'loupe-model';
const ASK_AGAIN_MS = 500;

/** @param onAsked somebody else asks for it, whoever has it */
export function createModelPlace(onAsked: () => void): ModelPlace {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME);
  channel?.addEventListener('message', onAsked);
  // Node's would keep a process alive.
  (channel as { unref?: () => void } | null)?.unref?.();
  let release: (() => void) | null = null;

  return {
    async take(signal) {
      if (release) return;
      const ask = () => channel?.postMessage('please');
      ask();
      release = await holdAlone(NAME, signal, ask, ASK_AGAIN_MS);
    },
    leave() {
      release?.();
      release = null;
    },
    isTaken: async () => release === null && (await othersAt(NAME)).held,
    isWanted: async () => release !== null && (await othersAt(NAME)).waiting,
  };
}
