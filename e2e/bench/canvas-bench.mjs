/**
 * `npm run bench:canvas`: what dragging and zooming a 24-megapixel picture with boxes on it, and going along its timeline, costs the page's main
 * thread, per frame. It drives the production app with a mouse and a wheel and reads Chromium's own trace; the app has no code for it. It
 * measures and asserts nothing.
 *
 *   node e2e/bench/canvas-bench.mjs [--url http://localhost:3000] [--gpu] [--ratio 1] [--forks 0] [--trace folder]
 *
 * Without --url it starts the app itself (scripts/start.mjs, which builds when needed). --gpu: canvases are drawn
 * by the GPU process, as they are on machines with a GPU; where there is none, in software there. Without it Chromium
 * chooses. --ratio: device pixels per CSS pixel. --forks: how many branches of the run are kept: its
 * tree stands beside the canvas. --trace keeps the traces, for Chromium's performance panel. The last line
 * is JSON.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';
import { drawPicture, keepRun, RUN_ID, SIZE } from './canvas-picture.mjs';
import { framesOf, PARTS, record, round, summary } from './canvas-trace.mjs';

const { canvas: canvasWords, playground: words } = (await loadSource('lib/words/en/index.ts')).en;
const LIMIT_MS = 8;
const DRAG_STEPS = 40; // at each of three scales
const WHEEL_STEPS = 40; // in, and as many out
const NOTCH = 60;
const GPU_FLAGS = [
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
];

const { values: options } = parseArgs({
  options: {
    url: { type: 'string' },
    gpu: { type: 'boolean', default: false },
    ratio: { type: 'string', default: '1' },
    forks: { type: 'string', default: '0' },
    trace: { type: 'string' },
  },
});

const status = (page, text) => page.locator('p[role="status"][aria-live="polite"]').filter({ hasText: text }).waitFor();

/** Opens the picture as a file, then the run that looked at it; both decode all 24 megapixels. */
async function prepare(page) {
  await page.goto('/');
  const jpeg = await drawPicture(page);
  const began = performance.now();
  await page
    .getByLabel(words.intake.file)
    .first()
    .setInputFiles({ name: 'bench.jpg', mimeType: 'image/jpeg', buffer: jpeg });
  await status(page, words.status.ready('').slice(0, -1));
  const openMs = performance.now() - began;
  const boxes = await keepRun(page, jpeg, Number(options.forks));
  await page.goto(`/?run=${RUN_ID}`);
  await status(page, 'Answer:');
  const canvas = page.locator('[data-canvas]');
  await canvas.waitFor();
  // The smaller levels of the picture are made in the background; a gesture finds them made.
  await page.waitForTimeout(3000);
  const place = await canvas.boundingBox();
  if (!place) throw new Error('The canvas is not on screen.');
  const named = (await canvas.getAttribute('aria-label')) ?? '';
  return { jpeg, openMs, boxes, place, named, canvas };
}

/**
 * The hand: input straight into the browser, each event after the page has taken the one before. Playwright's own mouse adds
 * listeners and timers to the page, which would be measured with it.
 */
function handOn(input) {
  const send = (type, x, y, more) => input.send('Input.dispatchMouseEvent', { type, x, y, ...more });
  return {
    /** A figure of eight around the middle, so that every step moves both ways and ends where it began. */
    async drag({ x, y, width, height }) {
      const middle = { x: x + width / 2, y: y + height / 2 };
      const held = { button: 'left', buttons: 1 };
      await send('mousePressed', middle.x, middle.y, { ...held, clickCount: 1 });
      for (let step = 1; step <= DRAG_STEPS; step += 1) {
        const turn = (2 * Math.PI * step) / DRAG_STEPS;
        const at = [middle.x + width * 0.3 * Math.sin(turn), middle.y + height * 0.3 * Math.sin(2 * turn)];
        await send('mouseMoved', ...at, held);
      }
      await send('mouseReleased', middle.x, middle.y, { button: 'left', clickCount: 1 });
    },
    /** Along a strip and back, held down. */
    async scrub({ x, y, width, height }) {
      const held = { button: 'left', buttons: 1 };
      const middle = y + height / 2;
      const at = (step) => x + width * (0.02 + 0.96 * Math.abs(1 - (2 * step) / DRAG_STEPS));
      await send('mousePressed', at(0), middle, { ...held, clickCount: 1 });
      for (let step = 1; step <= DRAG_STEPS; step += 1) await send('mouseMoved', at(step), middle, held);
      await send('mouseReleased', at(DRAG_STEPS), middle, { button: 'left', clickCount: 1 });
    },
    async wheel({ x, y, width, height }, deltaY) {
      for (let step = 0; step < WHEEL_STEPS; step += 1) {
        await send('mouseWheel', x + width * 0.45, y + height * 0.55, { deltaX: 0, deltaY });
      }
    },
  };
}

const scaleOf = async (canvas) => Number(await canvas.getAttribute('data-scale'));

/** Runs a gesture under the trace; the pause before lets the last one come to rest. */
async function measure(page, cdp, name, gesture) {
  await page.waitForTimeout(500);
  const events = await record(cdp, gesture);
  if (options.trace) await writeFile(join(options.trace, `${name}.json`), JSON.stringify({ traceEvents: events }));
  return framesOf(events).map((frame) => ({ ...frame, name }));
}

/** By keys: exact steps from the whole picture, at rest after each. */
async function zoomByKeys(page, canvas, presses) {
  await canvas.locator('..').focus();
  await page.getByRole('button', { name: canvasWords.fit }).click();
  await canvas.locator('..').focus();
  for (let press = 0; press < presses; press += 1) await page.keyboard.press('+');
  await page.waitForTimeout(1000);
}

async function benchmark(url) {
  const launch = launchOptions({ webgpu: false });
  const browser = await chromium.launch({ ...launch, args: [...launch.args, ...(options.gpu ? GPU_FLAGS : [])] });
  try {
    const page = await browser.newPage({
      baseURL: url,
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor: Number(options.ratio),
    });
    page.setDefaultTimeout(180_000);
    const { jpeg, openMs, boxes, place, named, canvas } = await prepare(page);
    const cdp = await browser.newBrowserCDPSession();
    const hand = handOn(await page.context().newCDPSession(page));
    const { gpu } = await cdp.send('SystemInfo.getInfo');
    const size = `${Math.round(place.width)}×${Math.round(place.height)}`;
    console.log(
      `Chromium ${browser.version()}, 2D canvas: ${gpu.featureStatus?.['2d_canvas'] ?? 'unknown'}; ` +
        `canvas ${size} CSS px at ratio ${options.ratio}; ${cpus().length} cores, load ${loadavg()[0].toFixed(1)}`,
    );
    console.log(
      `Picture ${SIZE.width}×${SIZE.height}, ${(jpeg.length / 1e6).toFixed(1)} MB, opened in ${Math.round(openMs)} ms; ` +
        `${boxes} boxes. "${named}"`,
    );
    const drags = [];
    for (const presses of [0, 5, 11]) {
      await zoomByKeys(page, canvas, presses);
      const scale = await scaleOf(canvas);
      const name = `drag at ${round(100 * scale)} %`;
      drags.push(...(await measure(page, cdp, name, () => hand.drag(place))));
    }
    await zoomByKeys(page, canvas, 0);
    const before = await scaleOf(canvas);
    const zoomIn = await measure(page, cdp, 'zoom in', () => hand.wheel(place, -NOTCH));
    await page.waitForTimeout(500);
    const near = await scaleOf(canvas);
    const zoomOut = await measure(page, cdp, 'zoom out', () => hand.wheel(place, NOTCH));
    console.log(`Wheel: from ${round(100 * before)} % to ${round(100 * near)} % and back.`);
    await zoomByKeys(page, canvas, 0);
    const strip = await page.locator('[data-timeline]').boundingBox();
    const timeline = strip ? await measure(page, cdp, 'timeline', () => hand.scrub(strip)) : [];
    const branches = await page.locator('[data-branch]').count();
    console.log(`${branches} runs in the tree beside it.`);
    return { drag: drags, zoom: [...zoomIn, ...zoomOut], timeline };
  } finally {
    await browser.close();
  }
}

function printRow(name, frames) {
  const clocks = ['cpu', 'wall'].map((clock) => {
    if (frames.some((frame) => frame[clock] === null)) return `${clock} not in the trace`.padEnd(44);
    const { p50, p95, max } = summary(frames.map((frame) => frame[clock]));
    const cell = (value) => value.toFixed(2).padStart(6);
    return `${clock} median ${cell(p50)}  p95 ${cell(p95)}  max ${cell(max)}`;
  });
  console.log(`${name.padEnd(18)} ${String(frames.length).padStart(4)} frames   ${clocks.join('   ')}`);
}

function printParts(name, frames) {
  const mean = (part) => frames.reduce((sum, frame) => sum + (frame.parts[part] ?? 0), 0) / frames.length;
  console.log(`${name.padEnd(18)} mean ms: ${PARTS.map((part) => `${part} ${mean(part).toFixed(2)}`).join(', ')}`);
}

const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
try {
  const gestures = await benchmark(app.url);
  const result = {};
  for (const [gesture, frames] of Object.entries(gestures)) {
    for (const name of new Set(frames.map((frame) => frame.name))) {
      printRow(
        name,
        frames.filter((frame) => frame.name === name),
      );
    }
    printRow(gesture, frames);
    printParts(gesture, frames);
    const clock = frames.some(({ cpu }) => cpu === null) ? 'wall' : 'cpu';
    result[gesture] = {
      ...summary(frames.map((frame) => frame[clock])),
      clock,
      wall: summary(frames.map(({ wall }) => wall)),
    };
    const { p95 } = result[gesture];
    console.log(
      `${gesture}: p95 ${p95} ms a frame (${clock}), limit ${LIMIT_MS} ms: ${p95 <= LIMIT_MS ? 'met' : 'NOT met'}`,
    );
  }
  console.log(JSON.stringify({ ...result, limitMs: LIMIT_MS }));
} finally {
  await app.stop();
}
