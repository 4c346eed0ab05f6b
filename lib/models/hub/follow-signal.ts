/**
 * What `AbortSignal.any` does, for browsers that are older than it (Safari 17.4, Chrome 116, Firefox 124): one controller that
 * aborts by itself or because somebody else's signal did.
 */

/**
 * `controller` aborts when `signal` does, for the same reason.
 * @returns ends that. A signal may live much longer than what follows it, and would hold on to each of them.
 */
export function followSignal(signal: AbortSignal, controller: AbortController): () => void {
  const onAbort = () => controller.abort(signal.reason);
  if (signal.aborted) {
    onAbort();
    return () => undefined;
  }
  signal.addEventListener('abort', onAbort, { once: true });
  return () => signal.removeEventListener('abort', onAbort);
}
