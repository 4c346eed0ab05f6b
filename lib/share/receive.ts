/** The body of an answer as bytes, no more of it than a share may have. */
import { BYTES_HEADER } from './api';
import { ShareError, type OpenOptions } from './contract';
import { connectionError } from './server-call';
import { MAX_OPEN_BYTES } from './wire';

export async function readBody(
  response: Response,
  { onProgress, signal }: OpenOptions,
): Promise<Uint8Array<ArrayBuffer>> {
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
