/**
 * Makes ready what the build does not: Python's files (python-files.mjs), and ONNX Runtime's files under `public/ort/<version>/`, each raw, in brotli and in gzip,
 * with a `files.json` that says what is there. lib/server/static-files.ts says how they are served. Compressing takes about ten seconds once; afterwards the
 * hashes in files.json say that nothing changed.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toBrotli, toGzip } from './compress.mjs';
import { preparePython } from './python-files.mjs';
import { ORT_DIST, ORT_FILES, ORT_VERSION } from './ort-files.mjs';

const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'public/ort', ORT_VERSION);
const listPath = join(folder, 'files.json');

async function readList() {
  try {
    return JSON.parse(await readFile(listPath, 'utf8'));
  } catch {
    return [];
  }
}

async function prepareFile(name, known) {
  const bytes = await readFile(join(ORT_DIST, name));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = join(folder, name);
  const complete = ['', '.br', '.gz'].every((ending) => existsSync(path + ending));
  if (known?.sha256 === sha256 && complete) return { entry: known, fresh: false };
  const [br, gz] = await Promise.all([toBrotli(bytes), toGzip(bytes)]);
  await Promise.all([writeFile(path, bytes), writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
  return { entry: { name, sha256, bytes: bytes.length, br: br.length, gzip: gz.length }, fresh: true };
}

export async function prepare() {
  await preparePython();
  await mkdir(folder, { recursive: true });
  const known = new Map((await readList()).map((entry) => [entry.name, entry]));
  const results = await Promise.all(ORT_FILES.map((name) => prepareFile(name, known.get(name))));
  const fresh = results.filter((result) => result.fresh);
  if (fresh.length === 0) return;
  // The list appears last and whole: a build cut short leaves no half-true list.
  await writeFile(
    `${listPath}.new`,
    `${JSON.stringify(
      results.map((result) => result.entry),
      null,
      2,
    )}\n`,
  );
  await rm(listPath, { force: true });
  await rename(`${listPath}.new`, listPath);
  const sum = (key) => (fresh.reduce((total, { entry }) => total + entry[key], 0) / 1e6).toFixed(1);
  console.log(`Prepared ${fresh.length} ONNX Runtime files: ${sum('bytes')} MB, ${sum('br')} MB in brotli.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await prepare();
