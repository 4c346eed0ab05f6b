/**
 * Requests to an S3-compatible store: signed by aws4fetch, sent by node:http(s). Never by `fetch`: the framework replaces the
 * global one with its own, which clones bodies for its cache and then never settles a `cancel()`
 * (docs/decisions/0013-drivers-speak-node-http.md). Every wait ends: no answer, a body that stands still, a whole call.
 */
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsV4Signer } from 'aws4fetch';
import { StoreError } from './blob-store';
import type { S3Settings } from './share-settings';

export interface S3Times {
  /** Until the head of an answer; for small calls until its end. */
  readonly answerMs: number;
  /** No byte moved for so long: the connection is dead. */
  readonly idleMs: number;
  /** A whole upload. */
  readonly uploadMs: number;
}

const TIMES: S3Times = { answerMs: 10_000, idleMs: 60_000, uploadMs: 15 * 60_000 };
/** A busy store's "slow down" and a connection that was closed while it lay idle are asked again, so often and after so long. */
const RETRIES = 3;
const RETRY_MS = 100;
const LIST_BYTES = 8_000_000;

export interface Upload {
  readonly body: AsyncIterable<Uint8Array>;
  readonly size: number;
}

export interface S3Client {
  /** A call without a body; asked again where that is worth it. Whoever gets the answer reads or destroys it. */
  call(method: 'GET' | 'HEAD' | 'DELETE', url: string): Promise<IncomingMessage>;
  /** Rejects with what `body` throws, else with `StoreError`. */
  upload(url: string, upload: Upload): Promise<{ readonly status: number; readonly text: string }>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The text of an answer within the time of a small call. */
export async function readAll(answer: IncomingMessage, limit = LIST_BYTES, ms = TIMES.answerMs): Promise<string> {
  const late = setTimeout(() => answer.destroy(new Error('too slow')), ms);
  try {
    const pieces: Buffer[] = [];
    let length = 0;
    for await (const piece of answer as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > limit) throw new Error('too long');
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString();
  } catch (cause) {
    throw new StoreError('unavailable', 'the object store broke off an answer', { cause });
  } finally {
    clearTimeout(late);
  }
}

export function createS3Client(settings: S3Settings, times: S3Times = TIMES): S3Client {
  const secure = settings.endpoint.startsWith('https:');
  const send = secure ? requestHttps : requestHttp;
  const Agent = secure ? HttpsAgent : HttpAgent;
  const kept = new Agent({ keepAlive: true, timeout: times.idleMs });
  // A body that was begun cannot be sent twice, so uploads trust no connection that may have been closed meanwhile.
  const fresh = new Agent({ keepAlive: false, timeout: times.idleMs });

  async function headersFor(method: string, url: string, headers: Record<string, string>) {
    const { accessKeyId, secretAccessKey, region } = settings;
    const signer = new AwsV4Signer({ method, url, headers, accessKeyId, secretAccessKey, region, service: 's3' });
    return Object.fromEntries((await signer.sign()).headers);
  }

  async function once(method: string, url: string): Promise<IncomingMessage> {
    const headers = await headersFor(method, url, {});
    return new Promise((resolve, reject) => {
      const request = send(url, { method, headers, agent: kept });
      const late = setTimeout(() => request.destroy(new Error('no answer in time')), times.answerMs);
      request.setTimeout(times.idleMs, () => request.destroy(new Error('nothing moved')));
      request.once('response', (answer) => {
        clearTimeout(late);
        resolve(answer);
      });
      request.on('error', (error) => {
        clearTimeout(late);
        reject(error);
      });
      request.end();
    });
  }

  return {
    async call(method, url) {
      const until = Date.now() + times.answerMs;
      for (let attempt = 0; ; attempt += 1) {
        const last = attempt === RETRIES || Date.now() >= until;
        try {
          const answer = await once(method, url);
          const status = answer.statusCode ?? 500;
          if (last || (status < 500 && status !== 429)) return answer;
          answer.destroy();
        } catch (cause) {
          if (last || Date.now() >= until) {
            throw new StoreError('unavailable', `the object store did not answer a ${method}`, { cause });
          }
        }
        await pause(Math.random() * RETRY_MS * 2 ** attempt);
      }
    },

    async upload(url, { body, size }) {
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
      const headers = { ...(await headersFor('PUT', url, { 'If-None-Match': '*' })), 'content-length': size };
      const signal = AbortSignal.timeout(times.uploadMs);
      const request = send(url, { method: 'PUT', headers, agent: fresh, signal });
      request.setTimeout(times.idleMs, () => request.destroy(new Error('nothing moved')));
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        request.on('error', reject);
        request.once('close', () => reject(new Error('closed without an answer')));
      });
      answered.catch(() => undefined);
      try {
        // A store that refuses may answer before it has read the body.
        await Promise.race([pipeline(Readable.from(counted(), { objectMode: false }), request), answered]);
        const answer = await answered;
        return { status: answer.statusCode ?? 500, text: await readAll(answer) };
      } catch (cause) {
        if (fault !== null) throw fault instanceof Error ? fault : new Error('the body failed', { cause: fault });
        throw new StoreError('unavailable', 'the object store broke off an upload', { cause });
      } finally {
        request.destroy();
      }
    },
  };
}
