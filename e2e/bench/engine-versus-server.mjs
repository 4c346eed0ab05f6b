/**
 * What the comparison of engine-versus.mjs runs on: a model with random weights in a cache folder, the page built by Vite, and
 * one server for both, both ONNX Runtimes and the model in the hub's layout. The page is cross-origin isolated, so that both
 * sides have threads.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, extname, join, relative } from 'node:path';
import { build } from 'vite';
import { ORT_ALIASES, ORT_BASE, ORT_DIST } from '../../scripts/ort-files.mjs';
import { loadSource } from './load-source.mjs';

const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'engine-versus');
const GENERATOR = 'lib/engine/fixtures/tiny-models';
/** What a model depends on. */
const SOURCES = [GENERATOR, 'lib/engine/worker/runtime/onnx'];
const THEIRS = join(ROOT, 'node_modules', '@huggingface', 'transformers');

const PREPROCESSOR = 'preprocessor_config.json';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** npm puts it beside the package where the app's own is another version. */
const THEIR_ORT = [join(THEIRS, 'node_modules', 'onnxruntime-web', 'dist'), ORT_DIST].find((path) => existsSync(path));

/** @returns every file below a folder, as paths from it */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

/** The folder is named by the generator's own text: another generator makes another model. */
function folderFor(options) {
  const hash = createHash('sha256').update(JSON.stringify(options));
  const sources = SOURCES.flatMap((folder) => filesIn(join(ROOT, folder)).map((path) => join(folder, path)));
  for (const path of sources.filter((one) => !one.endsWith('.test.ts')).sort()) {
    hash.update(path).update(readFileSync(join(ROOT, path)));
  }
  return join(CACHE, `${options.size}-${options.dtype}-${hash.digest('hex').slice(0, 12)}`);
}

/**
 * A SmolVLM whose pictures are not cut into tiles, written once.
 * @returns {Promise<{ id: string, folder: string, imageSide: number, decoderBytes: number, bytes: number }>}
 */
export async function randomModel({ size, dtype }) {
  const options = { family: 'smolvlm', size, dtype, tiling: false };
  const folder = folderFor(options);
  if (!existsSync(folder)) {
    const { tinyModel } = await loadSource(`${GENERATOR}/index.ts`);
    const unfinished = `${folder}.part`;
    rmSync(unfinished, { recursive: true, force: true });
    for (const [path, bytes] of tinyModel(options)) {
      mkdirSync(dirname(join(unfinished, path)), { recursive: true });
      writeFileSync(join(unfinished, path), bytes);
    }
    // Pictures come in the encoder's own size: with the hub's setting transformers.js would enlarge them first.
    const settings = readJson(join(unfinished, PREPROCESSOR));
    writeFileSync(join(unfinished, PREPROCESSOR), JSON.stringify({ ...settings, size: settings.max_image_size }));
    renameSync(unfinished, folder);
  }
  const sizes = filesIn(folder).map((path) => [path, statSync(join(folder, path)).size]);
  const sum = (of) => sizes.reduce((total, [path, bytes]) => total + (path.includes(of) ? bytes : 0), 0);
  return {
    id: `bench/smolvlm-${size}`,
    folder,
    imageSide: readJson(join(folder, PREPROCESSOR)).size.longest_edge,
    decoderBytes: sum('decoder_model'),
    bytes: sum('.onnx'),
  };
}

/** @returns the folder of the built page, for whoever asked to take away */
export async function buildPage() {
  const outDir = mkdtempSync(join(tmpdir(), 'engine-versus-'));
  const alias = Object.entries(ORT_ALIASES).map(([name, path]) => [name, join(ROOT, path)]);
  await build({
    root: join(import.meta.dirname, 'engine'),
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { ...Object.fromEntries(alias), '@': ROOT } },
    worker: { format: 'es' },
    build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 4000 },
  });
  return outDir;
}

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

const HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** What the hub's interface says of the model. */
function describe({ id, folder }) {
  const sha = createHash('sha1').update(folder).digest('hex');
  const siblings = filesIn(folder).map((rfilename) => {
    const bytes = readFileSync(join(folder, rfilename));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const blobId = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    return { rfilename, size: bytes.length, blobId, lfs: { sha256, size: bytes.length, pointerSize: 134 } };
  });
  return {
    id,
    modelId: id,
    sha,
    private: false,
    gated: false,
    tags: [],
    cardData: { license: 'apache-2.0' },
    siblings,
  };
}

/** @returns {Promise<{ url: string, stop: () => void }>} */
export async function serve(page, model) {
  const description = JSON.stringify(describe(model));
  const sizeOf = new Map(JSON.parse(description).siblings.map(({ rfilename, size }) => [rfilename, size]));

  /** @returns the file that an address stands for, or null */
  function fileOf(path) {
    const inFolder = (prefix, folder) => (path.startsWith(prefix) ? join(folder, path.slice(prefix.length)) : null);
    const [, id, file] = /^\/([^/]+\/[^/]+)\/resolve\/[^/]+\/(.+)$/.exec(path) ?? [];
    if (id === model.id) return sizeOf.has(file) ? join(model.folder, file) : null;
    return (
      inFolder(ORT_BASE, ORT_DIST) ??
      inFolder('/theirs/ort/', THEIR_ORT) ??
      inFolder('/theirs/', join(THEIRS, 'dist')) ??
      join(page, path === '/' ? 'index.html' : path)
    );
  }

  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (path === `/api/models/${model.id}/revision/main`) {
      response.writeHead(200, { ...HEADERS, 'Content-Type': TYPES['.json'] }).end(description);
      return;
    }
    const file = path.includes('..') ? null : fileOf(path);
    if (!file || !existsSync(file)) {
      response.writeHead(404, { ...HEADERS, 'X-Error-Code': 'EntryNotFound' }).end();
      return;
    }
    const { size } = statSync(file);
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    const first = Number(from);
    const last = Math.min(size - 1, to === '' ? size - 1 : Number(to));
    response.writeHead(request.headers.range ? 206 : 200, {
      ...HEADERS,
      'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
      'Content-Length': last - first + 1,
      'Accept-Ranges': 'bytes',
      ...(request.headers.range && { 'Content-Range': `bytes ${first}-${last}/${size}` }),
    });
    if (request.method === 'HEAD' || size === 0) response.end();
    else createReadStream(file, { start: first, end: last }).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
