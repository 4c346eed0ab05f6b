/**
 * Opens a link: fetch, decrypt, check, and only then hand out. Nothing is shown of a share that is not whole, and nothing of
 * the visitor's own is read or written.
 */
import { isShareId, KEY_BYTES } from './address';
import { BYTES_HEADER, EXPIRES_HEADER } from './api';
import { fromBase64Url } from './base64url';
import { ShareError, type OpenOptions, type OpenShare, type SharedRun } from './contract';
import { readPayload } from './payload';
import { unseal } from './seal';
import { callServer, connectionError, shareUrl } from './server-call';
import { MAX_OPEN_BYTES } from './wire';

/** Whatever the bytes are: a run, or a `ShareError`. The part of opening that knows no network. */
export async function decodeShare(
  share: Uint8Array<ArrayBuffer>,
  id: string,
  key: Uint8Array<ArrayBuffer>,
): Promise<Pick<SharedRun, 'trajectory' | 'images' | 'cut'>> {
  return readPayload(await unseal(share, key, id));
}

export const openShare: OpenShare = async ({ id, key: keyText }, options = {}) => {
  const key = fromBase64Url(keyText);
  if (!isShareId(id) || key?.length !== KEY_BYTES) throw new ShareError('bad-link', 'the link is not whole');
  const { signal } = options;
  const response = await callServer(options, shareUrl(options, id), signal ? { signal } : {});
  const bytes = await readBody(response, options);
  const run = await decodeShare(bytes, id, key);
  if (signal?.aborted) throw new ShareError('aborted', 'stopped');
  const expires = response.headers.get(EXPIRES_HEADER) ?? '';
  return {
    ...run,
    id,
    bytes: bytes.length,
    expiresAt: Number.isNaN(Date.parse(expires)) ? null : expires,
  };
};

async function readBody(response: Response, { onProgress, signal }: OpenOptions): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new ShareError('too-large', 'no share is that large', { detail: MAX_OPEN_BYTES });
  const claimed = Number(response.headers.get(BYTES_HEADER) ?? response.headers.get('content-length') ?? Number.NaN);
  if (claimed > MAX_OPEN_BYTES) {
    await response.body?.cancel().catch(() => undefined);
    throw tooLarge();
  }
  const pieces: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  try {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || !value) break;
      length += value.length;
      if (length > MAX_OPEN_BYTES) throw tooLarge();
      pieces.push(value);
      onProgress?.(length, Number.isNaN(claimed) ? length : claimed);
    }
  } catch (cause) {
    reader?.cancel().catch(() => undefined);
    throw connectionError(cause, signal);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
