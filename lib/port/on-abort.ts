/**
 * Many who wait for one signal. A load has dozens of files and requests at once that all end with it; each with a listener of its own
 * looks like a leak to Node, which counts them. Here a signal has one listener, however many wait.
 */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls `then` once when the signal aborts, which it has not yet.
 * @returns ends that. A signal may live much longer than who waits for it, and would hold on to each of them.
 */
export function onAbort(signal: AbortSignal, then: () => void): () => void {
  const all = waiting.get(signal) ?? new Set();
  // Who comes twice waits twice.
  const one = () => then();
  all.add(one);
  if (!waiting.has(signal)) {
    waiting.set(signal, all);
    signal.addEventListener('abort', tell);
  }
  return () => {
    if (!all.delete(one) || all.size > 0 || waiting.get(signal) !== all) return;
    waiting.delete(signal);
    signal.removeEventListener('abort', tell);
  };
}

function tell(this: AbortSignal): void {
  const all = waiting.get(this);
  waiting.delete(this);
  this.removeEventListener('abort', tell);
  for (const then of [...(all ?? [])]) if (all?.delete(then)) then();
}
