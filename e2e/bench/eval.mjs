/**
 * `npm run eval -- --data DIR`: measures the shipped model on a folder of scenes, by the app's own bench page in a headless
 * Chromium: its engine, its agent, greedy, one question after another. docs/evaluation.md defines every number. Each result is
 * written as it comes, so that a run that is cut off leaves what it finished.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../scripts/find-chromium.mjs';
import { runMain, SetupError } from '../../scripts/install.mjs';
import { formatReport } from './eval-report.mjs';
import { loadSource } from './load-source.mjs';
import { startApp } from './start-app.mjs';

const HELP = `npm run eval -- --data DIR [options]

Asks every question of the scenes in DIR (npm run scenes writes such a folder; V*'s pictures and files
do as well), with tools and without, and prints how often the model is right.

  --data DIR           folder of scenes
  --tools both|on|off  with and without tools (both), only with, only without
  --device wasm|webgpu what the model runs on (wasm)
  --limit N            at most N questions, taken evenly over the set
  --out DIR            where results.jsonl, results.csv and summary.json go
                       (test-results/eval/<time>)
  --json               the last line of the output is one JSON object
  --url URL            an app that is running already; else one is started, and built if need be
`;

const { en } = await loadSource('lib/words/en/index.ts');
const { say, sayWritten } = await loadSource('lib/words/phrase.ts');
const { plan } = en.bench;
const WAYS = { both: plan.both, on: en.bench.withTools, off: en.bench.without };
const { wasm, webgpu } = en.common.devices;
const DEVICES = { wasm, webgpu };
const MODEL = '/models/loupe-nano/';
/** A large folder takes a while to be read; one with nothing in it is not answered at all. */
const READING_MS = 60_000;
const ENDED = ['done', 'failed', 'stopped'];

function readArguments() {
  let options;
  try {
    options = parseArgs({
      options: {
        data: { type: 'string' },
        tools: { type: 'string', default: 'both' },
        device: { type: 'string', default: 'wasm' },
        limit: { type: 'string', default: '' },
        out: { type: 'string' },
        json: { type: 'boolean', default: false },
        url: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error.message}\n\n${HELP}`);
  }
  if (options.help) return options;
  const wrong = (words) => new SetupError(`${words}\n\n${HELP}`);
  if (!options.data) throw wrong('--data says where the scenes are.');
  if (!existsSync(options.data) || !statSync(options.data).isDirectory()) {
    throw wrong(`There is no folder ${options.data}.`);
  }
  if (readdirSync(options.data).length === 0) throw wrong(`There is nothing in ${options.data}.`);
  if (!(options.tools in WAYS)) throw wrong('--tools is both, on or off.');
  if (!(options.device in DEVICES)) throw wrong('--device is wasm or webgpu.');
  if (options.limit && !/^[1-9]\d*$/.test(options.limit)) throw wrong('--limit is a whole number from 1.');
  return options;
}

/** What does not come in time has not happened. */
const quiet = (promise) => promise.catch(() => null);

/** What a person would choose on the page. @returns the files that cannot be used, with the reasons (the page lists 50), and how many */
async function choose(page, { data, tools, device, limit }) {
  await page.goto('/bench');
  await page.getByText(plan.theShippedScenes, { exact: true }).waitFor();
  const folder = resolve(data);
  await page.getByLabel(plan.folderOfScenes).setInputFiles(folder);
  const refused = page.getByRole('alert').filter({ hasText: plan.unusable(basename(folder)) });
  // Its name stands there in bold once it is taken, and not before: else the shipped scenes would be measured in its place.
  const named = page.locator('strong').and(page.getByText(basename(folder), { exact: true }));
  const taken = named.waitFor({ timeout: READING_MS }).then(() => true);
  const answered = await Promise.race([taken, refused.waitFor({ timeout: READING_MS }).then(() => false)].map(quiet));
  if (!answered) {
    const words = (await refused.isVisible()) ? (await refused.innerText()).split('\n').slice(0, 5).join('\n') : '';
    throw new SetupError(words || `There are no scenes in ${data}.`);
  }
  await page.getByRole('radio', { name: WAYS[tools], exact: true }).check({ force: true });
  await page.getByRole('radio', { name: DEVICES[device], exact: true }).check({ force: true });
  await page.getByLabel(plan.most).fill(limit);
  const unused = page.locator('details').filter({ hasText: plan.notUsed });
  const words = await unused.locator('li').allTextContents();
  const [count] = words.length > 0 ? (/\d+/.exec(await unused.locator('summary').innerText()) ?? []) : [];
  return { words, count: Number(count ?? 0) };
}

/** Why a file is passed over, as the page says it. */
function reasonOf({ file, reason, picture }) {
  const why = [say(en.bench.problems, reason), picture ? say(en.image.problems, picture) : ''];
  return `${file ?? ''}: ${why.filter(Boolean).join(' ')}`;
}

/** Why it ended early, as the page says it; '' where it did not. */
function failureOf({ failure }) {
  const message = failure?.message ?? '';
  return sayWritten(en.engine.problems, message) ?? message;
}

/** Runs it to its end; `take` gets every result as it comes. Resolves with how it ended. */
async function measure(page, take) {
  await page.exposeFunction('loupeTake', take);
  // The binding is asked in order and waited for: no result is behind when the end is told.
  await page.evaluate((ended) => {
    let given = 0;
    let last = Promise.resolve();
    window.loupeEnded = new Promise((resolve) => {
      window.loupeBench.subscribe(({ results, phase, problems, failure, total }) => {
        for (; given < results.length; given += 1) {
          const result = results[given];
          last = last.then(() => window.loupeTake(result, total));
        }
        if (ended.includes(phase)) last.then(() => resolve({ phase, problems, failure }));
      });
    });
  }, ENDED);
  await page.getByRole('button', { name: en.bench.bar.run, exact: true }).click();
  return page.evaluate(() => window.loupeEnded);
}

/** The manifest names the hash of every file of the model, and the engine checks them: its own hash stands for all. */
async function hashOfModel(url) {
  const answer = await fetch(new URL(`${MODEL}manifest.json`, url));
  return createHash('sha256')
    .update(Buffer.from(await answer.arrayBuffer()))
    .digest('hex');
}

function createOutput(folder) {
  mkdirSync(folder, { recursive: true });
  const lines = join(folder, 'results.jsonl');
  writeFileSync(lines, '');
  return {
    line: (text) => appendFileSync(lines, `${text}\n`),
    write: (name, text) => writeFileSync(join(folder, name), text),
  };
}

const difference = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : null);

/** @param {import('../../lib/bench').Summary} summary */
function objectOf(summary, { device, modelSha256, passedOver }) {
  const column = summary.withTools ?? summary.without;
  const kinds = (which) =>
    which && Object.fromEntries(Object.entries(which.byKind).map(([kind, { accuracy }]) => [kind, accuracy]));
  const { withTools, without, looks } = summary;
  return {
    accuracy: column?.accuracy ?? null,
    byKind: kinds(column) ?? {},
    meanIou: looks?.meanIou ?? null,
    lastCallIou: looks?.lastCallIou ?? null,
    callsPerQuestion: looks?.callsPerQuestion ?? null,
    answeredWithoutCall: looks?.answeredWithoutCall ?? null,
    existenceF1: column?.existence?.f1 ?? null,
    n: column?.n ?? 0,
    device,
    modelSha256,
    tools: withTools !== null,
    needsZoomAccuracy: column?.needsZoom.accuracy ?? null,
    needsNoZoomAccuracy: column?.needsNoZoom.accuracy ?? null,
    accuracyWithoutTools: without?.accuracy ?? null,
    byKindWithoutTools: kinds(without),
    needsZoomAccuracyWithoutTools: without?.needsZoom.accuracy ?? null,
    gap: withTools && without ? withTools.accuracy - without.accuracy : null,
    needsZoomGap: difference(withTools?.needsZoom.accuracy, without?.needsZoom.accuracy),
    targetIou: looks?.targetIou ?? null,
    tagInLastCall: looks?.tagInLastCall ?? null,
    lookedWhereNeeded: looks?.lookedWhereNeeded ?? null,
    existence: column?.existence ?? null,
    tokensPerQuestion: column?.tokensPerQuestion ?? null,
    secondsPerQuestion: column?.secondsPerQuestion ?? null,
    filesPassedOver: passedOver,
  };
}

await runMain(async () => {
  const options = readArguments();
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  const folder = resolve(options.out ?? join('test-results', 'eval', new Date().toISOString().replace(/[:.]/g, '-')));
  const { csvOf, jsonLineOf, summarize } = await loadSource('lib/bench/index.ts');
  const { columnsOf, textOf } = await loadSource('lib/bench/realx.ts');
  const app = options.url ? { url: options.url, stop: () => undefined } : await startApp();
  const results = [];
  let end = { phase: 'cut off', problems: [], failure: null };
  let modelSha256 = null;
  let unused = { words: [], count: 0 };
  const browser = await chromium.launch(launchOptions({ webgpu: options.device === 'webgpu' }));
  const quit = () => void browser.close();
  process.once('SIGINT', quit).once('SIGTERM', quit);
  try {
    modelSha256 = await hashOfModel(app.url);
    const page = await browser.newPage({ baseURL: app.url });
    unused = await choose(page, options);
    const output = createOutput(folder);
    end = await measure(page, (result, total) => {
      results.push(result);
      output.line(jsonLineOf(result));
      if (results.length % 10 === 0) console.error(`${results.length} of ${total} runs`);
    });
  } catch (error) {
    // What is finished is reported all the same.
    if (results.length === 0) throw error;
    end = { ...end, failure: { code: 'cut-off', message: error.message.split('\n')[0] } };
  } finally {
    await browser.close();
    await app.stop();
  }
  if (results.length === 0) throw new SetupError(failureOf(end) || 'Not one question could be asked.');
  const device = results[0].trajectory.models[0]?.device ?? 'unknown';
  const summary = summarize(results);
  const passedOver = [...unused.words, ...end.problems.map(reasonOf)];
  const object = objectOf(summary, { device, modelSha256, passedOver: unused.count + end.problems.length });
  writeFileSync(join(folder, 'results.csv'), csvOf(results));
  writeFileSync(join(folder, 'summary.json'), `${JSON.stringify(object, null, 2)}\n`);
  console.log(formatReport(summary));
  if (results.some(({ abilities }) => abilities)) {
    const labelled = results.filter(({ abilities }) => abilities);
    console.log(`\n${textOf(columnsOf(labelled))}`);
  }
  for (const words of passedOver) console.log(`Passed over: ${words}`);
  if (end.phase !== 'done') console.log(`Not finished (${end.phase}). ${failureOf(end)}`);
  console.log(`\nOn ${device}, model ${modelSha256}. Every run: ${folder}`);
  if (options.json) console.log(JSON.stringify(object));
  return end.phase === 'done' ? 0 : 1;
});
