/**
 * Whether the store can be read and written, by doing both: what `/api/health?ready` says. Anybody may ask, so the store is asked
 * once for all who ask within a few seconds, and never waited for longer than a balancer would.
 */
import type { ShareStore } from './share-store';

export interface StoreState {
  readonly read: boolean;
  readonly write: boolean;
}
export type StoreCheck = () => Promise<StoreState>;

export interface StoreCheckOptions {
  /** False where nothing new is taken: then reading is enough. */
  readonly write: boolean;
  readonly waitMs?: number;
  readonly freshMs?: number;
}

async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function createStoreCheck(
  store: Pick<ShareStore, 'check'>,
  { write, waitMs = 3000, freshMs = 5000 }: StoreCheckOptions,
): StoreCheck {
  let last: { readonly state: Promise<StoreState>; readonly at: number } | null = null;

  async function look(): Promise<StoreState> {
    const [canRead, canWrite] = await Promise.all([
      within(waitMs, store.check(false)),
      write ? within(waitMs, store.check(true)) : Promise.resolve(true),
    ]);
    return { read: canRead, write: canWrite };
  }

  return () => {
    const at = performance.now();
    if (last === null || at - last.at > freshMs) last = { state: look(), at };
    return last.state;
  };
}
