/**
 * Opens a link: fetch, decrypt, check, and only then hand out. Nothing is shown of a share that is not whole, and nothing of
 * the visitor's own is read or written. A share that opens once is found by its head alone, so that neither looking at the page
 * nor a wrong link or password uses it up; `open` takes it, and says to the server that it has arrived.
 */
import { isShareId, KEY_BYTES } from './address';
import { CLAIM_HEADER, EXPIRES_HEADER, openPath, waitingAnswer } from './api';
import { fromBase64Url, fromHex, toBase64Url } from './base64url';
import { dropClaim, keptClaim, makeClaim } from './claim';
import {
  ShareError,
  type FindShare,
  type FoundShare,
  type OpenOptions,
  type OpenShare,
  type SharedRun,
} from './contract';
import { readBeside } from './read-beside';
import { readBody } from './receive';
import { checkKey, decrypt, findSecret, openingProof, unseal } from './seal';
import { callServer, shareUrl, type Answered } from './server-call';
import { readHead, readHeader, type FoundHeader } from './wire';

type Bytes = Uint8Array<ArrayBuffer>;

/** Whatever the bytes are: a run, or a `ShareError`. The part of opening that knows no network. */
export async function decodeShare(
  share: Bytes,
  id: string,
  key: Bytes,
  password: string | null = null,
): Promise<Pick<SharedRun, 'trajectory' | 'more' | 'beside' | 'images' | 'cut'>> {
  return readBeside(await unseal(share, key, id, password));
}

function checkNotStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ShareError('aborted', 'stopped');
}

function momentOf(text: string | null): string | null {
  return text === null || Number.isNaN(Date.parse(text)) ? null : text;
}

/** All of it is here. */
async function whole(share: Bytes, id: string, key: Bytes, expiresAt: string | null): Promise<FoundShare> {
  const header = await readHeader(share, id);
  await checkKey(header, key);
  return {
    ...{ id, locked: header.password !== null, once: false, bytes: share.length, expiresAt },
    async open(password, { signal } = {}) {
      const run = await readBeside(await decrypt(share, header, await findSecret(header, key, password)));
      checkNotStopped(signal);
      return { ...run, id, bytes: share.length, expiresAt };
    },
  };
}

/** Takes a share that opens once, as often as it takes to have it whole. */
async function take(header: FoundHeader, key: Bytes, password: string | null, server: OpenOptions): Promise<SharedRun> {
  const { id } = header;
  const secret = await findSecret(header, key, password);
  const { signal } = server;
  checkNotStopped(signal);
  const claim = makeClaim(id);
  const response = await callServer(server, `${server.baseUrl ?? ''}${openPath(id)}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ proof: toBase64Url(await openingProof(secret)), claim }),
    ...(signal ? { signal } : {}),
  });
  const share = await readBody(response, server);
  const found = await readHeader(share, id);
  const run = await readBeside(await decrypt(share, found, secret));
  // From here on it is deleted; where this is not heard the server waits some minutes and deletes it all the same.
  await callServer(server, `${server.baseUrl ?? ''}${openPath(id)}`, {
    method: 'DELETE',
    headers: { Authorization: `Bearer ${claim}` },
    keepalive: true,
  }).catch(() => undefined);
  dropClaim(id);
  return { ...run, id, bytes: share.length, expiresAt: null };
}

/** What a refusal to hand out says of a share that opens once; null where it says something else. */
async function waiting(
  { status, body }: Answered,
  id: string,
  key: Bytes,
  server: OpenOptions,
): Promise<FoundShare | null> {
  if (status !== 428) return null;
  let said: unknown;
  try {
    said = JSON.parse(body);
  } catch {
    return null;
  }
  const answer = waitingAnswer.safeParse(said);
  if (!answer.success) return null;
  const { bytes, expiresAt, head } = answer.data;
  const header = await readHead(fromHex(head) ?? new Uint8Array(), id);
  await checkKey(header, key);
  return {
    ...{ id, locked: header.password !== null, once: true, bytes, expiresAt: momentOf(expiresAt) },
    open: (password, options = {}) => take(header, key, password, { ...server, ...options }),
  };
}

export const findShare: FindShare = async ({ id, key: keyText }, options = {}) => {
  const key = fromBase64Url(keyText);
  if (!isShareId(id) || key?.length !== KEY_BYTES) throw new ShareError('bad-link', 'the link is not whole');
  const { signal } = options;
  const claim = keptClaim(id);
  let once: FoundShare | null = null;
  const response = await callServer(
    options,
    shareUrl(options, id),
    { ...(claim === null ? {} : { headers: { [CLAIM_HEADER]: claim } }), ...(signal ? { signal } : {}) },
    async (answered) => {
      once = await waiting(answered, id, key, options);
      return once !== null;
    },
  );
  if (once) return once;
  return whole(await readBody(response, options), id, key, momentOf(response.headers.get(EXPIRES_HEADER)));
};

export const openShare: OpenShare = async (address, options = {}) =>
  (await findShare(address, options)).open(null, options);
