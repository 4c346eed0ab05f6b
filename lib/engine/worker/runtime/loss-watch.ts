/**
 * Work that ends when the GPU device is lost, whether or not it ever settles. The loss has one listener, however much work
 * there is: a promise that does not settle holds on to all that ever waited for it, and to what that gave.
 */
import { EngineError } from '../../contract';

/** Settles as `work` does, or fails with `device-lost`. */
export type OrLost = <T>(work: Promise<T>) => Promise<T>;

export function createLossWatch(lost: Promise<{ readonly message: string }>): OrLost {
  const waiting = new Set<(error: EngineError) => void>();
  let gone: EngineError | null = null;
  void lost.then(({ message }) => {
    gone = new EngineError('device-lost', `The graphics device was lost${message ? `: ${message}` : '.'}`);
    for (const fail of waiting) fail(gone);
    waiting.clear();
  });
  return (work) =>
    new Promise((resolve, reject) => {
      void work.finally(() => waiting.delete(reject)).then(resolve, reject);
      if (gone) reject(gone);
      else waiting.add(reject);
    });
}
