/** Of a model that opened from what is kept here although a newer one was asked for: why there was no word of it. Pure. */
import { EngineError, type KeptCopy } from '@/lib/engine/contract';
import { statusOf } from '../hub/ask';

/**
 * @param host who was asked
 * @param error what asking ended with; anything but an `EngineError` is that it took too long
 */
export function whyKept(host: string, error: unknown): KeptCopy {
  const status = statusOf(error);
  if (status === 404 || status === 410) return { code: 'gone', params: { host, status } };
  if (status === 401 || status === 403) return { code: 'refused', params: { host, status } };
  if (status !== null) return { code: 'answered', params: { host, status } };
  if (!(error instanceof EngineError) || error.code === 'network') return { code: 'unreachable', params: { host } };
  if (error.code === 'offline') return { code: 'offline' };
  return { code: 'unusable', params: { host } };
}
