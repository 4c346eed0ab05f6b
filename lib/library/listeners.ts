/**
 * Tells listeners in this tab, and the same library in other tabs, that something changed. No word on what: who listens
 * lists again.
 */

export interface Listeners {
  readonly subscribe: (listener: () => void) => () => void;
  /** Here and in the other tabs. */
  readonly announce: () => void;
  readonly close: () => void;
}

/** `channelName` null: this tab only. */
export function createListeners(channelName: string | null): Listeners {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const channel =
    channelName !== null && typeof BroadcastChannel === 'function' ? new BroadcastChannel(channelName) : null;
  if (channel) channel.onmessage = tell;

  return {
    subscribe(listener) {
      // A wrapper of its own, so that a function subscribed twice is undone once at a time.
      const entry = (): void => listener();
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    announce() {
      tell();
      channel?.postMessage('changed');
    },
    close() {
      listeners.clear();
      channel?.close();
    },
  };
}
