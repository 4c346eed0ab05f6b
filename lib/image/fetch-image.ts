/**
 * Opens a picture by its address: fetched by the browser itself, without cookies for another site and without telling it
 * where from; nothing passes through a server of ours. Many sites forbid that (CORS), and a browser does not say why a fetch
 * failed: what can be found out is (why-no-answer.ts), and the words name the way that always works, download the file and drop it.
 */
import { ImageError } from './contract';
import { sniff } from './sniff';
import { whyNoAnswer } from './why-no-answer';

export const MAX_FETCH_BYTES = 64 * 1024 * 1024;

export interface FetchedImage {
  readonly bytes: Blob;
  readonly name: string;
}

/**
 * `address` is https, http or a data: URL; one without a scheme is taken as https, and so is http where the page may not fetch it. Throws `ImageError` (`bad-url`,
 * `fetch-blocked`, `fetch-failed`, `file-too-large`, `not-an-image`, `empty`), or the signal's reason.
 */
export async function fetchImage(address: string, signal?: AbortSignal): Promise<FetchedImage> {
  signal?.throwIfAborted();
  const url = parseAddress(address);
  const fetched = url.protocol === 'data:' ? readDataUrl(url) : await download(url, signal);
  const sniffed = sniff(new Uint8Array(await fetched.bytes.slice(0, 4096).arrayBuffer()));
  signal?.throwIfAborted();
  if (sniffed.kind === 'empty') throw new ImageError('empty', { code: 'empty-address' });
  if (sniffed.kind === 'other') {
    const kind = sniffed.is;
    throw new ImageError(
      'not-an-image',
      kind === 'web-page' ? { code: 'page-at-address' } : { code: 'no-picture-at-address', params: { kind } },
    );
  }
  return fetched;
}

function parseAddress(address: string): URL {
  const text = address.trim();
  // "host:3000/a.png" has no scheme, though it looks like one.
  const hasScheme = /^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text);
  const local = /^localhost(?=[:/]|$)/i.test(text);
  let url: URL;
  try {
    url = new URL(hasScheme ? text : `${local ? 'http' : 'https'}://${text}`);
  } catch (cause) {
    throw new ImageError('bad-url', { code: 'no-address' }, { cause });
  }
  if (url.protocol === 'blob:') throw new ImageError('bad-url', { code: 'in-another-page' });
  if (!['https:', 'http:', 'data:'].includes(url.protocol)) {
    throw new ImageError('bad-url', { code: 'other-scheme', params: { scheme: url.protocol } });
  }
  return url;
}

function tooLarge(bytes: number | null): ImageError {
  return new ImageError('file-too-large', { code: 'address-too-large', params: { bytes, most: MAX_FETCH_BYTES } });
}

/** Decoded here and not by `fetch`, whose data: URLs the page's Content-Security-Policy does not allow. */
function readDataUrl(url: URL): FetchedImage {
  const match = /^data:([^,]*),(.*)$/s.exec(url.href);
  const head = match?.[1] ?? '';
  const body = match?.[2];
  if (body === undefined) throw new ImageError('bad-url', { code: 'data-empty' });
  // Three bytes in four letters, or one byte in three (percent signs): a bound before anything is allocated.
  if (body.length > MAX_FETCH_BYTES * 3) throw tooLarge(null);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    // Both forms may be percent-encoded. Byte by byte, since decodeURIComponent takes UTF-8 only.
    const text = body.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    const binary = /;\s*base64\s*$/i.test(head) ? atob(text) : text;
    bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new ImageError('bad-url', { code: 'data-damaged' }, { cause });
  }
  if (bytes.length > MAX_FETCH_BYTES) throw tooLarge(bytes.length);
  return { bytes: new Blob([bytes], { type: head.split(';')[0] ?? '' }), name: 'picture' };
}

/** The page's Content-Security-Policy: https, its own server, and this machine by its name. */
function mayFetch(url: URL): boolean {
  // Node has no page, and no such policy.
  const page = typeof location === 'undefined' ? null : location;
  return page === null || url.protocol === 'https:' || url.origin === page.origin || url.hostname === 'localhost';
}

async function download(given: URL, signal?: AbortSignal): Promise<FetchedImage> {
  const url = mayFetch(given) ? given : new URL(given.href.replace(/^http:/, 'https:'));
  const asked = url === given;
  let response: Response;
  try {
    response = await fetch(url, {
      mode: 'cors',
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      ...(signal && { signal }),
    });
  } catch (cause) {
    signal?.throwIfAborted();
    if (typeof navigator !== 'undefined' && 'onLine' in navigator && !navigator.onLine) {
      throw new ImageError('fetch-failed', { code: 'offline' }, { cause });
    }
    const why = await whyNoAnswer(url, signal);
    const params = { host: url.host };
    if (why === 'blocked') throw new ImageError('fetch-blocked', { code: why, params }, { cause });
    throw new ImageError('fetch-failed', { code: asked ? why : 'no-https', params }, { cause });
  }
  if (!response.ok) {
    void response.body?.cancel().catch(() => undefined);
    const status = [response.status, response.statusText].join(' ').trim();
    throw new ImageError('fetch-failed', { code: 'answered', params: { host: url.host, status } });
  }
  const bytes = await readBody(response, url, signal);
  return { bytes, name: nameOf(url) };
}

/** Counts while it reads, since a length need not be declared, or true. */
async function readBody(response: Response, url: URL, signal?: AbortSignal): Promise<Blob> {
  const reader = response.body?.getReader();
  if (!reader) return new Blob([]);
  const declared = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  try {
    if (declared > MAX_FETCH_BYTES) throw tooLarge(declared);
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      total += value.length;
      if (total > MAX_FETCH_BYTES) throw tooLarge(null);
      chunks.push(value);
    }
  } catch (cause) {
    void reader.cancel().catch(() => undefined);
    signal?.throwIfAborted();
    if (cause instanceof ImageError) throw cause;
    throw new ImageError('fetch-failed', { code: 'broken', params: { host: url.host } }, { cause });
  }
  return new Blob(chunks, { type: response.headers.get('content-type')?.split(';')[0]?.trim() ?? '' });
}

function nameOf(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || url.host;
  } catch {
    return last || url.host;
  }
}
