/** A queue of one: callers enter in order, and one who no longer wants to (abort) leaves without having entered. */
export interface Turnstile {
  /** Resolves with the function that lets the next one in. @throws the abort's reason */
  enter(signal?: AbortSignal): Promise<() => void>;
}

export function createTurnstile(): Turnstile {
  let tail: Promise<void> = Promise.resolve();
  return {
    async enter(signal) {
      let leave = (): void => undefined;
      const before = tail;
      tail = new Promise((resolve) => {
        leave = resolve;
      });
      try {
        await orAborted(before, signal);
      } catch (error) {
        // Those behind still wait for those in front.
        void before.then(leave);
        throw error;
      }
      return leave;
    },
  };
}

function orAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    void work.then(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    });
  });
}
