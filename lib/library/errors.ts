/**
 * What IndexedDB says, in the library's own codes.
 */
import { LibraryError } from './contract';

export const gone = (): LibraryError => new LibraryError('not-found');

export const removed = (): LibraryError => new LibraryError('removed');

/** @param detail what the schema says */
export const corrupt = (detail?: string): LibraryError => new LibraryError('corrupt', detail);

export const isQuota = (error: unknown): boolean => error instanceof LibraryError && error.code === 'quota';

const nameOf = (cause: unknown): string => (cause instanceof Error ? cause.name : '');

/** Never wraps twice. `cause` may be anything that a request or a transaction was rejected with. */
export function toLibraryError(cause: unknown): LibraryError {
  if (cause instanceof LibraryError) return cause;
  switch (nameOf(cause)) {
    case 'QuotaExceededError':
      return new LibraryError('quota', '', { cause });
    case 'VersionError':
      return new LibraryError('outdated', '', { cause });
    case 'SecurityError':
    case 'NotSupportedError':
    case 'UnknownError':
    case 'InvalidStateError':
      return new LibraryError('unavailable', '', { cause });
    default:
      return new LibraryError('internal', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
