/**
 * `npm run bench:heap`: whether a page that is used for long grows. It asks one question after another of the gallery and prints, after
 * each, the page's JavaScript heap (garbage collected) and the WebAssembly memory of the engine. It measures and asserts nothing.
 *
 *   node e2e/bench/heap-bench.mjs [--url http://localhost:3000] [--questions 50]
 *
 * The last line is JSON: both in MB, after each question.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { startApp } from './start-app.mjs';

const { values: options } = parseArgs({
  options: { url: { type: 'string' }, questions: { type: 'string', default: '50' } },
});
const count = Number(options.questions);
const GALLERY = JSON.parse(readFileSync(join(import.meta.dirname, '../../public/gallery/index.json'), 'utf8'));
const MB = 1024 * 1024;

/** In a worker: counts what memories are made from then on. */
function countMemories() {
  const made = [];
  self.wasmBytes = () => made.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct(Memory, given) {
      const memory = new Memory(...given);
      made.push(memory);
      return memory;
    },
  });
}

async function wasmBytes(page) {
  const sizes = page.workers().map((worker) => worker.evaluate(() => self.wasmBytes?.() ?? 0).catch(() => 0));
  return (await Promise.all(sizes)).reduce((sum, size) => Math.max(sum, size), 0);
}

async function benchmark(url) {
  const browser = await chromium.launch(launchOptions({ webgpu: false }));
  try {
    const page = await browser.newPage({ baseURL: url, viewport: { width: 1440, height: 900 } });
    page.setDefaultTimeout(600_000);
    page.on('worker', (worker) => void worker.evaluate(countMemories).catch(() => undefined));
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await page.goto('/');
    const js = [];
    const wasm = [];
    let shown = -1;
    for (let number = 0; number < count; number += 1) {
      const at = Math.floor(number / 5) % GALLERY.pictures.length;
      if (at !== shown) {
        // Within the page: a new document would begin anew.
        if (shown >= 0) await page.getByRole('banner').getByRole('link').first().click();
        await page.getByTestId('gallery-picture').nth(at).click();
        await page.getByText('Picture ready').waitFor({ state: 'attached' });
        shown = at;
      }
      const { questions } = GALLERY.pictures[at];
      const field = page.getByRole('textbox', { name: 'Question' });
      await field.fill(questions[number % questions.length].question);
      await field.press('Enter');
      const stop = page.getByRole('button', { name: 'Stop', exact: true });
      await stop.waitFor();
      await stop.waitFor({ state: 'hidden' });
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      js.push(Number((metrics.find(({ name }) => name === 'JSHeapUsedSize').value / MB).toFixed(1)));
      wasm.push(Number(((await wasmBytes(page)) / MB).toFixed(1)));
      console.log(`${String(number + 1).padStart(3)}  JavaScript ${js.at(-1)} MB, WebAssembly ${wasm.at(-1)} MB`);
    }
    return { questions: count, js, wasm };
  } finally {
    await browser.close();
  }
}

const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
try {
  console.log(JSON.stringify(await benchmark(app.url)));
} finally {
  await app.stop();
}
