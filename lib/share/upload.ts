/**
 * Upload in two phases. First the server gives an id, which the encryption binds; then the bytes go, and the server's answer
 * says that they are safe. A PUT may be said again: the same bytes under the same id. When it comes to nothing the
 * reservation is handed back, and where even that fails it lapses by itself.
 */
import { KEY_BYTES } from './address';
import { contentDigest, limitsAnswer, reserveAnswer, uploadAnswer } from './api';
import { toBase64Url, toHex } from './base64url';
import {
  ShareError,
  type DeleteShare,
  type OwnShare,
  type PackedShare,
  type ReadShareLimits,
  type UploadOptions,
  type UploadShare,
} from './contract';
import { makeSecret, openingProof, seal, type ShareSecret } from './seal';
import { sendBytes } from './send-bytes';
import { callServer, readAnswer, shareUrl } from './server-call';

/** Pauses before the second and third try of a PUT, in milliseconds. */
const PAUSES = [500, 2000];

export const readShareLimits: ReadShareLimits = async (options = {}) => {
  const { signal } = options;
  return readAnswer(await callServer(options, shareUrl(options), signal ? { signal } : {}), limitsAnswer);
};

export const deleteShare: DeleteShare = async (own, options = {}) => {
  const { signal } = options;
  try {
    await callServer(options, shareUrl(options, own.id), {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${own.deleteToken}` },
      // A page that is being closed may still take back what it began.
      keepalive: true,
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    const gone = error instanceof ShareError && ['deleted', 'expired', 'not-found', 'opened'].includes(error.code);
    if (!gone) throw error;
  }
};

export const uploadShare: UploadShare = async (packed, options) => {
  const { signal, once = false, password = null } = options;
  if (packed.locked !== (password !== null)) throw new RangeError('packed for another kind of upload');
  // Before the server is asked: of a share that opens once it is told what will prove the right to open it.
  const secret = await makeSecret(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), password);
  if (signal?.aborted) throw new ShareError('aborted', 'stopped');
  const proof = once ? { once: await hashOf(await openingProof(secret)) } : {};
  const reserve = await callServer(options, shareUrl(options), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ bytes: packed.bytes, expiry: options.expiry, ...proof }),
    ...(signal ? { signal } : {}),
  });
  const { id, deleteToken } = await readAnswer(reserve, reserveAnswer);
  try {
    return await sendSealed(packed, secret, id, deleteToken, options);
  } catch (error) {
    await deleteShare({ id, deleteToken }, pick(options)).catch(() => undefined);
    throw error;
  }
};

function pick({ baseUrl, fetch }: UploadOptions): { baseUrl?: string; fetch?: typeof globalThis.fetch } {
  return { ...(baseUrl === undefined ? {} : { baseUrl }), ...(fetch ? { fetch } : {}) };
}

async function hashOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

async function sendSealed(
  packed: PackedShare,
  secret: ShareSecret,
  id: string,
  deleteToken: string,
  options: UploadOptions,
): Promise<OwnShare> {
  const share = await seal(packed.payload, secret, id);
  const digest = await crypto.subtle.digest('SHA-256', share);
  const headers = {
    Authorization: `Bearer ${deleteToken}`,
    'Content-Type': 'application/octet-stream',
    'Content-Digest': contentDigest(btoa(String.fromCharCode(...new Uint8Array(digest)))),
  };
  for (let attempt = 0; ; attempt++) {
    try {
      const text = await sendBytes(shareUrl(options, id), share, headers, options);
      const answer = uploadAnswer.safeParse(parseJson(text));
      if (!answer.success) throw new ShareError('server', 'the server answered something else');
      const { createdAt, expiresAt } = answer.data;
      return {
        ...{ id, deleteToken, createdAt, expiresAt, bytes: share.length, title: packed.title },
        key: toBase64Url(secret.key),
        ...(secret.lock ? { locked: true } : {}),
        ...(options.once ? { once: true } : {}),
      };
    } catch (error) {
      const pause = PAUSES[attempt];
      const again = error instanceof ShareError && (error.code === 'offline' || error.code === 'server');
      if (!again || pause === undefined) throw error;
      await wait(pause, options.signal);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(new ShareError('aborted', 'stopped'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) abort();
  });
}
