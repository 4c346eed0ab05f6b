/**
 * `npm run bench:sets`: what a set of many rows costs. A file in DeepEyes' format is made and opened in the production app: until its rows are
 * all there, the page's longest task meanwhile, frames while its table is scrolled by a wheel, and the JavaScript heap of the page after all
 * of it. It measures and asserts nothing.
 *
 *   node e2e/bench/sets-bench.mjs [--url http://localhost:3000] [--rows 200,20000]
 *
 * On a busy machine frames come late without the page having done more. The last line is JSON.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { summary } from './canvas-trace.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';

const { formats } = await loadSource('lib/words/en/formats.ts');
const { deepEyesRow, openCall } = await loadSource('lib/formats/fixtures/deepeyes-rows.ts');

const NOTCHES = 120;
const NOTCH = 240;

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, rows: { type: 'string', default: '200,20000' } },
});

/** Rows of about 3 KB each, as long as real ones, written one by one. */
function makeFile(folder, count) {
  const path = join(folder, `result_direct_attributes_${count}.jsonl`);
  const lines = Array.from({ length: count }, (_, at) => {
    const box = [10 + (at % 500), 20, 200 + (at % 500), 220];
    const turns = [
      `<think>${'I look at the picture more closely. '.repeat(40)}</think>${openCall(box)}`,
      '<answer>A</answer>',
    ];
    return JSON.stringify(
      deepEyesRow({
        image: `sa_${at}.jpg`,
        question: `What is number ${at}?`,
        turns,
        more: { acc: at % 3 === 0 ? 0 : 1 },
      }),
    );
  });
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

async function scroll(page, session) {
  await page.evaluate(() => {
    window.frames = [];
    window.measuring = true;
    let last = performance.now();
    const tick = (now) => {
      window.frames.push(now - last);
      last = now;
      if (window.measuring) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  for (let notch = 0; notch < NOTCHES; notch += 1) {
    const deltaY = notch < NOTCHES / 2 ? NOTCH : -NOTCH;
    await session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 500, y: 600, deltaX: 0, deltaY });
  }
  return page.evaluate(() => {
    window.measuring = false;
    return window.frames.slice(1);
  });
}

async function measure(browser, url, count, folder) {
  const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
  try {
    const path = makeFile(folder, count);
    const session = await page.context().newCDPSession(page);
    await page.goto('/set');
    await page.getByRole('heading', { level: 1, name: formats.page.empty.title }).waitFor();
    await page.evaluate(() => {
      window.longest = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
      }).observe({ type: 'longtask' });
    });
    const began = performance.now();
    await page.locator('input[type=file]').first().setInputFiles(path);
    await page.locator('[data-row="0"]').waitFor();
    const firstRowMs = Math.round(performance.now() - began);
    await page
      .getByText(`${formats.systems.deepeyes} · ${formats.page.head.shown(count, count)}`)
      .waitFor({ timeout: 600_000 });
    const openMs = Math.round(performance.now() - began);
    await page.waitForTimeout(1000);
    const longestTaskMs = Math.round(await page.evaluate(() => window.longest));
    const frame = summary(await scroll(page, session));
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return { rows: count, firstRowMs, openMs, longestTaskMs, frame, pageHeapMB: Math.round(usedSize / 1e6) };
  } finally {
    await page.close();
  }
}

const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
const folder = mkdtempSync(join(tmpdir(), 'loupe-sets-'));
const browser = await chromium.launch(launchOptions({ webgpu: false }));
try {
  const results = [];
  for (const count of options.rows.split(',').map(Number)) {
    const made = await measure(browser, app.url, count, folder);
    results.push(made);
    const { rows, firstRowMs, openMs, longestTaskMs, frame, pageHeapMB } = made;
    console.log(
      `${rows} rows: first row after ${firstRowMs} ms, all after ${openMs} ms; longest task ${longestTaskMs} ms`,
    );
    console.log(
      `  scrolling: a frame every ${frame.p50} ms, 95 % within ${frame.p95} ms; heap of the page ${pageHeapMB} MB`,
    );
  }
  console.log(`load ${loadavg()[0].toFixed(1)} on ${cpus().length} cores`);
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
  await app.stop();
}
