/**
 * Objects in an S3-compatible store, addressed as `<endpoint>/<bucket>/<prefix><kind>/<id>`. aws4fetch signs; small requests go by
 * fetch, uploads by node:http, because a stream of known length needs a Content-Length, which fetch does not send. Of a PUT that
 * breaks off, S3 keeps nothing; servers that keep a half are why sizes are compared.
 */
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsClient } from 'aws4fetch';
import { BLOB_ID, StoreError, type BlobStore } from './blob-store';
import type { S3Settings } from './share-settings';

const SMALL_CALL_MS = 30_000;
/** No byte moved for so long: the connection is dead. */
const IDLE_MS = 60_000;

export function openS3BlobStore(settings: S3Settings): BlobStore {
  const client = new AwsClient({
    accessKeyId: settings.accessKeyId,
    secretAccessKey: settings.secretAccessKey,
    region: settings.region,
    service: 's3',
    retries: 3,
    initRetryMs: 100,
  });
  const base = `${settings.endpoint}/${settings.bucket}`;
  const urlOf = (name: string): string => {
    if (!BLOB_ID.test(name.split('/')[1] ?? '')) throw new RangeError('not an id');
    return `${base}/${settings.prefix}${name}`;
  };

  /** An answer that is 2xx or among `expected`. */
  async function call(method: string, url: string, expected: readonly number[], streamed = false): Promise<Response> {
    let response: Response;
    try {
      // A body that is streamed to a slow reader may take longer than the call.
      const signal = streamed ? null : AbortSignal.timeout(SMALL_CALL_MS);
      response = await client.fetch(url, { method, ...(signal ? { signal } : {}) });
    } catch (cause) {
      throw new StoreError('unavailable', `the object store did not answer a ${method}`, { cause });
    }
    if (response.ok || expected.includes(response.status)) return response;
    await response.body?.cancel().catch(() => undefined);
    throw new StoreError('unavailable', `the object store answered a ${method} with ${response.status}`);
  }

  /** Null where there is none. */
  async function sizeOf(name: string): Promise<number | null> {
    const response = await call('HEAD', urlOf(name), [404]);
    return response.status === 404 ? null : Number(response.headers.get('content-length') ?? Number.NaN);
  }

  async function remove(name: string): Promise<void> {
    const response = await call('DELETE', urlOf(name), [404]);
    await response.body?.cancel().catch(() => undefined);
  }

  return {
    has: async (name) => (await sizeOf(name)) !== null,
    remove,

    async put(name, body, size) {
      const url = urlOf(name);
      // Stores that know If-None-Match make it one step; for others this look is what there is.
      const there = await sizeOf(name);
      if (there === size) return 'exists';
      // What a broken upload left in a store that keeps halves.
      if (there !== null) await remove(name);
      const signed = await client.sign(url, { method: 'PUT', headers: { 'If-None-Match': '*' } });
      const status = await sendExactly(url, Object.fromEntries(signed.headers), body, size);
      // 412: somebody else's was first. 409: a PUT of the same name is under way, or the bucket is at odds with something. Neither
      // says that there is a whole object, and whoever is told "exists" is told that the share is durable: so look.
      if (status === 412 || status === 409) {
        if ((await sizeOf(name)) === size) return 'exists';
        throw new StoreError('unavailable', `the object store answered a PUT with ${status} and has no such object`);
      }
      if (status === 507) throw new StoreError('full', 'the object store is full');
      if (status < 200 || status > 299) {
        throw new StoreError('unavailable', `the object store answered a PUT with ${status}`);
      }
      return 'stored';
    },

    async get(name) {
      const response = await call('GET', urlOf(name), [404], true);
      if (response.status === 404 || !response.body) {
        await response.body?.cancel().catch(() => undefined);
        return null;
      }
      return { size: Number(response.headers.get('content-length') ?? Number.NaN), body: response.body };
    },

    async *list(kind) {
      let continuation: string | null = null;
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix: `${settings.prefix}${kind}/` });
        if (continuation !== null) query.set('continuation-token', continuation);
        const xml: string = await (await call('GET', `${base}?${query.toString()}`, [])).text();
        for (const [, contents = ''] of xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
          const id = (tagOf(contents, 'Key') ?? '').split('/').at(-1) ?? '';
          if (BLOB_ID.test(id)) yield { id, size: Number(tagOf(contents, 'Size') ?? 0) };
        }
        continuation = tagOf(xml, 'IsTruncated') === 'true' ? tagOf(xml, 'NextContinuationToken') : null;
      } while (continuation !== null);
    },

    // A broken upload leaves nothing that could be seen or removed.
    tidy: () => Promise.resolve(),
  };
}

/** The text of the first such element. Names here are hex and the store's own tokens; XML's five signs are undone. */
function tagOf(xml: string, name: string): string | null {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  if (found === undefined) return null;
  return found
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}

/** PUTs a stream of known length and returns the status. Rejects with what `body` throws, else with `StoreError`. */
async function sendExactly(
  url: string,
  headers: Record<string, string>,
  body: AsyncIterable<Uint8Array>,
  size: number,
): Promise<number> {
  let fault: unknown = null;
  async function* counted(): AsyncGenerator<Uint8Array> {
    let sent = 0;
    try {
      for await (const piece of body) {
        sent += piece.length;
        if (sent > size) throw new StoreError('size', 'more bytes than announced');
        yield piece;
      }
      if (sent !== size) throw new StoreError('size', 'fewer bytes than announced');
    } catch (error) {
      fault = error;
      throw error;
    }
  }
  const send = url.startsWith('https:') ? requestHttps : requestHttp;
  const request = send(url, { method: 'PUT', headers: { ...headers, 'content-length': size } });
  request.setTimeout(IDLE_MS, () => request.destroy(new Error('idle')));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    request.once('error', reject);
    request.once('close', () => reject(new Error('closed without an answer')));
  });
  answered.catch(() => undefined);
  try {
    await Promise.race([pipeline(Readable.from(counted(), { objectMode: false }), request), answered]);
    const response = await answered;
    response.resume();
    return response.statusCode ?? 500;
  } catch (cause) {
    request.destroy();
    if (fault !== null) throw fault instanceof Error ? fault : new Error('the body failed', { cause: fault });
    throw new StoreError('unavailable', 'the object store broke off an upload', { cause });
  }
}
