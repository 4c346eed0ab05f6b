/**
 * Opens a picture by its address: fetched by the browser itself, without cookies for another site and without telling it
 * where from; nothing passes through a server of ours. Many sites forbid that (CORS), and a browser does not say why a fetch
 * failed, so the error names the likely reason and the way that always works: download the file and drop it.
 */
import { ImageError } from './contract';
import { sniff } from './sniff';

export const MAX_FETCH_BYTES = 64 * 1024 * 1024;

export interface FetchedImage {
  readonly bytes: Blob;
  readonly name: string;
}

const DOWNLOAD = 'Download the picture and drop the file here.';

/**
 * `address` is https, http or a data: URL; one without a scheme is taken as https. Throws `ImageError` (`bad-url`,
 * `fetch-blocked`, `fetch-failed`, `file-too-large`, `not-an-image`, `empty`), or the signal's reason.
 */
export async function fetchImage(address: string, signal?: AbortSignal): Promise<FetchedImage> {
  signal?.throwIfAborted();
  const url = parseAddress(address);
  const fetched = url.protocol === 'data:' ? readDataUrl(url) : await download(url, signal);
  const sniffed = sniff(new Uint8Array(await fetched.bytes.slice(0, 4096).arrayBuffer()));
  signal?.throwIfAborted();
  if (sniffed.kind === 'empty') throw new ImageError('empty', 'There is nothing at this address: the file is empty.');
  if (sniffed.kind === 'other') {
    const what = sniffed.name ?? 'something else';
    const advice =
      sniffed.name === 'a web page'
        ? 'Open it, right-click the picture, copy its own address, and use that.'
        : 'Use the address of a picture.';
    throw new ImageError('not-an-image', `There is ${what} at this address, not a picture. ${advice}`);
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
    throw new ImageError('bad-url', 'This is not a web address. It should look like https://example.org/picture.jpg.', {
      cause,
    });
  }
  if (!['https:', 'http:', 'data:'].includes(url.protocol)) {
    throw new ImageError(
      'bad-url',
      `Pictures can be opened from https addresses, not from ${url.protocol}. ${DOWNLOAD}`,
    );
  }
  return url;
}

function tooLarge(bytes: number | null): ImageError {
  const limit = `${MAX_FETCH_BYTES / 1_048_576} MB`;
  const size =
    bytes === null ? `more than ${limit}` : `${(bytes / 1_048_576).toFixed(1)} MB; at most ${limit} are fetched`;
  return new ImageError(
    'file-too-large',
    `The file at this address has ${size}. Use a smaller one, or download it and drop it here.`,
  );
}

/** Decoded here and not by `fetch`, whose data: URLs the page's Content-Security-Policy does not allow. */
function readDataUrl(url: URL): FetchedImage {
  const match = /^data:([^,]*),(.*)$/s.exec(url.href);
  const head = match?.[1] ?? '';
  const body = match?.[2];
  if (body === undefined) throw new ImageError('bad-url', 'This data: address has no data in it.');
  // Three bytes in four letters, or one byte in three (percent signs): a bound before anything is allocated.
  if (body.length > MAX_FETCH_BYTES * 3) throw tooLarge(null);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    // Both forms may be percent-encoded. Byte by byte, since decodeURIComponent takes UTF-8 only.
    const text = body.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
    const binary = /;\s*base64\s*$/i.test(head) ? atob(text) : text;
    bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new ImageError('bad-url', 'The data in this data: address is damaged.', { cause });
  }
  if (bytes.length > MAX_FETCH_BYTES) throw tooLarge(bytes.length);
  return { bytes: new Blob([bytes], { type: head.split(';')[0] ?? '' }), name: 'picture' };
}

async function download(url: URL, signal?: AbortSignal): Promise<FetchedImage> {
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
      throw new ImageError('fetch-failed', 'This device is offline. Connect and try again, or drop a file.', { cause });
    }
    const message = `${url.host} does not let other pages read its pictures (CORS), or did not answer. ${DOWNLOAD}`;
    throw new ImageError('fetch-blocked', message, { cause });
  }
  if (!response.ok) {
    void response.body?.cancel().catch(() => undefined);
    throw new ImageError(
      'fetch-failed',
      `${url.host} answered with ${[response.status, response.statusText].join(' ').trim()}. Check the address, or download the picture and drop the file here.`,
    );
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
    throw new ImageError(
      'fetch-failed',
      `The connection to ${url.host} broke before the picture had arrived. Try again.`,
      {
        cause,
      },
    );
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
