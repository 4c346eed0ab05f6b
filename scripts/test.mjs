/**
 * `npm test`: everything a fresh clone needs to be believed. Installs what is missing (packages, a browser), then the checks,
 * unit tests, browser tests, the build and the stories. Goes on after a failure; the last line is `N passed, N failed`, counted
 * from the runners' own JSON reports. A check or the build counts as one.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './browser.mjs';
import { build, isBuilt } from './build.mjs';
import { ensureInstalled, ROOT, runMain, runProgram, runProgramQuietly, SetupError } from './install.mjs';

const REPORTS = join(ROOT, 'test-results', 'reports');

const CHECKS = [
  ['formatting (prettier)', 'prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']],
  ['lint (eslint)', 'eslint/bin/eslint.js', ['.']],
  ['types of the page (tsc)', 'typescript/bin/tsc', ['--noEmit']],
  ['types of the workers (tsc)', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.worker.json']],
  ['unused code (knip)', 'knip/bin/knip.js', []],
];

function vitest(project) {
  const report = join(REPORTS, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  // Said outright: Vite's build, which may have run in this process, leaves `production` behind, and React's production
  // build has no `act`, without which a browser test sees no second render.
  const code = runProgram('vitest/vitest.mjs', args, { NODE_ENV: 'test' });
  return counted(code, report, (json) => ({ passed: json.numPassedTests, failed: json.numFailedTests }));
}

function stories() {
  const report = join(REPORTS, 'e2e.json');
  const code = runProgram('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  return counted(code, report, ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }));
}

/** A runner that failed without a failed test (a crash, an unhandled error, no report) counts as one failure. */
function counted(code, report, read) {
  let counts = { passed: 0, failed: 0 };
  try {
    counts = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error(`The runner left no readable report at ${report}.`);
    return { passed: 0, failed: 1 };
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

const asOne = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

async function builds() {
  try {
    if (!isBuilt()) await build();
    return asOne(0);
  } catch (error) {
    console.error(error instanceof SetupError ? error.message : error);
    return asOne(1);
  }
}

/** Each takes one core and waits for no other, so they run at once. */
function checks() {
  return Promise.all(
    CHECKS.map(([title, program, args]) =>
      timed(title, async () => {
        const { code, output } = await runProgramQuietly(program, args);
        console.log(`\n── ${title}\n${output}`);
        return asOne(code);
      }),
    ),
  );
}

async function timed(title, run) {
  const began = Date.now();
  return { title, ...(await run()), seconds: Math.round((Date.now() - began) / 1000) };
}

/** A step with its title above it. */
function told(title, run) {
  console.log(`\n── ${title}`);
  return timed(title, run);
}

await runMain(async () => {
  ensureInstalled();
  await ensureBrowser();
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });

  const rows = [
    // First, because the page's types are checked against what the build generates.
    await told('build', builds),
    ...(await checks()),
    await told('unit tests', () => vitest('unit')),
    await told('browser tests', () => vitest('browser')),
    await told('stories (e2e)', stories),
  ];

  console.log('');
  for (const { title, passed, failed, seconds } of rows) {
    console.log(`${title.padEnd(30)} ${`${passed} passed, ${failed} failed`.padEnd(28)} ${seconds} s`);
  }
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
});
