/** Whatever was thrown, as the share library's own error: an unknown one is the server's fault to the person. */
import { ShareError } from '@/lib/share';

export function asShareError(error: unknown): ShareError {
  if (error instanceof ShareError) return error;
  return new ShareError('server', error instanceof Error ? error.message : String(error), { cause: error });
}
