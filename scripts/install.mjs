/**
 * Makes sure that what package-lock.json asks for is installed, with Node built-ins only: `npm start` and `npm test` run this
 * on a fresh clone, before node_modules exists. Throws `SetupError` with what to do.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** As in package.json's `engines`: what the tools of the build and the tests (Vite, ESLint, Vitest) run on. */
const OLDEST_OF_LINE = new Map([
  [20, 19],
  [22, 13],
]);
const NEWER_FROM = 24;

/** Something about this machine that the person has to change; the message says what. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** @throws SetupError where this Node is too old */
export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major >= NEWER_FROM || minor >= (OLDEST_OF_LINE.get(major) ?? Infinity)) return;
  throw new SetupError(
    `Node 20.19, 22.13, 24 or newer is needed; this is ${version}. Install a current Node and try again.`,
  );
}

function packagesOf(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/** npm leaves its own account of what it installed: the lockfile's required packages must be in it, at the same versions. */
export function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(
    ([path, entry]) => path === '' || entry.optional || entry.devOptional || installed[path]?.version === entry.version,
  );
}

/** Runs a command in the root with its output on this terminal; returns its exit code. */
export function runCommand(command, args, env = {}) {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  if (error) throw new SetupError(`Could not run ${command}: ${error.message}`);
  return status ?? 1;
}

/** The same while other work goes on. @returns {Promise<number>} its exit code */
export async function runBeside(command, args, env = {}) {
  const running = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  const [code] = await once(running, 'close');
  return code ?? 1;
}

/** Runs a JavaScript program of an installed package with this same Node. */
export function runProgram(path, args, env = {}) {
  return runCommand(process.execPath, [join(ROOT, 'node_modules', path), ...args], env);
}

/**
 * Runs a script of the repository, or a program of an installed package, without waiting in between: several at once, each of
 * which tells what it printed when it is done.
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runQuietly(path, args = [], env = {}) {
  const chunks = [];
  const running = spawn(process.execPath, [join(ROOT, path), ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  for (const stream of [running.stdout, running.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const [code] = await once(running, 'close');
  return { code: code ?? 1, output: Buffer.concat(chunks).toString() };
}

export function ensureInstalled() {
  checkNode();
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  if (runCommand('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']) !== 0) {
    throw new SetupError(
      'npm ci failed; its own words are above. Check the network connection and run the command again.',
    );
  }
}

/** Runs `main` and turns what it throws into words and an exit code. */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
