/**
 * What IndexedDB says, in the library's own codes.
 */
import { LibraryError } from './contract';

export const UNAVAILABLE = 'This browser does not let the page keep runs just now. Runs last until the tab is closed.';

export const gone = (): LibraryError => new LibraryError('not-found', 'This run is no longer kept in this browser.');

export const removed = (): LibraryError =>
  new LibraryError('removed', 'This run was deleted while it was going. It is on screen, but no longer kept.');

export const corrupt = (reason = 'It does not follow the format.'): LibraryError =>
  new LibraryError('corrupt', `This run cannot be opened. ${reason}`);

export const isQuota = (error: unknown): boolean => error instanceof LibraryError && error.code === 'quota';

const nameOf = (cause: unknown): string => (cause instanceof Error ? cause.name : '');

/** Never wraps twice. `cause` may be anything that a request or a transaction was rejected with. */
export function toLibraryError(cause: unknown): LibraryError {
  if (cause instanceof LibraryError) return cause;
  switch (nameOf(cause)) {
    case 'QuotaExceededError':
      return new LibraryError(
        'quota',
        'This browser has no room left for this run. Nothing that was kept before is lost. Delete some runs and try again.',
        { cause },
      );
    case 'VersionError':
      return new LibraryError('outdated', 'The library was opened by a newer version of Loupe. Reload the page.', {
        cause,
      });
    case 'SecurityError':
    case 'NotSupportedError':
    case 'UnknownError':
    case 'InvalidStateError':
      return new LibraryError('unavailable', UNAVAILABLE, { cause });
    default:
      return new LibraryError(
        'internal',
        `The library failed (${cause instanceof Error ? cause.message : String(cause)}).`,
        { cause },
      );
  }
}
