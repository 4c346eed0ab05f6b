/**
 * `npm run bench:links`: how long a visitor who has never been here waits for a shared run. It makes a share through the app's
 * own code, opens its link in the production app, each time in a fresh profile (nothing cached), and reads the page's own
 * clock when the words stand there and when the picture is drawn. It measures and asserts nothing.
 *
 *   node e2e/bench/link-bench.mjs [--url http://localhost:3000] [--visits 9]
 *
 * Goal: 1,000 ms for both. `other requests` counts what would be a model, the ONNX Runtime or another site. Server, browser and
 * this program have the same cores. The last line is JSON.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { summary } from './canvas-trace.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';

const GOAL_MS = 1000;

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, visits: { type: 'string', default: '9' } },
});

/** In the page: notes when the words are there and when the middle row of a canvas has a pixel, by the navigation's clock. */
function watch() {
  const seen = { words: null, picture: null };
  window.shown = seen;
  const drawn = (canvas) => {
    const row = new OffscreenCanvas(canvas.width, 1).getContext('2d');
    row.drawImage(canvas, 0, -(canvas.height >> 1));
    return row.getImageData(0, 0, canvas.width, 1).data.some((value, at) => at % 4 === 3 && value > 0);
  };
  const look = () => {
    if (seen.words === null && document.querySelector('[data-step], .loupe-question')) seen.words = performance.now();
    const canvases = seen.picture === null ? [...document.querySelectorAll('[data-canvas] canvas')] : [];
    if (canvases.some((canvas) => canvas.width > 0 && drawn(canvas))) seen.picture = performance.now();
    if (seen.words === null || seen.picture === null) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function visit(browser, url, path) {
  const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.addInitScript(watch);
  await page.goto(path, { waitUntil: 'commit' });
  await page.waitForFunction(() => window.shown.words !== null && window.shown.picture !== null, null, {
    timeout: 60_000,
  });
  const shown = await page.evaluate(() => window.shown);
  const others = requests.filter((one) => !one.startsWith(`${url}/`) && !one.startsWith('blob:'));
  const engine = requests.filter((one) => /\/(models|ort)\//.test(one));
  await context.close();
  return { ...shown, other: others.length + engine.length, requests: requests.length };
}

const folder = await mkdtemp(join(tmpdir(), 'loupe-links-'));
const app = options.url ? { url: options.url, stop: () => undefined } : await startApp({ LOUPE_DATA: folder });
const browser = await chromium.launch(launchOptions({ webgpu: false }));
try {
  const { makeShare, pathOf } = await loadSource('e2e/shares/make-share.ts');
  const path = pathOf(await makeShare(app.url));
  const before = loadavg()[0].toFixed(1);
  const visits = [];
  for (let n = 0; n < Number(options.visits); n += 1) visits.push(await visit(browser, app.url, path));
  const words = summary(visits.map((one) => one.words));
  const picture = summary(visits.map((one) => one.picture));
  console.log(`${visits.length} first visits; ${cpus().length} cores, load ${before} … ${loadavg()[0].toFixed(1)}`);
  for (const [name, { p50, max }] of Object.entries({ words, picture })) {
    console.log(
      `${name.padEnd(8)} median ${Math.round(p50)} ms, slowest ${Math.round(max)} ms: ${(p50 / GOAL_MS).toFixed(2)} and ${(max / GOAL_MS).toFixed(2)} of the goal`,
    );
  }
  const other = visits.reduce((sum, one) => sum + one.other, 0);
  console.log(`${visits[0].requests} requests a visit, ${other} other requests`);
  console.log(JSON.stringify({ visits }));
} finally {
  await browser.close();
  await app.stop();
  await rm(folder, { recursive: true, force: true });
}
