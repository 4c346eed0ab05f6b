/**
 * Objects in an S3-compatible store, addressed as `<endpoint>/<bucket>/<prefix><kind>/<id>`. Of a PUT that breaks off, S3 keeps
 * nothing; servers that keep a half are why sizes are compared.
 */
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { BLOB_ID, StoreError, type BlobStore } from './blob-store';
import { createS3Client, readAll, type S3Times } from './s3-client';
import type { S3Settings } from './share-settings';

/** How stores say that there is no room: Ceph, MinIO, Backblaze and others differ in the status, none in the drift. */
const NO_ROOM = /<(Code|Message)>[^<]*(quota|storage ?full|storage ?cap|insufficient ?storage|no space)/i;

function sizeFrom(answer: IncomingMessage): number {
  return Number(answer.headers['content-length'] ?? Number.NaN);
}

export function openS3BlobStore(settings: S3Settings, times?: S3Times): BlobStore {
  const client = createS3Client(settings, times);
  const base = `${settings.endpoint}/${settings.bucket}`;
  const urlOf = (name: string): string => {
    if (!BLOB_ID.test(name.split('/')[1] ?? '')) throw new RangeError('not an id');
    return `${base}/${settings.prefix}${name}`;
  };

  /** An answer that is 2xx; null where there is no such object. */
  async function call(method: 'GET' | 'HEAD' | 'DELETE', url: string): Promise<IncomingMessage | null> {
    const answer = await client.call(method, url);
    const status = answer.statusCode ?? 500;
    if (status >= 200 && status <= 299) return answer;
    answer.resume();
    if (status === 404) return null;
    throw new StoreError('unavailable', `the object store answered a ${method} with ${status}`);
  }

  /** Null where there is none. */
  async function sizeOf(name: string): Promise<number | null> {
    const answer = await call('HEAD', urlOf(name));
    answer?.resume();
    return answer && sizeFrom(answer);
  }

  async function remove(name: string): Promise<void> {
    const answer = await call('DELETE', urlOf(name));
    answer?.resume();
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
      const { status, text } = await client.upload(url, { body, size });
      // 412: somebody else's was first. 409: a PUT of the same name is under way, or the bucket is at odds with something. Neither
      // says that there is a whole object, and whoever is told "exists" is told that the share is durable: so look.
      if (status === 412 || status === 409) {
        if ((await sizeOf(name)) === size) return 'exists';
        throw new StoreError('unavailable', `the object store answered a PUT with ${status} and has no such object`);
      }
      if (status === 507 || (status >= 400 && NO_ROOM.test(text))) {
        throw new StoreError('full', `the object store is full: it answered a PUT with ${status}`);
      }
      if (status < 200 || status > 299) {
        throw new StoreError('unavailable', `the object store answered a PUT with ${status}`);
      }
      return 'stored';
    },

    async get(name) {
      const answer = await call('GET', urlOf(name));
      if (!answer) return null;
      // Node's web stream type and the platform's differ in name only.
      return { size: sizeFrom(answer), body: Readable.toWeb(answer) as ReadableStream<Uint8Array> };
    },

    async *list(kind) {
      let continuation: string | null = null;
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix: `${settings.prefix}${kind}/` });
        if (continuation !== null) query.set('continuation-token', continuation);
        const answer = await call('GET', `${base}?${query.toString()}`);
        // An empty list would look as if every share were gone.
        if (!answer) throw new StoreError('unavailable', `the object store has no bucket ${settings.bucket}`);
        const xml: string = await readAll(answer);
        if (!xml.includes('<ListBucketResult'))
          throw new StoreError('unavailable', 'the object store answered no list');
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
