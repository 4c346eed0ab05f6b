/** Words for a model that opened from what is kept here although a newer one was asked for: why there was no word of it. Pure. */
import { EngineError } from '@/lib/engine/contract';
import { statusOf } from '../hub/ask';

/**
 * One sentence for people.
 * @param host who was asked
 * @param error what asking ended with; anything but an `EngineError` is that it took too long
 */
export function keptCopyWords(host: string, error: unknown): string {
  return `Opened the copy kept here: ${why(host, error)}.`;
}

function why(host: string, error: unknown): string {
  const status = statusOf(error);
  if (status === 404 || status === 410) return `${host} does not have it any more (${status})`;
  if (status === 401 || status === 403) return `${host} refused (${status})`;
  if (status !== null) return `${host} answered with status ${status}`;
  if (!(error instanceof EngineError) || error.code === 'network') return `${host} could not be reached`;
  if (error.code === 'offline') return 'this device is offline';
  return `what ${host} has now cannot be used here`;
}
