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

/** What nobody sees: messengers break long links with it, editors and phones put it between letters. */
const UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
const KEY_LETTER = /[\w-]/;
/** 32 bytes in letters of six bits. */
const KEY_LETTERS = Math.ceil((KEY_BYTES * 4) / 3);

/** Percent signs are read once; what is none stays as it is. */
function decodeOnce(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (signs) => {
    try {
      return decodeURIComponent(signs);
    } catch {
      // Letters of ours are ASCII: those between bytes that are no UTF-8 are still there.
      return signs.replace(/%([0-7][0-9a-f])/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    }
  });
}

/**
 * The key at the start of decoded text: its letters, whatever unseen stands between them, and then a tail that no key goes on
 * with (`.`, `)`, `&utm_source=…`), or the underscores that make a link italic in a messenger.
 */
function keyAt(text: string): string | null {
  const letters = [...text];
  let key = '';
  let at = letters.findIndex((letter) => KEY_LETTER.test(letter));
  if (at < 0) return null;
  for (; at < letters.length && key.length < KEY_LETTERS; at++) {
    const letter = letters[at] ?? '';
    if (KEY_LETTER.test(letter)) key += letter;
    else if (!UNSEEN.test(letter)) break;
  }
  while (letters[at] === '_') at++;
  const goesOn = at < letters.length && KEY_LETTER.test(letters[at] ?? '');
  return !goesOn && isShareKey(key) ? key : null;
}

/** The id in one part of a decoded path, in any case and with a tail as a key may have. */
function idAt(text: string): string | null {
  const seen = [...text].filter((letter) => !UNSEEN.test(letter)).join('');
  return /^[0-9a-f]{32}(?![0-9a-z])/.exec(seen.toLowerCase())?.[0] ?? null;
}

/** The key in a `location.hash`, with or without `#`, and whatever a messenger put around it; null where none is whole. */
export function keyOfFragment(fragment: string): string | null {
  return keyAt(decodeOnce(fragment));
}

/** The step in a `location.search`; null where it names none. */
export function stepOfQuery(query: string): number | null {
  const text = new URLSearchParams(query).get('step') ?? '';
  return /^[0-9]{1,6}$/.test(text) ? Number(text) : null;
}

/**
 * Reads a whole link, as pasted or as the address bar has it; null where it is not one. `%23` is a `#` that something on the way
 * has written out: the server then saw the key (scripts/request-rules.mjs cuts it off), and the page can still read it.
 */
export function parseShareLink(link: string): ShareAddress | null {
  const [head = '', ...fragments] = decodeOnce(link).split('#');
  const [, page = '', query = ''] = /\/[te]\/([^/?]*)[^?]*(.*)$/s.exec(head) ?? [];
  const id = idAt(page);
  const key = fragments.map(keyAt).find((found) => found !== null) ?? null;
  return id !== null && key !== null ? { id, key, step: stepOfQuery(query) } : null;
}
