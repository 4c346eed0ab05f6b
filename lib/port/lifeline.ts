/**
 * How a page learns that a worker has died without a word (the system took its memory, it closed itself): no event says so, and a busy
 * worker answers no message either, so that silence proves nothing. But a lock is held by whoever lives: the worker takes one when it
 * starts, and whoever waits for it gets it when the worker is gone, at once and never before. Where the browser has no locks nobody is
 * told.
 */
import { openLocks } from './locks';

/** The side that may die: holds `name` for as long as it lives. `held` is called once it does. */
export function holdLifeline(name: string, held: () => void): void {
  const forGood = () => {
    held();
    return new Promise<never>(() => undefined);
  };
  openLocks()
    ?.request(name, forGood)
    .catch(() => undefined);
}

/** The side that waits, once the other holds `name`. @returns ends the waiting */
export function watchLifeline(name: string, onDeath: () => void): () => void {
  const over = new AbortController();
  openLocks()
    ?.request(name, { signal: over.signal }, onDeath)
    .catch(() => undefined);
  return () => over.abort();
}
