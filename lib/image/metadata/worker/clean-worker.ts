/**
 * Cleans one picture and is ended by whoever started it: walking through a large one takes a second, and drawing it anew takes
 * its memory. Decodes as the image worker does, so that what is drawn is what Loupe showed.
 */
import { decode } from '../../worker/decode';
import type { Bytes } from '../bytes';
import { clean } from '../clean';
import type { CleanReply } from '../contract';
import { stripPng } from '../strip-png';

/** The worker's own global; typed here because the project's default realm is the page. */
declare const self: DedicatedWorkerGlobalScope;

async function redraw(bytes: Bytes): Promise<Bytes> {
  const { bitmap } = await decode(new Blob([bytes]));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('the browser has no memory left for pictures');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const drawn = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  // The browser's own writer may add chunks; and what is no PNG is not handed on.
  const stripped = await stripPng(drawn, 1);
  if (!stripped) throw new Error('the browser did not write a PNG');
  return stripped.bytes;
}

self.onmessage = async ({ data }: MessageEvent<Blob>) => {
  let reply: CleanReply;
  try {
    reply = { ok: true, picture: await clean(new Uint8Array(await data.arrayBuffer()), redraw) };
  } catch (error) {
    reply = { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply, reply.ok ? [reply.picture.bytes.buffer] : []);
};
