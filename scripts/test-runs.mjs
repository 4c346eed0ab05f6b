/**
 * What `npm test` and `npm run test:long` share: running Vitest and Playwright, counting from their own JSON reports, and the
 * table at the end with the ten slowest files and `N passed, N failed` as the last line. A check or the build counts as one.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, runBeside } from './install.mjs';

const REPORTS = join(ROOT, 'test-results', 'reports');
const SLOWEST = 10;

/** What a step is made of: `{ passed, failed, files }`, `files` being `{ file, seconds }` of those it ran. */
const nothing = (passed, failed) => ({ passed, failed, files: [] });

export const asOne = (code) => (code === 0 ? nothing(1, 0) : nothing(0, 1));

export function forgetReports() {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
}

const program = (path, args, env) => runBeside(process.execPath, [join(ROOT, 'node_modules', path), ...args], env);

/** @param {'unit' | 'browser'} project @param {'short' | 'long'} suite */
export async function vitest(project, suite) {
  const report = join(REPORTS, `${suite}-${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  // Said outright: Vite's build, which may have run in this process, leaves `production` behind, and React's production
  // build has no `act`, without which a browser test sees no second render.
  const code = await program('vitest/vitest.mjs', args, { NODE_ENV: 'test', LOUPE_SUITE: suite });
  return counted(code, report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    files: json.testResults.map(({ name, startTime, endTime }) => ({
      file: `${relative(ROOT, name)} (${project})`,
      seconds: (endTime - startTime) / 1000,
    })),
  }));
}

/** @param {readonly ('pages' | 'wasm' | 'webgpu')[]} projects @param {'short' | 'long'} suite @param {number} workers */
export async function stories(projects, suite, workers) {
  const report = join(REPORTS, `${suite}-${projects.join('-')}.json`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  const args = ['test', ...chosen, `--workers=${workers}`, '--reporter=list,json'];
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, LOUPE_SUITE: suite };
  const code = await program('@playwright/test/cli.js', args, env);
  return counted(code, report, ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    files: suites.flatMap(filesOf),
  }));
}

/** Of a file's tests by project, which is where it was told. */
function filesOf(suite) {
  const seconds = new Map();
  const add = ({ specs = [], suites = [] }) => {
    for (const { projectName, results } of specs.flatMap(({ tests }) => tests)) {
      const took = results.reduce((sum, { duration }) => sum + duration / 1000, 0);
      seconds.set(projectName, (seconds.get(projectName) ?? 0) + took);
    }
    suites.forEach(add);
  };
  add(suite);
  return [...seconds].map(([project, took]) => ({ file: `e2e/${suite.file} (${project})`, seconds: took }));
}

/** A runner that failed without a failed test (a crash, an unhandled error, no report) counts as one failure. */
function counted(code, report, read) {
  let counts;
  try {
    counts = read(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    console.error(`The runner left no readable report at ${report}.`);
    return nothing(0, 1);
  }
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** @returns {Promise<{ title: string, passed: number, failed: number, seconds: number, files: readonly { file: string, seconds: number }[] }>} */
export async function timed(title, run) {
  const began = Date.now();
  return { title, ...(await run()), seconds: (Date.now() - began) / 1000 };
}

/** A step with its title above it. */
export function told(title, run) {
  console.log(`\n── ${title}`);
  return timed(title, run);
}

/** Prints the table. @returns the exit code */
export function sumUp(rows) {
  const whole = (seconds) => `${Math.round(seconds)} s`;
  console.log('');
  for (const { title, passed, failed, seconds } of rows) {
    console.log(`${title.padEnd(34)} ${`${passed} passed, ${failed} failed`.padEnd(28)} ${whole(seconds)}`);
  }
  const files = rows.flatMap((row) => row.files).sort((a, b) => b.seconds - a.seconds);
  console.log(`\nThe ${Math.min(SLOWEST, files.length)} slowest files:`);
  for (const { file, seconds } of files.slice(0, SLOWEST)) console.log(`${whole(seconds).padStart(6)}  ${file}`);
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') === 0 ? 0 : 1;
}
