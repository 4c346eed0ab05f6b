/**
 * Makes ready what Python in the page is made of (lib/python), under `public/python/`: Pyodide's WebAssembly and standard library, the
 * worker that runs them in one script, and the frame it runs in. Each has its hash in its name, so that every answer can be immutable;
 * `files.json`, which names them, is asked for anew. Compressing takes some seconds once.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toBrotli, toGzip } from './compress.mjs';
import { FRAME_HTML, PYTHON_FOLDER } from './python-frame.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'node_modules/pyodide');

/** Pyodide looks where it was loaded from; everything it asks for is handed to it, so that this names nothing. */
const NOWHERE = JSON.stringify('https://python.invalid/worker.js');

async function bundleWorker() {
  const vite = await import('vite');
  const built = await vite.build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: { alias: { '@': root } },
    plugins: [
      {
        name: 'from-nowhere',
        enforce: 'pre',
        // Before Vite sees an address of WebAssembly, which it would put into the script.
        transform: (code) => (code.includes('import.meta.url') ? code.replaceAll('import.meta.url', NOWHERE) : null),
      },
    ],
    build: {
      write: false,
      target: 'safari16.4',
      lib: {
        entry: join(root, 'lib/python/worker/python-worker.ts'),
        formats: ['iife'],
        name: 'python',
        fileName: () => 'worker.js',
      },
    },
  });
  const [{ output }] = Array.isArray(built) ? built : [built];
  return Buffer.from(output[0].code);
}

/** Of each: its name before the hash, how it ends, its bytes, and whether it is worth compressing. */
async function sources() {
  const of = (name) => readFile(join(dist, name));
  return {
    frame: { ending: 'html', bytes: Buffer.from(FRAME_HTML) },
    worker: { ending: 'js', bytes: await bundleWorker() },
    wasm: { ending: 'wasm', bytes: await of('pyodide.asm.wasm') },
    lock: { ending: 'json', bytes: await of('pyodide-lock.json') },
    stdlib: { ending: 'zip', bytes: await of('python_stdlib.zip') },
  };
}

export async function preparePython() {
  await mkdir(PYTHON_FOLDER, { recursive: true });
  const files = {};
  let fresh = 0;
  for (const [part, { ending, bytes }] of Object.entries(await sources())) {
    const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const name = `${part}.${hash}.${ending}`;
    files[part] = { name, bytes: bytes.length };
    const path = join(PYTHON_FOLDER, name);
    if (['', '.br', '.gz'].every((stored) => existsSync(path + stored))) continue;
    const [br, gz] = await Promise.all([toBrotli(bytes), toGzip(bytes)]);
    await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
    await writeFile(path, bytes);
    fresh += 1;
  }
  // What an earlier version left.
  const named = new Set(Object.values(files).flatMap(({ name }) => ['', '.br', '.gz'].map((stored) => name + stored)));
  for (const name of readdirSync(PYTHON_FOLDER)) {
    if (name !== 'files.json' && !named.has(name)) await rm(join(PYTHON_FOLDER, name), { force: true });
  }
  const list = join(PYTHON_FOLDER, 'files.json');
  await writeFile(`${list}.new`, `${JSON.stringify(files, null, 2)}\n`);
  await rename(`${list}.new`, list);
  if (fresh > 0) console.log(`Prepared ${fresh} files of Python.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await preparePython();
