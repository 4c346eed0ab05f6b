/**
 * The sweep of a running server: at once, then again so long after the last one ended. Never two at a time, however slow the
 * store is, and never a reason for the process to stay.
 */
import type { ShareStore } from './share-store';

export function keepSweeping(store: Pick<ShareStore, 'sweep'>, minutes: number, log: (line: string) => void): void {
  const sweep = async (): Promise<void> => {
    try {
      const { failed } = await store.sweep();
      if (failed > 0) log(`shares: the sweep could not read or remove ${failed} objects`);
    } catch (error) {
      log(`shares: the sweep failed: ${String(error)}`);
    }
    setTimeout(() => void sweep(), minutes * 60_000).unref();
  };
  void sweep();
}
