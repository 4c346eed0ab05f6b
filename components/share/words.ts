/**
 * The words of sharing: sizes, ends and everything that can go wrong, a table each for making, deleting and opening a link, all
 * closed by the codes, so that a new code without words does not compile.
 */
import type { ShareErrorCode, ShareExpiry } from '@/lib/share';

export interface Words {
  readonly title: string;
  readonly detail: string;
  /** What the person can do next. */
  readonly advice: string;
}

export const EXPIRY_LABELS = {
  '1-hour': '1 hour',
  '1-day': '1 day',
  '30-days': '30 days',
  '1-year': '1 year',
} as const satisfies Record<ShareExpiry, string>;

/** 812 → "812 bytes", 20480 → "20 kB", 2034112 → "2.03 MB". Decimal units, as storage is sold. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 999_500) return `${bytes < 9950 ? (bytes / 1000).toFixed(1) : Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 9_995_000 ? 2 : 1)} MB`;
}

/** 2034112 → "2,034,112 bytes". */
export function exactBytes(bytes: number): string {
  return `${bytes.toLocaleString('en')} bytes`;
}

/** Day and time, as the person's own calendar writes them. */
export function formatMoment(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return '';
  return date.toLocaleString(undefined, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

export function isExpired(iso: string, now: Date): boolean {
  return Date.parse(iso) <= now.getTime();
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** "29 days", "3 hours", "less than a minute": how long until `iso`, in whole units. */
export function timeUntil(iso: string, now: Date): string {
  const left = Date.parse(iso) - now.getTime();
  for (const [unit, length] of UNITS) {
    const count = Math.floor(left / length);
    if (count >= 1) return count === 1 ? `1 ${unit}` : `${count} ${unit}s`;
  }
  return 'less than a minute';
}

const NOT_HERE: Words = {
  title: 'The link could not be made',
  detail: 'Something unexpected happened. Nothing was shared.',
  advice: 'Try again.',
};

/** Making a link. */
export const MAKE_WORDS = {
  'bad-link': NOT_HERE,
  tampered: NOT_HERE,
  truncated: NOT_HERE,
  swapped: NOT_HERE,
  'too-new': NOT_HERE,
  expired: NOT_HERE,
  deleted: NOT_HERE,
  'not-found': NOT_HERE,
  'wrong-key': NOT_HERE,
  'password-needed': NOT_HERE,
  'wrong-password': NOT_HERE,
  'too-costly': NOT_HERE,
  opened: NOT_HERE,
  'password-memory': {
    title: 'Not enough memory for a password',
    detail: 'Turning a password into a key takes 64 MB of memory. Nothing was shared.',
    advice: 'Close other tabs and try again, or share without a password.',
  },
  invalid: {
    title: 'This run cannot be shared',
    detail: 'Its steps do not follow the format, so nobody could open the link. Nothing was shared.',
    advice: 'Ask again and share the new run.',
  },
  'too-large': {
    title: 'It is too large to share',
    detail: 'The server takes less than that. Nothing was shared.',
    advice: 'Leave the picture out, or share only up to an earlier step.',
  },
  'rate-limited': {
    title: 'Too many links in a short time',
    detail: 'The server asks to wait a little. Nothing was shared.',
    advice: 'Try again in a while.',
  },
  'storage-full': {
    title: 'The server has no room left',
    detail: 'Its storage for shared runs is full. Nothing was shared.',
    advice: 'Try again later, or leave the picture out.',
  },
  'sharing-off': {
    title: 'Sharing is turned off here',
    detail: 'Whoever runs this site does not offer links.',
    advice: 'Export the run as a file from your runs instead.',
  },
  server: {
    title: 'The server had a problem',
    detail: 'It did not take the run. Nothing was shared.',
    advice: 'Try again. If it stays, tell whoever runs this site.',
  },
  picture: {
    title: 'The picture can’t be shared safely',
    detail:
      'Its metadata (place, camera, name) could not be removed, and it could not be saved again. Nothing was shared.',
    advice: 'Leave the picture out, or open a PNG or JPEG copy of it and ask again.',
  },
  offline: {
    title: 'The server cannot be reached',
    detail: 'The connection broke or there is none. Nothing was shared.',
    advice: 'Check the connection and try again.',
  },
  'no-crypto': {
    title: 'This page may not encrypt',
    detail: 'Browsers offer encryption only on https:// pages and on localhost.',
    advice: 'Open this site by its https:// address.',
  },
  aborted: {
    title: 'Cancelled',
    detail: 'Nothing was shared.',
    advice: '',
  },
} as const satisfies Record<ShareErrorCode, Words>;

const NOT_DELETED: Words = {
  title: 'The link could not be deleted',
  detail: 'Something unexpected happened. The link still works.',
  advice: 'Try again.',
};

/** Deleting a link. Nobody knows whether a request that got no answer arrived, so the words assume the worse: it still works. */
export const DELETE_WORDS = {
  'bad-link': NOT_DELETED,
  tampered: NOT_DELETED,
  truncated: NOT_DELETED,
  swapped: NOT_DELETED,
  'too-new': NOT_DELETED,
  expired: NOT_DELETED,
  deleted: NOT_DELETED,
  'not-found': NOT_DELETED,
  invalid: NOT_DELETED,
  picture: NOT_DELETED,
  'too-large': NOT_DELETED,
  'storage-full': NOT_DELETED,
  'password-needed': NOT_DELETED,
  'wrong-password': NOT_DELETED,
  'too-costly': NOT_DELETED,
  opened: NOT_DELETED,
  'password-memory': NOT_DELETED,
  'wrong-key': {
    title: 'The server does not accept this delete token',
    detail: 'It is not the one that this link was made with. The link still works.',
    advice: 'The link ends by itself on its day.',
  },
  'rate-limited': {
    title: 'Too many requests in a short time',
    detail: 'The server asks to wait a little. The link still works.',
    advice: 'Try again in a while.',
  },
  'sharing-off': {
    title: 'Sharing is turned off here',
    detail: 'The server took no request to delete. The link still works wherever it can be opened.',
    advice: 'Ask whoever runs this site to delete it, or wait until it ends on its day.',
  },
  server: {
    title: 'The server had a problem',
    detail: 'It did not say that the link is deleted: take it that the link still works.',
    advice: 'Try again. If it stays, tell whoever runs this site.',
  },
  offline: {
    title: 'The server cannot be reached',
    detail: 'The connection broke or there is none: take it that the link still works.',
    advice: 'Check the connection and try again.',
  },
  'no-crypto': NOT_DELETED,
  aborted: {
    title: 'Cancelled',
    detail: 'Take it that the link still works.',
    advice: '',
  },
} as const satisfies Record<ShareErrorCode, Words>;

/** A link whose delete token the browser refused to keep. */
export const NOT_KEPT: Words = {
  title: 'Only this tab can delete the link',
  detail: 'The browser does not let this page keep the way to: its storage is full or refused.',
  advice: 'Once the tab is closed or reloaded, the link ends by itself on its day, and not before.',
};

/** What may be wrong with a link beyond what the share library says. */
export type OpenFailure = ShareErrorCode | 'no-key' | 'insecure-frame';

const ASK_AGAIN = 'Ask whoever sent it for a new link.';

/** Under the field, where the rest of the page says the rest. */
export const WRONG_PASSWORD = 'Wrong password. Check it and try again; nothing is lost.';

/** Opening a link. Nothing of the share is shown in any of these cases. */
export const OPEN_WORDS = {
  'no-key': {
    title: 'The key is missing from this link',
    detail: 'A shared run is encrypted, and its key is the part of the link after “#”. This address ends before it.',
    advice: 'Copy the link again, whole, from where you got it. Some programs cut it off.',
  },
  'bad-link': {
    title: 'This link is incomplete',
    detail: 'Some of its letters are missing or were changed on the way.',
    advice: 'Copy the whole link again from where you got it.',
  },
  'wrong-key': {
    title: 'Wrong key',
    detail: 'The run is here, but the part of the link after “#” belongs to another one or was changed.',
    advice: 'Copy the whole link again from where you got it.',
  },
  'password-needed': {
    title: 'Enter the password',
    detail: 'This run is protected with a password.',
    advice: 'Ask the person who sent you the link for it.',
  },
  'wrong-password': {
    title: 'Wrong password',
    detail: 'The link is right, but this isn’t its password. Nothing is lost.',
    advice: 'Check it and try again.',
  },
  'too-costly': {
    title: 'This link asks for too much',
    detail: 'Checking its password would take more memory or time than any password should. Nothing was computed.',
    advice: 'Don’t trust it unless you know who made it. Ask for a new link.',
  },
  'password-memory': {
    title: 'Not enough memory to check the password',
    detail: 'It takes 64 MB or more, and your browser refused. Nothing is lost.',
    advice: 'Close other tabs and try again.',
  },
  opened: {
    title: 'This link was already opened',
    detail: 'It worked once. The run was deleted from the server after that.',
    advice: 'If it wasn’t you, tell the person who sent it that someone else has seen the run.',
  },
  tampered: {
    title: 'This run was changed',
    detail: 'What the server holds is not what was shared: some of it was altered. Nothing of it is shown.',
    advice: ASK_AGAIN,
  },
  truncated: {
    title: 'A part of this run is missing',
    detail: 'It did not arrive to its end.',
    advice: 'Reload the page. If it stays, ask whoever sent it for a new link.',
  },
  swapped: {
    title: 'Another run is in this place',
    detail: 'The server holds something that was shared under a different link. Nothing of it is shown.',
    advice: ASK_AGAIN,
  },
  'too-new': {
    title: 'Made by a newer Loupe',
    detail: 'This run was shared by a version whose format this one cannot read yet.',
    advice: 'Reload the page to get the newest version. If it stays, this site is not up to date.',
  },
  invalid: {
    title: 'This is not a run that can be shown',
    detail: 'It was encrypted with the right key, yet does not follow the format.',
    advice: ASK_AGAIN,
  },
  expired: {
    title: 'This link has expired',
    detail: 'Its time is over, and the run is gone from the server.',
    advice: ASK_AGAIN,
  },
  deleted: {
    title: 'This run was deleted',
    detail: 'Whoever shared it, or whoever runs this site, has taken it back.',
    advice: ASK_AGAIN,
  },
  'not-found': {
    title: 'There is no such shared run',
    detail: 'It was deleted some time ago, or it never was here.',
    advice: 'Check that the link is whole and leads to the right site.',
  },
  'too-large': {
    title: 'This run is too large to open',
    detail: 'What the server sends is larger than any shared run may be.',
    advice: ASK_AGAIN,
  },
  'rate-limited': {
    title: 'Too many requests in a short time',
    detail: 'The server asks to wait a little.',
    advice: 'Try again in a while.',
  },
  'storage-full': {
    title: 'The server had a problem',
    detail: 'It could not hand out the run.',
    advice: 'Try again in a while.',
  },
  'sharing-off': {
    title: 'Sharing is turned off here',
    detail: 'Whoever runs this site does not offer links any more.',
    advice: 'Ask whoever sent it for a file of the run.',
  },
  server: {
    title: 'The server had a problem',
    detail: 'It could not hand out the run.',
    advice: 'Try again. If it stays, tell whoever runs this site.',
  },
  picture: {
    title: 'The picture cannot be read',
    detail: 'Your browser could not decode it.',
    advice: 'Try another browser.',
  },
  offline: {
    title: 'The server cannot be reached',
    detail: 'The connection broke or there is none.',
    advice: 'Check the connection and try again.',
  },
  'no-crypto': {
    title: 'This page may not decrypt',
    detail: 'Browsers offer encryption only on https:// pages and on localhost.',
    advice: 'Open this link by its https:// address.',
  },
  'insecure-frame': {
    title: 'The page around this one may not decrypt',
    detail: 'It came without encryption (http://), and browsers then offer none to what it shows, this run neither.',
    advice: 'Open the run in a tab of its own.',
  },
  aborted: {
    title: 'Stopped',
    detail: 'The run was not loaded.',
    advice: 'Try again.',
  },
} as const satisfies Record<OpenFailure, Words>;

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

/** The words of a refusal, with the number the server named. */
export function wordsOf<T extends string>(table: Readonly<Record<T, Words>>, code: T, detail: number | null): Words {
  const words = table[code];
  if (detail === null) return words;
  if (code === 'rate-limited') return { ...words, advice: `Try again in ${waitText(detail)}.` };
  if (code === 'too-large') return { ...words, detail: `At most ${formatBytes(detail)} can be shared here.` };
  return words;
}

function waitText(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? 'a second' : `${Math.ceil(seconds)} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
