/**
 * `npm run bench:library`: what a library of many runs costs the page. It fills the page's own database, opens the library
 * in the production app and scrolls it with a wheel; every frame's time is read from requestAnimationFrame, the main
 * thread's own time from Chromium's counters. It measures and asserts nothing.
 *
 *   node e2e/bench/library-bench.mjs [--url http://localhost:3000] [--runs 1000]
 *
 * `task` counts all the main thread did (also waiting for a core that something else holds), `script` its JavaScript alone.
 * On a busy machine frames come late without the page having done more. The last line is JSON.
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { makeRuns, seedRuns } from '../library-runs.mjs';
import { round, summary } from './canvas-trace.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';

const { library } = await loadSource('lib/words/en/library.ts');

const NOTCHES = 150;
const NOTCH = 240;

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, runs: { type: 'string', default: '1000' } },
});
const count = Number(options.runs);

async function counters(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
  return {
    task: value('TaskDuration'),
    script: value('ScriptDuration'),
    layout: value('LayoutDuration') + value('RecalcStyleDuration'),
  };
}

/** Runs `work` and says what it took: the page's clock until two frames later, and the main thread's time. */
async function timed(page, session, work) {
  const before = await counters(session);
  const began = performance.now();
  await work();
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const wall = performance.now() - began;
  const after = await counters(session);
  return { wall: round(wall), task: round(after.task - before.task), script: round(after.script - before.script) };
}

async function scroll(page, session) {
  await page.evaluate(() => {
    const frames = [];
    let last = performance.now();
    const tick = (now) => {
      frames.push(now - last);
      last = now;
      if (window.measuring) requestAnimationFrame(tick);
    };
    window.measuring = true;
    window.frames = frames;
    requestAnimationFrame(tick);
  });
  const before = await counters(session);
  for (let notch = 0; notch < NOTCHES; notch += 1) {
    const deltaY = notch < NOTCHES / 2 ? NOTCH : -NOTCH;
    await session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 800, y: 500, deltaX: 0, deltaY });
  }
  const after = await counters(session);
  const frames = await page.evaluate(() => {
    window.measuring = false;
    return window.frames.slice(1);
  });
  const each = (part) => round((after[part] - before[part]) / frames.length);
  return { frame: summary(frames), perFrame: { task: each('task'), script: each('script'), layout: each('layout') } };
}

async function benchmark(url) {
  const browser = await chromium.launch(launchOptions({ webgpu: false }));
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto('/library');
    await page.getByText(library.empty.title).waitFor();
    await seedRuns(page, makeRuns(count));
    const all = library.runs(count);
    const began = performance.now();
    await page.goto('/library');
    await page.getByText(all, { exact: true }).waitFor();
    await page.locator('[data-run]').first().waitFor();
    const openMs = Math.round(performance.now() - began);
    // The small pictures of what is in sight are made on the first visit.
    await page.waitForTimeout(8000);
    const rows = await page.locator('[data-run]').count();
    await scroll(page, session); // once, so that every small picture is made and kept
    await page.waitForTimeout(5000);
    const scrolled = await scroll(page, session);
    const find = page.getByRole('searchbox');
    const search = await timed(page, session, async () => {
      await find.fill('tag on the dog');
      await page.getByText(`of ${all}`).waitFor();
    });
    await find.fill('');
    await page.getByText(all, { exact: true }).waitFor();
    await page.locator('[data-run] [data-open]').first().focus();
    const selectAll = await timed(page, session, async () => {
      await page.keyboard.press('Control+a');
      await page.getByText(library.selection.selected(count)).waitFor();
    });
    const deleteAll = await timed(page, session, async () => {
      await page.keyboard.press('Delete');
      await page.getByText(library.empty.title).waitFor();
    });
    const undo = await timed(page, session, async () => {
      await page.getByRole('button', { name: library.undo.undo }).click();
      await page.getByText(all, { exact: true }).waitFor();
    });
    return { runs: count, rows, openMs, scroll: scrolled, search, selectAll, deleteAll, undo };
  } finally {
    await browser.close();
  }
}

const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
try {
  const before = loadavg()[0].toFixed(1);
  const result = await benchmark(app.url);
  const { frame, perFrame } = result.scroll;
  console.log(
    `${count} runs, ${result.rows} rows made; ${cpus().length} cores, load ${before} … ${loadavg()[0].toFixed(1)}`,
  );
  console.log(`open        first rows after ${result.openMs} ms`);
  console.log(
    `scroll      ${frame.frames} frames, median ${frame.p50} ms, p95 ${frame.p95} ms, longest ${frame.max} ms`,
  );
  console.log(
    `            a frame: main thread ${perFrame.task} ms, of it script ${perFrame.script} ms, layout and style ${perFrame.layout} ms`,
  );
  for (const name of ['search', 'selectAll', 'deleteAll', 'undo']) {
    const { wall, task, script } = result[name];
    console.log(`${name.padEnd(11)} ${wall} ms until shown; main thread ${task} ms, script ${script} ms`);
  }
  console.log(JSON.stringify(result));
} finally {
  await app.stop();
}
