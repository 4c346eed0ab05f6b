/**
 * The address of a share: `/t/<id>?step=<n>#<key>` for people, `/e/<id>#<key>` for frames. The fragment never leaves the
 * browser, so the server sees the id and the step and never the key.
 */
import { fromBase64Url } from './base64url';
import type { OwnShare, ShareAddress } from './contract';

/** 128 random bits. Lower-case hex, because stores on some machines do not tell `a` from `A`. */
const ID = /^[0-9a-f]{32}$/;
export const KEY_BYTES = 32;

export function isShareId(text: string): boolean {
  return ID.test(text);
}

export function isShareKey(text: string): boolean {
  return fromBase64Url(text)?.length === KEY_BYTES;
}

interface LinkOptions {
  /** Left out: the page's own. */
  readonly origin?: string;
  readonly step?: number | null;
}

function build(page: 't' | 'e', share: Pick<OwnShare, 'id' | 'key'>, { origin, step }: LinkOptions): string {
  const query = step === undefined || step === null ? '' : `?step=${step}`;
  return `${origin ?? globalThis.location.origin}/${page}/${share.id}${query}#${share.key}`;
}

export function shareLink(share: Pick<OwnShare, 'id' | 'key'>, options: LinkOptions = {}): string {
  return build('t', share, options);
}

export function embedLink(share: Pick<OwnShare, 'id' | 'key'>, options: LinkOptions = {}): string {
  return build('e', share, options);
}

/** HTML for a foreign page. Everything put in is letters, digits and signs that HTML does not read. */
export function embedCode(share: Pick<OwnShare, 'id' | 'key'>, options: LinkOptions = {}): string {
  const address = embedLink(share, options).replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${address}" width="100%" height="560" style="border:0" allow="fullscreen" title="A run in Loupe"></iframe>`;
}

/** The key in a `location.hash`, with or without `#`; null where it is not a whole key. */
export function keyOfFragment(fragment: string): string | null {
  const key = fragment.replace(/^#/, '');
  return isShareKey(key) ? key : null;
}

/** The step in a `location.search`; null where it names none. */
export function stepOfQuery(query: string): number | null {
  const text = new URLSearchParams(query).get('step') ?? '';
  return /^[0-9]{1,6}$/.test(text) ? Number(text) : null;
}

/** Reads a whole link, as pasted; null where it is not one. */
export function parseShareLink(link: string): ShareAddress | null {
  let url: URL;
  try {
    url = new URL(link.trim(), 'https://loupe.invalid');
  } catch {
    return null;
  }
  const id = /^\/[te]\/([^/]+)$/.exec(url.pathname)?.[1] ?? '';
  const key = keyOfFragment(url.hash);
  return isShareId(id) && key !== null ? { id, key, step: stepOfQuery(url.search) } : null;
}
