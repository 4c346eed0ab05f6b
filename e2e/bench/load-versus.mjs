/**
 * `npm run bench:loading`: how long a model takes until it can be asked, here and with transformers.js, in the same headless Chromium
 * from the same server: fetched for the first time, and once more from what the browser keeps. The sides take turns. The part until
 * the files are here stands beside the same files put into a cache whole and not hashed, as transformers.js does.
 *
 *   npm run bench:loading -- [--small] [--dtype q8] [--rounds 3] [--json]
 *
 * It measures and asserts nothing. What both do besides (compiling graphs, on WASM) is part of it.
 */
import { rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { buildPage, randomModel, serve } from './engine-versus-server.mjs';

const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    dtype: { type: 'string', default: 'q8' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

async function loads(url, side, setup) {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    const times = [];
    for (let time = 0; time < 2; time++) {
      await page.goto(url);
      const { ms, filesMs } = await page.evaluate(([name, given]) => window.bench.load(name, given), [side, setup]);
      times.push({ whole: ms, files: filesMs });
    }
    return { first: times[0], kept: times[1] };
  } finally {
    await browser.close();
  }
}

async function plain(url, setup) {
  const browser = await chromium.launch(launchOptions());
  try {
    const page = await browser.newPage();
    await page.goto(url);
    const first = await page.evaluate((given) => window.bench.plainFiles(given), setup);
    await page.goto(url);
    const kept = await page.evaluate((given) => window.bench.plainFiles(given), setup);
    return { first: { files: first }, kept: { files: kept } };
  } finally {
    await browser.close();
  }
}

async function main() {
  const model = await randomModel({ size: options.small ? 'small' : 'smolvlm-256m', dtype: options.dtype });
  const built = await buildPage();
  const server = await serve(built, model);
  const setup = {
    device: 'wasm',
    dtype: options.dtype,
    model: model.id,
    endpoint: server.url,
    turns: 1,
    tokens: 4,
    imageSide: model.imageSide,
    threads: 1,
    subgroups: true,
  };
  const runs = { ours: [], again: [], plain: [] };
  try {
    for (let round = 0; round < Number(options.rounds); round++) {
      for (const side of ['ours', 'again']) runs[side].push(await loads(server.url, side, setup));
      runs.plain.push(await plain(server.url, setup));
    }
  } finally {
    server.stop();
    rmSync(built, { recursive: true });
  }
  const over = (side, which, what) => median(runs[side].map((run) => run[which][what]));
  /** Of what ran next to each other: other work slows one round and not the next. */
  const pairs = (other, which, what) => runs.ours.map((run, i) => run[which][what] / runs[other][i][which][what]);
  const result = { modelBytes: model.bytes, load: loadavg()[0], runs };
  for (const which of ['first', 'kept']) {
    for (const [what, name, other] of [
      ['whole', 'until it can be asked', 'again'],
      ['files', 'until its files are here', 'plain'],
    ]) {
      const [ours, theirs] = [over('ours', which, what), over(other, which, what)];
      const times = `${Math.round(ours)} ms, ${other === 'plain' ? 'not hashed' : 'transformers.js'} ${Math.round(theirs)} ms`;
      const ratios = pairs(other, which, what);
      const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
      console.log(
        `${which.padEnd(5)} ${name.padEnd(25)} ${times}; by rounds ${range}, median ${median(ratios).toFixed(2)} times`,
      );
    }
  }
  console.log(`${Math.round(model.bytes / 1e6)} MB in ${options.dtype}; load ${result.load.toFixed(1)}`);
  if (options.json) console.log(JSON.stringify(result));
}

await main();
