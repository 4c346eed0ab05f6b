/**
 * So many at a time (one, unless more places are given), in the order they came. Who no longer wants to (abort) leaves without having
 * entered.
 */
import { onAbort } from './on-abort';

export interface Mutex {
  /** Resolves with the function that lets the next one in; calling it again does nothing. @throws the abort's reason */
  enter(signal?: AbortSignal): Promise<() => void>;
  /** Holds a place while `task` runs. @throws the abort's reason when aborted before it began; whatever `task` throws. */
  run<T>(task: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

export function createMutex(places = 1): Mutex {
  let free = places;
  const waiting = new Set<() => void>();

  function leaveOnce(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const [next] = waiting;
      if (next) next();
      else free += 1;
    };
  }

  async function enter(signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return leaveOnce();
    }
    await new Promise<void>((resolve, reject) => {
      const onTurn = () => {
        waiting.delete(onTurn);
        unlisten?.();
        resolve();
      };
      waiting.add(onTurn);
      const unlisten =
        signal &&
        onAbort(signal, () => {
          waiting.delete(onTurn);
          reject(signal.reason as Error);
        });
    });
    return leaveOnce();
  }

  return {
    enter,
    async run(task, signal) {
      const leave = await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}
