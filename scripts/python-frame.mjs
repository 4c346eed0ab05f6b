/**
 * The document in which code that a model wrote is run (lib/python): a page of nobody's origin that may load nothing and reach nothing. All
 * it does is to start one worker from text that it is handed. What it may do is said by its own answer, which the server and the browser
 * tests both send from here.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where it lies, with what is run in it: scripts/python-files.mjs. */
export const PYTHON_FOLDER = join(import.meta.dirname, '../public/python');

/**
 * Runs in the frame. Text, and no function: whoever bundles this file must not change what the policy's hash is of. Globals that could speak
 * to a network go first: a policy does not stop WebRTC.
 */
const SCRIPT = `'use strict';
for (const name of Object.getOwnPropertyNames(globalThis)) {
  if (/^(?:webkit)?RTC|^WebSocket|^WebTransport|^EventSource$|^XMLHttpRequest$|^fetch$|^open$/.test(name)) delete globalThis[name];
}
addEventListener('message', function begin({ source, data, ports }) {
  if (source !== parent) return;
  removeEventListener('message', begin);
  const worker = new Worker(URL.createObjectURL(new Blob([data.script], { type: 'text/javascript' })));
  worker.onerror = ({ message }) => parent.postMessage({ failed: String(message) }, '*');
  worker.postMessage(data.boot, [ports[0], data.boot.wasm, data.boot.stdlib]);
});
parent.postMessage({ open: true }, '*');
`;

export const FRAME_HTML = `<!doctype html><meta charset="utf-8"><title>Python</title><script>${SCRIPT}</script>\n`;

/** Scripts: that one, by its hash, and workers made of text. No connection of any kind, no frame, no form; WebAssembly, but no `eval`. */
const FRAME_POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}' 'wasm-unsafe-eval'`,
  'worker-src blob:',
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-scripts',
].join('; ');

/** Of the frame's answer; without the embedder policy a page that is itself isolated may not frame it. */
export const FRAME_HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': FRAME_POLICY,
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'X-DNS-Prefetch-Control': 'off',
};
