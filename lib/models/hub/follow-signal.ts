/**
 * What `AbortSignal.any` does, for browsers that are older than it (Safari 17.4, Chrome 116, Firefox 124): one controller that
 * aborts by itself or because somebody else's signal did.
 */
import { onAbort } from '@/lib/port';

/**
 * `controller` aborts when `signal` does, for the same reason.
 * @returns ends that
 */
export function followSignal(signal: AbortSignal, controller: AbortController): () => void {
  const follow = () => controller.abort(signal.reason);
  if (signal.aborted) {
    follow();
    return () => undefined;
  }
  return onAbort(signal, follow);
}
