/**
 * One request to a server that the operator named, by node:http(s): the framework's `fetch` keeps and buffers. Nothing is followed, nothing
 * unpacked, and what is answered is handed on as it arrives.
 */
import { request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';

export interface Upstream {
  readonly method: 'GET' | 'POST';
  readonly headers: Headers;
  readonly body: Uint8Array | null;
  readonly signal: AbortSignal;
}

export type SendUpstream = (url: string, request: Upstream) => Promise<Response>;

/** @throws what the connection throws, before an answer has begun; later its body breaks off */
export const sendUpstream: SendUpstream = (url, { method, headers, body, signal }) =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secure : plain;
    const sent = { ...Object.fromEntries(headers), 'accept-encoding': 'identity' };
    const asking = send(url, { method, headers: sent, signal }, (answer) => {
      const given = new Headers();
      for (const [name, value] of Object.entries(answer.headers)) {
        if (typeof value === 'string') given.set(name, value);
      }
      const status = answer.statusCode ?? 502;
      // Some statuses have no body, and a Response insists on it.
      const empty = status === 204 || status === 304 || status < 200;
      if (empty) answer.resume();
      // Node's stream of bytes is the web's: their types differ in nothing that is used here.
      const bytes = Readable.toWeb(answer) as NodeStream<Uint8Array> as ReadableStream<Uint8Array>;
      resolve(new Response(empty ? null : bytes, { status: empty && status < 200 ? 502 : status, headers: given }));
    });
    asking.once('error', reject);
    asking.end(body ?? undefined);
  });
