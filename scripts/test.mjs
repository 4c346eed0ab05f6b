/**
 * `npm test`, the short form: everything a fresh clone needs to be believed. Installs what is missing (packages, a browser),
 * then two lines of work beside each other: build, checks and stories; unit and browser tests. Goes on after a failure. What is
 * longer and proves no more: test-long.mjs.
 */
import { beginBrowser, ensureBrowser } from './browser.mjs';
import { isBuilt } from './build.mjs';
import { ensureInstalled, runMain, runQuietly } from './install.mjs';
import { asOne, forgetReports, stories, sumUp, timed, told, vitest } from './test-runs.mjs';

const CHECKS = [
  ['lint (eslint)', 'eslint/bin/eslint.js', ['.']],
  ['types of the page (tsc)', 'typescript-7/bin/tsc', ['--noEmit', '--incremental', 'false']],
  [
    'types of the workers (tsc)',
    'typescript-7/bin/tsc',
    ['--noEmit', '--incremental', 'false', '-p', 'tsconfig.worker.json'],
  ],
  ['formatting (prettier)', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']],
  ['unused code (knip)', 'knip/bin/knip.js', []],
];

/** Says what it printed when it is done: others print meanwhile. */
function quietly(title, path, args) {
  return timed(title, async () => {
    const { code, output } = await runQuietly(path, args);
    console.log(`\n── ${title}: ${code === 0 ? 'passed' : 'failed'}\n${output}`);
    return asOne(code);
  });
}

/** One after the other: each takes one core or little more, and the tests of the other line the rest. */
async function appAndStories() {
  // First, because the page's types are checked against what the build generates.
  const rows = [isBuilt() ? await timed('build', () => asOne(0)) : await quietly('build', 'scripts/build.mjs', [])];
  for (const [title, path, args] of CHECKS) rows.push(await quietly(title, `node_modules/${path}`, args));
  rows.push(await told('stories', () => stories(['pages', 'wasm', 'webgpu'], 'short', 2)));
  return rows;
}

async function tests() {
  return [
    await told('unit tests', () => vitest('unit', 'short')),
    await told('browser tests', () => vitest('browser', 'short')),
  ];
}

await runMain(async () => {
  const browser = beginBrowser();
  ensureInstalled();
  await ensureBrowser(browser);
  forgetReports();
  return sumUp((await Promise.all([appAndStories(), tests()])).flat());
});
