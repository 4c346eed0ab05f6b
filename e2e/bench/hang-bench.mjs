/**
 * `npm run bench:hang`: how long the page stands still for files and links that are made to stop it. Each is brought to the production app
 * as a person would bring it, and the longest task of the page's main thread is read from a trace: the time it ran, and the time it took while
 * others held the core too. It measures and asserts nothing: what keeps these short (workers, windows, limits) has its tests (docs/reliability.md).
 *
 *   node e2e/bench/hang-bench.mjs [--url http://localhost:3000] [--only name]
 *
 * The last line is JSON: milliseconds of the longest task, by input.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { zipSync } from 'fflate';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { makeRuns } from '../library-runs.mjs';
import { longestTask, record } from './canvas-trace.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';

const { library } = await loadSource('lib/words/en/library.ts');
const { trajectory } = await loadSource('lib/words/en/trajectory.ts');
const { values: options } = parseArgs({ options: { url: { type: 'string' }, only: { type: 'string' } } });

const FOLDER = mkdtempSync(join(tmpdir(), 'loupe-hang-'));

const bytes = (text) => new TextEncoder().encode(text);
const [{ trajectory: SAMPLE }] = makeRuns(1);

const token = (id) => ({
  id,
  text: 'word ',
  logprob: -0.5,
  top: Array.from({ length: 5 }, (_, at) => ({ id: at, text: 'word ', logprob: -1 - at })),
});

/** Steps of so many tokens each. */
function longRun(steps, tokens) {
  const of = Array.from({ length: tokens }, (_, id) => token(id));
  const step = { type: 'think', text: 'word '.repeat(tokens), turn: 1, span: { start: 0, end: 1 }, tokens: of };
  return JSON.stringify({ ...SAMPLE, id: `long-${steps}-${tokens}`, steps: Array.from({ length: steps }, () => step) });
}

/** What is brought, and whether there is a run to open then. */
const INPUTS = {
  'ten million brackets': () => ({ name: 'deep.json', content: bytes('['.repeat(10_000_000)), opens: false }),
  'an archive of zeros': () => ({
    name: 'zeros.zip',
    content: zipSync({ 'runs/a.json': [new Uint8Array(1024 * 1024 * 1024 * 0.9), { level: 9 }] }),
    opens: false,
  }),
  'an archive of nine thousand files': () => ({
    name: 'many.zip',
    content: zipSync(Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`runs/${at}.json`, bytes('{}')]))),
    opens: false,
  }),
  'a run of five thousand steps': () => ({ name: 'steps.json', content: bytes(longRun(5_000, 10)), opens: true }),
  'a step of forty thousand tokens': () => ({
    name: 'tokens.json',
    content: bytes(longRun(1, 40_000)),
    opens: true,
  }),
  'a name of twenty million letters': () => ({
    name: 'name.json',
    content: bytes(JSON.stringify({ ...SAMPLE, id: 'named', title: 'x'.repeat(20_000_000) })),
    opens: false,
  }),
  'half a million empty objects': () => ({
    name: 'objects.json',
    content: bytes(JSON.stringify({ ...SAMPLE, id: 'objects', steps: Array.from({ length: 500_000 }, () => ({})) })),
    opens: false,
  }),
};

async function measure(page, { name, content, opens }) {
  await page.goto('/library');
  await page.getByRole('heading', { level: 1, name: library.title }).waitFor();
  await page.waitForTimeout(4000); // what the page does by itself when it is idle is not the file's doing
  const field = page.getByLabel(library.find.runFiles);
  // From the disk, as a person's: what is given as bytes is decoded in the page, which would be measured with it.
  const path = join(FOLDER, name);
  writeFileSync(path, content);
  const cdp = await page.context().newCDPSession(page);
  const events = await record(cdp, async () => {
    await field.setInputFiles(path);
    // Said when it has been taken, or refused.
    await page.locator('[role="status"] p.font-medium').first().waitFor();
    if (!opens) return;
    await page.locator('[data-run] [data-open]').first().click();
    await page.getByRole('region', { name: trajectory.label }).waitFor();
    await page.waitForTimeout(1000);
  });
  return longestTask(events);
}

async function benchmark(url) {
  const browser = await chromium.launch(launchOptions({ webgpu: false }));
  const longest = {};
  try {
    for (const [what, make] of Object.entries(INPUTS)) {
      if (options.only && !what.includes(options.only)) continue;
      const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      page.setDefaultTimeout(300_000);
      longest[what] = await measure(page, make());
      const { cpu, wall } = longest[what];
      console.log(`${what.padEnd(40)} ${cpu ?? '–'} ms of work, ${wall} ms by the clock`);
      await context.close();
    }
    return longest;
  } finally {
    await browser.close();
  }
}

const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
try {
  console.log(`the longest task of the page, in milliseconds; load ${loadavg()[0].toFixed(1)}`);
  console.log(JSON.stringify(await benchmark(app.url)));
} finally {
  rmSync(FOLDER, { recursive: true });
  await app.stop();
}
