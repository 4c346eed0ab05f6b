/** What can go wrong with a link, and its words: making, deleting and opening one each have a table, by the codes. */
import type { ShareErrorCode } from '@/lib/share';
import type { SaidNotice, Words } from '@/lib/words';

type ShareWords = Words['share'];

/** What may be wrong with a link beyond what the share library says. */
export type OpenFailure = ShareErrorCode | 'no-key' | 'insecure-frame';

/** A page at https:// without encryption is one in the frame of an insecure page: its own address is right already. */
export function openFailureOf(code: ShareErrorCode, protocol: string): OpenFailure {
  return code === 'no-crypto' && protocol === 'https:' ? 'insecure-frame' : code;
}

/** Whether the same link may work a moment later. */
export function isWorthRetrying(code: OpenFailure): boolean {
  return ['password-memory', 'offline', 'server', 'rate-limited', 'truncated', 'aborted', 'storage-full'].includes(
    code,
  );
}

export interface Failure<C extends string = ShareErrorCode> {
  readonly code: C;
  /** The number that the server named: seconds to wait, or bytes at most. */
  readonly detail: number | null;
}

export const openingFailed = (words: ShareWords, { open }: Words['visit'], failure: Failure<OpenFailure>): SaidNotice =>
  withNumber(words, open[failure.code], failure);

export const makingFailed = (words: ShareWords, failure: Failure): SaidNotice =>
  withNumber(words, entryOf(words.make, failure.code), failure);

export const deletingFailed = (words: ShareWords, failure: Failure): SaidNotice =>
  withNumber(words, entryOf(words.delete, failure.code), failure);

type Table = { readonly unexpected: SaidNotice } & Readonly<Partial<Record<ShareErrorCode, SaidNotice>>>;

const entryOf = (table: Table, code: ShareErrorCode): SaidNotice => table[code] ?? table.unexpected;

function withNumber(words: ShareWords, said: SaidNotice, { code, detail }: Failure<OpenFailure>): SaidNotice {
  if (detail === null) return said;
  if (code === 'rate-limited') return { ...said, advice: words.waitFor(waitOf(words, detail)) };
  if (code === 'too-large') return { ...said, detail: words.atMost(detail) };
  return said;
}

function waitOf({ seconds: secondsOf, duration }: ShareWords, seconds: number): string {
  return seconds < 90 ? secondsOf(Math.ceil(seconds)) : duration(Math.ceil(seconds / 60) * 60_000);
}
