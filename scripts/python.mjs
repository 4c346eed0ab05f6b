/**
 * The one way to the training code's Python: a virtual environment in `.venv`, with what is asked for installed. `drawing` is
 * what drawing scenes takes (numpy, Pillow), `training` is everything. Versions are those of training/requirements.txt.
 * `node scripts/python.mjs training` makes it ready for .ci/run. Node built-ins only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackagesNow } from './debian.mjs';
import { ROOT, runCommand, runMain, SetupError } from './install.mjs';

const VENV = join(ROOT, '.venv');
const REQUIREMENTS = join(ROOT, 'training', 'requirements.txt');
const DRAWING = /^(numpy|pillow)==/;
export const PYTHON = join(VENV, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));

const quietly = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

function requirements(purpose) {
  const lines = readFileSync(REQUIREMENTS, 'utf8').split('\n').filter(Boolean);
  return purpose === 'drawing' ? lines.filter((line) => DRAWING.test(line)) : lines;
}

/** Asked of the environment itself: installing what is there already takes seconds and a network. */
function isReady(wanted) {
  if (!existsSync(PYTHON)) return false;
  const check = `import sys, importlib.metadata as m
sys.exit(any(m.version(n).split('+')[0] != v for n, v in (w.split('==') for w in sys.argv[1:])))`;
  return quietly(PYTHON, ['-c', check, ...wanted]);
}

function makeVenv() {
  if (existsSync(PYTHON) && quietly(PYTHON, ['-m', 'pip', '--version'])) return;
  const python = process.platform === 'win32' ? 'python' : 'python3';
  if (!quietly(python, ['-c', 'import ensurepip, venv'])) installPackagesNow(['python3-venv']);
  if (runCommand(python, ['-m', 'venv', VENV]) !== 0) {
    throw new SetupError('No virtual environment could be made. Python 3.11 or newer with its venv module is needed.');
  }
}

/** @param {'drawing' | 'training'} purpose */
export function ensurePython(purpose) {
  const wanted = requirements(purpose);
  if (isReady(wanted)) return;
  makeVenv();
  console.error(`Installing Python packages for ${purpose} into .venv …`);
  const quiet = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check'];
  // Their words go to the error output: a command's own result is what stands on its output.
  const { status } = spawnSync(PYTHON, [...quiet, ...wanted], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new SetupError('pip could not install them; its own words are above.');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(() => ensurePython(process.argv[2] === 'drawing' ? 'drawing' : 'training'));
}
