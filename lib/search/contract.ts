/**
 * Where a model's searches go: one contract for whatever can be searched. A source is asked and answers; what it brought is kept in the
 * run, so that nothing is asked again when the run is replayed. Types and error codes only.
 */
import { CodedError } from '@/lib/port';

/** Text that was found. */
export interface Found {
  readonly title: string;
  /** Of the document: what `open` is called with. */
  readonly address: string;
  /** Where the query's words stand in it; a few hundred characters. */
  readonly excerpt: string;
  /** When it was published, as the source writes dates. */
  readonly date?: string;
}

/** A picture that was found, its file as it is kept. */
export interface FoundPicture {
  /** Its caption. */
  readonly title: string;
  readonly address: string;
  readonly name: string;
  readonly bytes: Blob;
}

/** A document, whole or as much of it as a model is told at once. */
export interface Opened {
  readonly title: string;
  readonly address: string;
  readonly text: string;
}

export interface SearchSource {
  /** What it is, as runs keep it. */
  readonly address: string;
  /** Best first, at most `MOST_FOUND`; empty where there is nothing. @throws SearchError, the abort's reason */
  readonly search: (query: string, signal: AbortSignal) => Promise<readonly Found[]>;
  /** Left out: it has no documents of its own, only what it says of them. @throws SearchError, the abort's reason */
  readonly open?: (address: string, signal: AbortSignal) => Promise<Opened>;
  /** Pictures like this one, most alike first. Left out: it has none. @throws SearchError, the abort's reason */
  readonly imageSearch?: (picture: Blob, signal: AbortSignal) => Promise<readonly FoundPicture[]>;
}

/** As many as DeepEyesV2's environment shows. */
export const MOST_FOUND = 5;

export const SEARCH_ERROR_CODES = [
  /** The address did not answer. */
  'unreachable',
  /** It answered with a status that is no success. */
  'refused',
  /** What it answered is no list of results. */
  'not-results',
  /** There is no document of that address. */
  'no-such-page',
  /** The document's address leads nowhere: a link that is dead on purpose. */
  'dead-link',
  /** This browser keeps nothing, or refused. */
  'storage',
  'full',
  /** The address is none that can be searched. */
  'bad-address',
  'worker-failed',
] as const;

export type SearchErrorCode = (typeof SEARCH_ERROR_CODES)[number];

export class SearchError extends CodedError {
  override readonly name = 'SearchError';
  readonly code: SearchErrorCode;
  readonly problem = null;

  /** @param detail technical, for logs */
  constructor(code: SearchErrorCode, detail = '', options?: ErrorOptions) {
    super(detail === '' ? code : `${code}: ${detail}`, options);
    this.code = code;
  }
}

/** An error that came over a worker's port. */
export function searchErrorOf(code: string, message: string): SearchError {
  return new SearchError(SEARCH_ERROR_CODES.find((one) => one === code) ?? 'worker-failed', message);
}
