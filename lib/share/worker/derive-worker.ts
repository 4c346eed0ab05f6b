/** Makes one key of one password and is ended by whoever started it, which gives its memory back. */
import { derive } from './derive';
import type { DeriveReply, DeriveRequest } from './derive-protocol';

/** The worker's own global; typed here because the project's default realm is the page. */
declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({ data }: MessageEvent<DeriveRequest>) => {
  let reply: DeriveReply;
  try {
    reply = { ok: true, key: await derive(data) };
  } catch (error) {
    reply = { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
};
