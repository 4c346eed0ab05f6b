/**
 * How much this browser's storage holds and allows for the whole app (runs, pictures, downloaded models), and whether it
 * promised not to clear it by itself. A promise is asked for once, after the first run was kept: before, there is nothing
 * to protect, and some browsers ask the person.
 */

export interface StorageReport {
  /** Bytes; null where the browser does not say. Browsers round and pad both. */
  readonly used: number | null;
  readonly allowed: number | null;
  /** `promised`: cleared only by the person. `not-promised`: cleared when the disk runs low. `unknown`: it does not say. */
  readonly lasting: 'promised' | 'not-promised' | 'unknown';
  /** Whether it was asked, here or on an earlier visit. */
  readonly asked: boolean;
}

export interface Persistence {
  read(): Promise<StorageReport>;
  /** Asks for the promise, unless it was given or (with `once`) asked for before. */
  ask(once: boolean): Promise<StorageReport>;
}

export type StorageManagerLike = Partial<Pick<StorageManager, 'estimate' | 'persist' | 'persisted'>>;

export const ASKED_KEY = 'loupe.storage-asked';

/** localStorage; null where the browser refuses it. */
export function pageStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** Nothing of it rejects: what a browser refuses to say is unknown. */
export function createPersistence(
  manager: StorageManagerLike | null,
  memory: Pick<Storage, 'getItem' | 'setItem'> | null,
): Persistence {
  let asked = false;
  const wasAsked = (): boolean => {
    try {
      return asked || memory?.getItem(ASKED_KEY) === 'yes';
    } catch {
      return asked;
    }
  };
  const note = (): void => {
    asked = true;
    try {
      memory?.setItem(ASKED_KEY, 'yes');
    } catch {
      // Asked again on the next visit, then.
    }
  };
  const promised = async (): Promise<boolean | null> => (await manager?.persisted?.().catch(() => null)) ?? null;

  async function read(): Promise<StorageReport> {
    const [estimate, lasting] = await Promise.all([manager?.estimate?.().catch(() => null), promised()]);
    return {
      used: estimate?.usage ?? null,
      allowed: estimate?.quota ?? null,
      lasting: lasting === null ? 'unknown' : lasting ? 'promised' : 'not-promised',
      asked: wasAsked(),
    };
  }

  return {
    read,
    async ask(once) {
      const already = await promised();
      if (manager?.persist && already !== true && !(once && wasAsked())) {
        note();
        await manager.persist().catch(() => false);
      }
      return read();
    },
  };
}
