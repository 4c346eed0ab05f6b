/**
 * Locks shared by all tabs of this page's origin. Where the browser has none, or refuses them, everything goes on as if there were
 * no other tab.
 */

/**
 * Holds `name` together with whoever else shares it, until the returned function is called; that one resolves once it is free.
 * @throws the abort's reason when aborted meanwhile
 */
export function holdShared(name: string, signal: AbortSignal): Promise<() => Promise<void>> {
  return hold(name, 'shared', signal);
}

/**
 * Holds `name` alone, until the returned function is called.
 * @param onWait called every `everyMs` while another tab holds it
 * @throws the abort's reason when aborted meanwhile
 */
export async function holdAlone(
  name: string,
  signal: AbortSignal,
  onWait: () => void,
  everyMs = 1000,
): Promise<() => void> {
  const timer = setInterval(onWait, everyMs);
  try {
    const release = await hold(name, 'exclusive', signal);
    return () => void release();
  } finally {
    clearInterval(timer);
  }
}

/** Whether anybody holds `name`, this tab included, and whether anybody waits for it. */
export async function othersAt(name: string): Promise<{ readonly held: boolean; readonly waiting: boolean }> {
  const { held = [], pending = [] } = (await openLocks()?.query()) ?? {};
  const has = (locks: readonly LockInfo[]) => locks.some((lock) => lock.name === name);
  return { held: has(held), waiting: has(pending) };
}

/** Runs `work` where nobody holds `name`. @returns whether it ran */
export async function ifFree(name: string, work: () => Promise<void>): Promise<boolean> {
  const locks = openLocks();
  if (!locks) {
    await work();
    return true;
  }
  let ran = false;
  await locks.request(name, { mode: 'exclusive', ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await work();
    ran = true;
  });
  return ran;
}

async function hold(name: string, mode: LockMode, signal: AbortSignal): Promise<() => Promise<void>> {
  const nothing = () => Promise.resolve();
  const locks = openLocks();
  if (!locks) return nothing;
  try {
    return await new Promise<() => Promise<void>>((resolve, reject) => {
      const held = () =>
        new Promise<void>((letGo) =>
          resolve(() => {
            letGo();
            return freed;
          }),
        );
      const freed = locks.request(name, { mode, signal }, held).then(() => undefined);
      freed.catch(reject);
    });
  } catch {
    signal.throwIfAborted();
    return nothing;
  }
}

export function openLocks(): LockManager | undefined {
  // Not in old browsers, not outside secure contexts, and not in Node before 24.
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}
