/**
 * `npm run bench`: how long a question takes in the real app, per device. It drives the page as a person would (open a
 * gallery picture, type, Enter) and reads the times that the run itself recorded, and when the first words were on screen. After a first visit
 * come later ones, on a warm cache.
 *
 *   node e2e/bench/engine-bench.mjs [--url http://localhost:3000] [--device wasm|webgpu|both] [--questions 3]
 *
 * Without --url it starts the app itself (scripts/start.mjs). The last line is JSON.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';

const { playground: words, status: spoken } = (await loadSource('lib/words/en/index.ts')).en;
const ROOT = join(import.meta.dirname, '..', '..');
const SETTLE_MS = 600_000;
/** What the first words take in a later visit is the median of so many. */
const LATER_VISITS = 3;
/** Milliseconds from asking to the first words, on a warm cache and two cores. */
const FIRST_WORDS_GOAL = 1500;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    device: { type: 'string', default: 'both' },
    questions: { type: 'string', default: '3' },
  },
});

/** Questions that need a closer look, one a picture, as they stand in the gallery's index. */
function readQuestions(count) {
  const index = JSON.parse(readFileSync(join(ROOT, 'public', 'gallery', 'index.json'), 'utf8'));
  return index.pictures
    .flatMap(({ image, questions }) => {
      const found = questions.find(({ needsZoom }) => needsZoom) ?? questions[0];
      return found ? [{ image, text: found.question }] : [];
    })
    .slice(0, count);
}

/** The run that was recorded last. */
function lastRun(page) {
  return page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open('loupe-library');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const runs = await new Promise((resolve, reject) => {
      const request = database.transaction('runs').objectStore('runs').getAll();
      request.onsuccess = () => resolve(request.result.map(({ trajectory }) => trajectory));
      request.onerror = () => reject(request.error);
    });
    database.close();
    return runs.sort((a, b) => a.createdAt.localeCompare(b.createdAt)).at(-1);
  });
}

/** Milliseconds from the next Enter to the frame that shows the model's first word. */
function watchFirstWords(page) {
  return page.evaluate(() => {
    window.firstWords = new Promise((resolve) => {
      const onKey = ({ key, timeStamp }) => {
        if (key !== 'Enter') return;
        removeEventListener('keydown', onKey, true);
        const look = (now) => {
          if (document.querySelector('li[data-step] [data-token]')) resolve(now - timeStamp);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      addEventListener('keydown', onKey, true);
    });
  });
}

async function ask(page, { image, text }) {
  const another = page.getByRole('banner').getByText(words.header.newPicture);
  if (await another.isVisible()) await another.click();
  await page
    .getByLabel(words.intake.file)
    .first()
    .setInputFiles(join(ROOT, 'public', 'gallery', image));
  await page
    .locator('p[role="status"][aria-live="polite"]')
    .filter({ hasText: spoken.ready('').slice(0, -1) })
    .waitFor();
  const box = page.getByRole('textbox', { name: words.composer.question });
  await box.fill(text);
  await watchFirstWords(page);
  const clicked = await page.evaluate(() => Date.now());
  await box.press('Enter');
  const stop = page.getByRole('button', { name: words.composer.stop, exact: true });
  await stop.waitFor();
  await stop.waitFor({ state: 'hidden', timeout: SETTLE_MS });
  const settled = await page.evaluate(() => Date.now());
  const run = await lastRun(page);
  if (!run || Date.parse(run.createdAt) < clicked) {
    throw new Error(`No run was recorded: ${(await page.getByRole('alert').allTextContents()).join(' ')}`);
  }
  const sum = (key) => run.usage.reduce((total, usage) => total + usage[key], 0);
  return {
    question: text,
    device: run.models[0].device,
    totalMs: settled - clicked,
    firstWordsMs: Math.round(await page.evaluate(() => window.firstWords)),
    // The page loads the model (or finds it loaded) before the run begins.
    loadMs: Date.parse(run.createdAt) - clicked,
    turns: run.usage.length,
    zooms: run.steps.filter(({ type, refused }) => type === 'result' && !refused).length,
    visionMs: sum('visionMs'),
    prefillMs: sum('prefillMs'),
    decodeMs: sum('decodeMs'),
    imagesEncoded: sum('imagesEncoded'),
    prefilledTokens: sum('prefilledTokens'),
    outputTokens: sum('outputTokens'),
    tokensPerSecond: (1000 * sum('outputTokens')) / sum('decodeMs'),
    end: run.stop?.reason ?? run.status,
  };
}

async function benchmark(baseURL, device, questions) {
  const browser = await chromium.launch(launchOptions({ webgpu: device === 'webgpu' }));
  try {
    const page = await browser.newPage({ baseURL, viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    await page.addInitScript((name) => {
      const key = 'loupe.settings';
      localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key) ?? '{}'), device: name }));
    }, device);
    await page.goto('/');
    const gpu = await page.evaluate(async () => {
      const info = (await navigator.gpu?.requestAdapter())?.info;
      return info ? `${info.vendor} ${info.architecture}`.trim() : '';
    });
    const runs = [];
    const add = async (question, visit) => {
      const run = { ...(await ask(page, question)), visit, gpu: device === 'webgpu' ? gpu : '' };
      console.error(`${device}: "${run.question}" ${run.totalMs} ms`);
      runs.push(run);
    };
    // One page: the first question loads the model, the others find it loaded. Each picture is new to the engine.
    for (const question of questions) await add(question, 'first');
    // A later visit: nothing is loaded, and all of it is in this browser's cache. It is asked as soon as the picture is there.
    for (const question of questions.slice(0, LATER_VISITS)) {
      await page.goto('about:blank');
      await page.goto('/');
      await add(question, 'later');
    }
    return runs;
  } finally {
    await browser.close();
  }
}

const COLUMNS = [
  ['device', (run) => run.device],
  ['visit', (run) => run.visit],
  ['load ms', (run) => Math.round(run.loadMs)],
  ['vision ms/image', (run) => Math.round(run.visionMs / Math.max(1, run.imagesEncoded))],
  ['prefill ms', (run) => Math.round(run.prefillMs)],
  ['prefill tokens', (run) => run.prefilledTokens],
  ['decode ms', (run) => Math.round(run.decodeMs)],
  ['tokens', (run) => run.outputTokens],
  ['tokens/s', (run) => run.tokensPerSecond.toFixed(1)],
  ['zooms', (run) => run.zooms],
  ['click to first words ms', (run) => run.firstWordsMs],
  ['click to answer ms', (run) => Math.round(run.totalMs)],
  ['end', (run) => run.end],
];

function printTable(runs) {
  const rows = [COLUMNS.map(([name]) => name), ...runs.map((run) => COLUMNS.map(([, value]) => String(value(run))))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padStart(widths[column])).join('  '));
}

const questions = readQuestions(Number(options.questions));
const devices = options.device === 'both' ? ['wasm', 'webgpu'] : [options.device];
const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
try {
  const runs = [];
  for (const device of devices) runs.push(...(await benchmark(app.url, device, questions)));
  console.log(
    `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}; WebGPU: ${runs.find(({ gpu }) => gpu)?.gpu || 'not run'}`,
  );
  printTable(runs);
  for (const device of devices) {
    const later = runs.filter((run) => run.device === device && run.visit === 'later').map((run) => run.firstWordsMs);
    const median = later.toSorted((a, b) => a - b)[Math.floor(later.length / 2)];
    const load = `${loadavg()[0].toFixed(1)} waiting for a core`;
    console.log(`${device}, click to first words on a warm cache: ${median} ms (goal ${FIRST_WORDS_GOAL}; ${load})`);
  }
  console.log(JSON.stringify({ cores: cpus().length, at: new Date().toISOString(), runs }));
} finally {
  await app.stop();
}
