/**
 * `npm run bench:sets`: what a set of many rows costs. A file in DeepEyes' format is made and opened in the production app: until its rows are
 * all there, the page's longest task meanwhile, frames while its table is scrolled by a wheel, and the JavaScript heap of the page after all
 * of it. It measures and asserts nothing.
 *
 * With `--session MB` it opens one session of Claude Code of that size instead, looks at its run, and prints the longest task and the most memory
 * that the page's process took, its workers included (Linux).
 *
 *   node e2e/bench/sets-bench.mjs [--url http://localhost:3000] [--rows 200,20000] [--session 100]
 *
 * On a busy machine frames come late without the page having done more. The last line is JSON.
 */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deflateSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { longestTask, record, summary } from './canvas-trace.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';

const { formats } = await loadSource('lib/words/en/formats.ts');
const { deepEyesRow, openCall } = await loadSource('lib/formats/fixtures/deepeyes-rows.ts');

const NOTCHES = 120;
const NOTCH = 240;

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, rows: { type: 'string', default: '200,20000' }, session: { type: 'string' } },
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

const SIDE = 640;

/** A picture of noise that any browser decodes: nothing makes it smaller, so that it is as large as a real screenshot's file. */
function noise() {
  const chunk = (name, data) => {
    const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  // 8 bits of gray.
  head[8] = 8;
  const rows = Buffer.alloc((SIDE + 1) * SIDE);
  for (let y = 0; y < SIDE; y += 1) randomBytes(SIDE).copy(rows, y * (SIDE + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(rows, { level: 0 });
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/** A session that reads files and looks at screenshots, until it is so long. */
function makeSession(folder, megabytes) {
  const path = join(folder, 'session.jsonl');
  writeFileSync(path, '');
  let last = null;
  let count = 0;
  const write = (type, message, more = {}) => {
    const uuid = `u${(count += 1)}`;
    const line = { parentUuid: last, isSidechain: false, sessionId: 's', type, uuid, message, ...more };
    appendFileSync(path, `${JSON.stringify(line)}\n`);
    last = uuid;
    return uuid;
  };
  const first = write('user', { role: 'user', content: 'What do these screens show?' });
  write('assistant', { id: 'b', role: 'assistant', content: [{ type: 'text', text: 'Another branch.' }] });
  last = first;
  for (let turn = 0; statSync(path).size < megabytes * 1e6; turn += 1) {
    const call = (id, name, input) =>
      write('assistant', {
        id: `m${turn}${name}`,
        role: 'assistant',
        model: 'claude',
        content: [{ type: 'tool_use', id, name, input }],
      });
    const result = (id, content, beside) =>
      write(
        'user',
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: id, content }] },
        { toolUseResult: beside },
      );
    call(`r${turn}`, 'Read', { file_path: `/tmp/${turn}.txt` });
    result(`r${turn}`, 'A line of a file that was read.\n'.repeat(300), {});
    if (turn % 4 > 0) continue;
    const data = noise().toString('base64');
    call(`p${turn}`, 'Read', { file_path: `/tmp/${turn}.png` });
    result(`p${turn}`, [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }], {
      type: 'image',
      file: { base64: data },
    });
  }
  write('assistant', { id: 'end', role: 'assistant', content: [{ type: 'text', text: 'They show noise.' }] });
  return path;
}

/** Of all processes below this one that draw pages: the most memory that was resident. */
async function watchMemory(browser) {
  const session = await browser.newBrowserCDPSession();
  let most = 0;
  const look = async () => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo').catch(() => ({ processInfo: [] }));
    for (const { type, id } of processInfo) {
      if (type !== 'renderer') continue;
      try {
        const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
        most = Math.max(most, Number(kilobytes ?? 0) / 1000);
      } catch {
        // Ended meanwhile, or no Linux.
      }
    }
  };
  const timer = setInterval(look, 250);
  return () => {
    clearInterval(timer);
    return Math.round(most);
  };
}

async function measureSession(browser, url, megabytes, folder) {
  const path = makeSession(folder, megabytes);
  const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
  await page.goto('/set');
  await page.getByRole('heading', { level: 1, name: formats.page.empty.title }).waitFor();
  const cdp = await page.context().newCDPSession(page);
  const stop = await watchMemory(browser);
  // By selectors: to look for words, Playwright would itself read all of them in one long task.
  const timed = async (act, selector) => {
    const began = performance.now();
    let ms = 0;
    const events = await record(cdp, async () => {
      await act();
      await page.locator(selector).first().waitFor({ timeout: 600_000 });
      ms = Math.round(performance.now() - began);
      await page.waitForTimeout(1000);
    });
    return { ms, longestTask: longestTask(events) };
  };
  const input = page.locator('input[type=file]').first();
  const opened = await timed(() => input.setInputFiles(path), '[data-row="1"]');
  const looked = await timed(() => page.locator('[data-row="0"]').click(), '[data-step]');
  await page.close();
  return { megabytes, opened, looked, mostMB: stop() };
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
  if (options.session) {
    const made = await measureSession(browser, app.url, Number(options.session), folder);
    results.push(made);
    const said = ({ ms, longestTask: { cpu, wall } }) =>
      `after ${ms} ms; longest task ${cpu} ms of work, ${wall} ms by the clock`;
    console.log(`a session of ${made.megabytes} MB: open ${said(made.opened)}`);
    console.log(`  its run shown ${said(made.looked)}; at most ${made.mostMB} MB of memory`);
  }
  for (const count of options.session ? [] : options.rows.split(',').map(Number)) {
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
