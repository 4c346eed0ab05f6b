/**
 * `npm run bench:forks`: how long it takes from the press that changes a run to the first new token of the model, in the real app with the
 * shipped model on WASM. It asks a gallery question, then changes that run by box, by a look of one's own, by words and by
 * settings, over and over, as a person would; tokens are heard where they reach the page. It asserts nothing.
 *
 *   node e2e/bench/fork-bench.mjs [--url http://localhost:3000] [--times 3]
 *
 * Without --url it starts the app itself (scripts/start.mjs). Beside the time on the wall stands what the browser's processes computed
 * meanwhile, shared out over the cores: on a busy machine the wall says more of the others. The last line is JSON.
 */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';
import { summary } from './canvas-trace.mjs';

const { en: words } = await loadSource('lib/words/en/index.ts');
const { step: tools, draft, edit, settings } = words.fork;
const GALLERY = join(import.meta.dirname, '..', '..', 'public', 'gallery');
const LIMIT_MS = 500;

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, times: { type: 'string', default: '3' } },
});

/** The first question of the gallery that needs a look. */
function firstQuestion() {
  const { pictures } = JSON.parse(readFileSync(join(GALLERY, 'index.json'), 'utf8'));
  for (const { image, questions } of pictures) {
    const found = questions.find(({ needsZoom }) => needsZoom);
    if (found) return { image, text: found.question };
  }
  throw new Error('No question of the gallery needs a look.');
}

/** In the page: when Enter or a button was last pressed, and when the first token after that came out of a worker. */
function listen() {
  const heard = { pressed: 0, first: 0 };
  const press = () => Object.assign(heard, { pressed: performance.now(), first: 0 });
  addEventListener('click', press, true);
  addEventListener('keydown', ({ key }) => key === 'Enter' && press(), true);
  const Plain = globalThis.Worker;
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        if (data?.item?.type === 'token' && heard.first === 0) heard.first = performance.now();
      });
    }
  };
  globalThis.heard = heard;
}

async function settled(page) {
  const stop = page.getByRole('button', { name: words.playground.composer.stop, exact: true });
  await stop.waitFor({ state: 'hidden', timeout: 600_000 });
}

const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const show = (page, kind) => page.locator(`li[data-type="${kind}"]`).first().getByRole('button').first().click();

/** Each gets as far as the press that changes the run; that press is what is timed. */
const CHANGES = {
  async box(page) {
    await show(page, 'call');
    await press(page, tools.move);
    await page.getByRole('group', { name: words.canvas.editor }).press('ArrowRight');
    return () => page.keyboard.press('Enter');
  },
  async look(page) {
    await page.keyboard.press('End');
    await show(page, 'answer');
    await press(page, tools.lookAgain);
    await page.getByRole('group', { name: words.canvas.editor }).press('ArrowRight');
    return () => page.keyboard.press('Enter');
  },
  async words(page) {
    await show(page, 'answer');
    await press(page, tools.edit);
    await page.getByRole('textbox', { name: edit.label }).fill('I');
    return () => press(page, edit.goOn);
  },
  async settings(page) {
    await show(page, 'answer');
    await press(page, tools.settings);
    return () => press(page, settings.goOn);
  },
};

async function benchmark(url) {
  const browser = await chromium.launch(launchOptions({ webgpu: false }));
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(120_000);
    await page.addInitScript(listen);
    await page.addInitScript(() => localStorage.setItem('loupe.settings', JSON.stringify({ device: 'wasm' })));
    const cdp = await browser.newBrowserCDPSession();
    const computed = async () => {
      const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
      return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0) * 1000;
    };
    await page.goto('/');
    const { image, text } = firstQuestion();
    await page.getByLabel(words.playground.intake.file).first().setInputFiles(join(GALLERY, image));
    const question = page.getByRole('textbox', { name: words.playground.composer.question });
    await page.locator('[data-canvas]').waitFor();
    await question.fill(text);
    await question.press('Enter');
    await page.waitForFunction(() => globalThis.heard.first > 0);
    await settled(page);
    const first = new URL(page.url()).searchParams.get('run');

    const measured = [];
    for (let time = 0; time < Number(options.times); time += 1) {
      for (const [name, prepare] of Object.entries(CHANGES)) {
        if (new URL(page.url()).searchParams.get('run') !== first) {
          await page.locator(`[data-branch="${first}"]`).getByRole('button').first().click();
          await page.waitForURL((now) => now.searchParams.get('run') === first);
        }
        await page.locator(`li[data-type="answer"]`).first().waitFor();
        const go = await prepare(page);
        const before = await computed();
        await go();
        await page.waitForFunction(() => globalThis.heard.first > 0, null, { polling: 5 });
        const cpuMs = ((await computed()) - before) / cpus().length;
        const { pressed, first: heard } = await page.evaluate(() => globalThis.heard);
        await settled(page);
        measured.push({ name, wallMs: heard - pressed, cpuMs });
      }
    }
    return measured;
  } finally {
    await browser.close();
  }
}

const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
try {
  const measured = await benchmark(app.url);
  console.log(`${cpus().length} cores, load ${loadavg()[0].toFixed(1)}; from the press to the first new token, ms`);
  const result = {};
  for (const name of [...Object.keys(CHANGES), 'all']) {
    const mine = measured.filter((one) => name === 'all' || one.name === name);
    const [wall, cpu] = ['wallMs', 'cpuMs'].map((clock) => summary(mine.map((one) => one[clock])));
    result[name] = { wall, cpu };
    console.log(
      `${name.padEnd(9)} ${String(mine.length).padStart(3)} times   wall median ${wall.p50.toFixed(0).padStart(5)}  max ${wall.max.toFixed(0).padStart(5)}` +
        `   computed median ${cpu.p50.toFixed(0).padStart(5)}  max ${cpu.max.toFixed(0).padStart(5)}`,
    );
  }
  const { p50 } = result.all.wall;
  console.log(
    `median ${p50.toFixed(0)} ms, ${(p50 / LIMIT_MS).toFixed(2)} of the limit of ${LIMIT_MS} ms: ${p50 <= LIMIT_MS ? 'met' : 'NOT met'}`,
  );
  console.log(JSON.stringify({ ...result, limitMs: LIMIT_MS }));
} finally {
  await app.stop();
}
