/**
 * `npm run bench:endpoint`: what the page adds to a server's own time, per turn. The server here is a stand-in that takes the time of a model
 * of some billions of weights on a GPU (a pause for the prompt, then token after token) and asks for a zoom in every turn but the last; all
 * else is the app as it is served. What the page adds to a turn is what passes between the end of one answer and the last byte of the next
 * question: reading the turn, cutting the crop, encoding every picture, sending them all.
 *
 *     npm run bench:endpoint -- [--looks 4] [--tokens 120] [--rate 40] [--prefill 800] [--key KEY] [--picture FILE] [--json]
 *     npm run bench:endpoint -- --server http://localhost:8000/v1 --model ChenShawn/DeepEyes-7B [--key KEY] [--picture FILE]
 *
 * With `--server` a real one answers, and what stands here passes everything on to it and keeps the time.
 */
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { startApp } from './start-app.mjs';

const { values } = parseArgs({
  options: {
    looks: { type: 'string', default: '4' },
    tokens: { type: 'string', default: '120' },
    /** Tokens per second. */
    rate: { type: 'string', default: '40' },
    /** Milliseconds. */
    prefill: { type: 'string', default: '800' },
    /** The page sends it as a person's own, and the stand-in wants it. */
    key: { type: 'string', default: 'sk-bench-endpoint' },
    server: { type: 'string' },
    model: { type: 'string', default: 'DeepEyes-7B' },
    picture: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const [looks, tokens, rate, prefill] = [values.looks, values.tokens, values.rate, values.prefill].map(Number);
const MODEL = values.model;
const GOAL = 0.05;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A thought that fills the turn, then a call for another box each time, or the answer. */
function turnOf(index) {
  const at = 20 * index;
  const box = `[${at}, ${at}, ${at + 200}, ${at + 200}]`;
  const end =
    index < looks
      ? `</think>\n<tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": ${box}, "label": "there"}}</tool_call>`
      : '</think>\n<answer>Done</answer>';
  return ['<think>', ...Array(Math.max(0, tokens - 2)).fill(' look'), end];
}

/** Of each question: when its last byte came, and when the last of its answer went. */
const turns = [];

/** To the server that is measured, and back as it comes. */
async function passOn(request, response, headers) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  const asked = request.method === 'POST';
  const turn = { bytes: Buffer.concat(pieces).length, asked: performance.now(), ended: 0 };
  if (asked) turns.push(turn);
  const { authorization } = request.headers;
  const answered = await fetch(values.server.replace(/\/v1\/?$/, '') + request.url, {
    method: request.method,
    headers: { ...(authorization && { authorization }), ...(asked && { 'content-type': 'application/json' }) },
    ...(asked && { body: Buffer.concat(pieces) }),
  });
  const type = answered.headers.get('content-type') ?? 'text/plain';
  response.writeHead(answered.status, { ...headers, 'content-type': type });
  for await (const piece of answered.body ?? []) response.write(piece);
  turn.ended = performance.now();
  response.end();
}

async function answer(request, response) {
  const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
  if (request.method === 'OPTIONS') return response.writeHead(204, headers).end();
  if (values.server) return passOn(request, response, headers);
  if (request.headers.authorization !== `Bearer ${values.key}`) return response.writeHead(401, headers).end('{}');
  if (request.method === 'GET') {
    const data =
      request.url === '/v1/models'
        ? { data: [{ id: MODEL, owned_by: 'vllm', max_model_len: 32768 }] }
        : { version: 'bench' };
    return response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(data));
  }
  let bytes = 0;
  for await (const piece of request) bytes += piece.length;
  const turn = { bytes, asked: performance.now(), ended: 0 };
  const index = turns.push(turn) - 1;
  response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  await pause(prefill);
  const began = performance.now();
  for (const [at, token] of turnOf(index).entries()) {
    await pause(began + (1000 * at) / rate - performance.now());
    const spelled = { token, logprob: -0.5, bytes: [...Buffer.from(token)] };
    const content = [{ ...spelled, top_logprobs: Array(5).fill(spelled) }];
    response.write(
      `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: token }, logprobs: { content } }] })}\n\n`,
    );
  }
  response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\n`);
  turn.ended = performance.now();
  response.end('data: [DONE]\n\n');
}

const server = createServer((request, response) => void answer(request, response));
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/v1`;
const app = await startApp({ LOUPE_DATA: 'test-results/bench-data' });
const browser = await chromium.launch(launchOptions({ webgpu: false }));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const modelUrl = `remote:chat?${new URLSearchParams({ url, model: MODEL })}`;
  const settings = { modelUrl, maxTurns: looks, maxNewTokens: 1024 };
  const kept = { 'loupe.settings': settings, 'loupe.keys': { [url]: values.key } };
  await page.addInitScript((all) => {
    for (const [name, value] of Object.entries(all)) localStorage.setItem(name, JSON.stringify(value));
  }, kept);
  await page.goto(app.url);
  if (values.picture) await page.getByLabel('Picture file').setInputFiles(values.picture);
  else await page.getByTestId('gallery-picture').first().click();
  await page.locator('p[role="status"][aria-live="polite"]').filter({ hasText: 'Picture ready' }).waitFor();
  await page.getByRole('textbox', { name: 'Question' }).fill('What is there?');
  const pressed = performance.now();
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  await page.locator('li[data-type="answer"]').waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).waitFor({ state: 'hidden' });
  const settled = performance.now();

  const rows = turns.map(({ bytes, asked, ended }, index) => ({
    turn: index + 1,
    bytes,
    serverMs: ended - asked,
    // The first waits for the model's list, the code that asks, and the first crop of the picture.
    pageMs: asked - (turns[index - 1]?.ended ?? pressed),
  }));
  const own = rows.reduce((sum, { serverMs }) => sum + serverMs, 0);
  const later = rows.slice(1);
  const added =
    later.reduce((sum, { pageMs }) => sum + pageMs, 0) / later.reduce((sum, { serverMs }) => sum + serverMs, 0);
  const all = (settled - pressed - own) / own;
  if (values.json) {
    console.log(
      JSON.stringify({ looks, tokens, rate, prefill, rows, settledMs: settled - turns.at(-1).ended, added, all }),
    );
  } else {
    const cell = (text, width) => String(text).padStart(width);
    console.log(
      `${cell('turn', 5)}${cell('sent', 12)}${cell('server', 11)}${cell('page adds', 12)}${cell('share', 9)}`,
    );
    for (const { turn, bytes, serverMs, pageMs } of rows) {
      const share = `${((100 * pageMs) / serverMs).toFixed(1)} %`;
      console.log(
        `${cell(turn, 5)}${cell(`${(bytes / 1000).toFixed(0)} kB`, 12)}${cell(`${(serverMs / 1000).toFixed(2)} s`, 11)}${cell(`${pageMs.toFixed(0)} ms`, 12)}${cell(share, 9)}`,
      );
    }
    console.log(
      `After the first turn the page adds ${(100 * added).toFixed(1)} % to the server's own time (goal: at most ${100 * GOAL} %).`,
    );
    console.log(`The whole run, from the press of Ask until the page is at rest: ${(100 * all).toFixed(1)} %.`);
  }
} finally {
  await browser.close();
  await app.stop();
  server.closeAllConnections();
  server.close();
}
