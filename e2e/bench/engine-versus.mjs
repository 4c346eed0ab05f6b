/**
 * `npm run bench:engine`: our engine beside transformers.js in the same headless Chromium, on the same model with random weights,
 * through a conversation that gets one new picture a turn. The sides take turns, each run in a browser of its own.
 *
 *   npm run bench:engine -- [--small] [--device wasm|webgpu] [--dtype q8] [--turns 4] [--tokens 24] [--rounds 3]
 *     [--no-subgroups] [--json]
 *
 * --no-subgroups gives transformers.js a GPU device without them: on a software one its attention is wrong with them (docs/engine.md).
 * The model has SmolVLM-256M's shape, or with --small a twentieth of it. transformers.js is taken in both ways in which it can
 * hold such a conversation (engine/theirs-worker.ts); the ratios are to the documented one, those to the other stand beside. It measures
 * and asserts nothing.
 * With --json the last line is one object: `ratios`, theirs over ours so that more is better, and all that was measured.
 */
import { rmSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { watchBrowser } from './engine-versus-machine.mjs';
import { buildPage, randomModel, serve } from './engine-versus-server.mjs';
import { print, summarize } from './engine-versus-report.mjs';

const SIDES = ['ours', 'again', 'kept'];

const { values: options } = parseArgs({
  options: {
    small: { type: 'boolean', default: false },
    device: { type: 'string', default: 'wasm' },
    dtype: { type: 'string' },
    turns: { type: 'string', default: '4' },
    tokens: { type: 'string', default: '24' },
    rounds: { type: 'string', default: '3' },
    'no-subgroups': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

function whole(name, least) {
  const value = Number(options[name]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new Error(`--${name} has to be a whole number from ${least}.`);
}

async function withPage(url, device, work) {
  const browser = await chromium.launch(launchOptions({ webgpu: device === 'webgpu' }));
  try {
    const page = await browser.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`  ${message.text()}`);
    });
    await page.goto(url);
    return await work(page, browser);
  } finally {
    await browser.close();
  }
}

/** One side through all turns. */
function runSide(url, side, setup) {
  return withPage(url, setup.device, async (page, browser) => {
    const watch = await watchBrowser(browser);
    try {
      const timed = async (work) => {
        const before = watch.processorMs();
        const value = await work();
        return { ...value, processorMs: before === null ? null : watch.processorMs() - before };
      };
      const loaded = await timed(() => page.evaluate(([name, given]) => window.bench.load(name, given), [side, setup]));
      const load = watch.peakBytes();
      const turns = [];
      for (let turn = 0; turn < setup.turns; turn++) {
        turns.push(await timed(() => page.evaluate((number) => window.bench.turn(number), turn)));
      }
      return { side, loaded, turns, processPeak: { load, end: watch.peakBytes() } };
    } finally {
      watch.stop();
    }
  });
}

async function main() {
  const { device, small } = options;
  if (device !== 'wasm' && device !== 'webgpu') throw new Error('--device has to be wasm or webgpu.');
  const size = small ? 'small' : 'smolvlm-256m';
  const dtype = options.dtype ?? (small ? 'fp32' : device === 'wasm' ? 'q8' : 'q4');
  const turns = whole('turns', 1);
  const tokens = whole('tokens', 4);
  const rounds = whole('rounds', 1);
  const model = await randomModel({ size, dtype });
  const built = await buildPage();
  const server = await serve(built, model);
  try {
    const { imageSide } = model;
    const machine = await withPage(server.url, device, async (page) => ({
      cores: cpus().length,
      processor: cpus()[0]?.model ?? 'unknown',
      load: loadavg()[0],
      browser: page.context().browser()?.version(),
      bandwidth: await page.evaluate((name) => window.bench.memoryBandwidth(name), device),
    }));
    // As many as our engine takes (runtime.ts), so that both have the same.
    const threads = device === 'wasm' ? Math.min(4, Math.max(1, machine.cores - 1)) : 1;
    const setup = {
      device,
      dtype,
      model: model.id,
      endpoint: server.url,
      turns,
      tokens,
      imageSide,
      threads,
      subgroups: !options['no-subgroups'],
    };
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      for (const side of SIDES) {
        const start = performance.now();
        runs.push({ round, ...(await runSide(server.url, side, setup)) });
        console.error(`round ${round + 1} of ${rounds}, ${side}: ${Math.round((performance.now() - start) / 1000)} s`);
      }
    }
    const { decoderBytes, bytes } = model;
    const about = {
      size,
      device,
      dtype,
      turns,
      tokens,
      rounds,
      threads,
      subgroups: setup.subgroups,
      imageSide,
      decoderBytes,
      modelBytes: bytes,
    };
    const result = summarize({ ...about, machine: { ...machine, loadAfter: loadavg()[0] }, runs });
    print(result);
    if (options.json) console.log(JSON.stringify(result));
  } finally {
    server.stop();
    rmSync(built, { recursive: true });
  }
}

await main();
