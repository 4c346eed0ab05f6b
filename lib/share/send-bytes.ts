/**
 * A PUT that says how far it is. `fetch` cannot; XMLHttpRequest can, so that is used where there is one and somebody listens.
 */
import type { UploadOptions } from './contract';
import { callServer, connectionError, refusal } from './server-call';

type Options = Pick<UploadOptions, 'baseUrl' | 'fetch' | 'onProgress' | 'signal'>;

/** Resolves with the answer's text when it was 2xx; otherwise rejects with a `ShareError`. */
export async function sendBytes(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  options: Options,
): Promise<string> {
  const { onProgress, signal } = options;
  if (onProgress && !options.fetch && typeof XMLHttpRequest === 'function') {
    return sendByXhr(url, body, headers, onProgress, signal);
  }
  onProgress?.(0, body.length);
  const response = await callServer(options, url, { method: 'PUT', body, headers, ...(signal ? { signal } : {}) });
  onProgress?.(body.length, body.length);
  return response.text();
}

function sendByXhr(
  url: string,
  body: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
  onProgress: NonNullable<Options['onProgress']>,
  signal: AbortSignal | undefined,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    const fail = (): void => reject(connectionError(new Error('the connection broke'), signal));
    request.open('PUT', url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, body.length), body.length);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.responseText);
      else reject(refusal(request.status, request.responseText));
    };
    request.onerror = request.ontimeout = request.onabort = fail;
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    if (signal?.aborted) {
      fail();
      return;
    }
    signal?.addEventListener('abort', abort, { once: true });
    request.send(body);
  });
}
