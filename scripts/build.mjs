/**
 * Builds the app: ONNX Runtime's and Python's files, the page that an export to HTML is, then Next, then the service worker and the operator's command. Leaves the hash of the sources beside the build, so that `npm start` knows
 * whether the build is of these sources. Types are `npm run check`'s business.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPlayer } from './player.mjs';
import { buildServiceWorker } from './service-worker.mjs';
import { addPolicy } from './trusted-types.mjs';
import { ensureInstalled, ROOT, runMain, runProgram, SetupError } from './install.mjs';

const STAMP = join(ROOT, '.next', 'sources.sha256');
const SOURCES = [
  'app',
  'components',
  'instrumentation.ts',
  'lib',
  'public',
  'next.config.ts',
  'package-lock.json',
  'postcss.config.mjs',
  'proxy.ts',
  'scripts/build.mjs',
  'scripts/compress.mjs',
  'scripts/ort-files.mjs',
  'scripts/player.mjs',
  'scripts/python-files.mjs',
  'scripts/python-frame.mjs',
  'scripts/service-worker.mjs',
  'scripts/trusted-types.mjs',
  'tsconfig.json',
];
const IRRELEVANT = /\.test\.tsx?$|^public\/(?:ort\b|python\b|player\b|sw\.js$)|\/fixtures\//;

function* filesUnder(path) {
  const full = join(ROOT, path);
  if (IRRELEVANT.test(path) || !existsSync(full)) return;
  if (!statSync(full).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(full).sort()) yield* filesUnder(`${path}/${name}`);
}

function sourcesHash() {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const path of filesUnder(source)) {
      const bytes = readFileSync(join(ROOT, path));
      hash.update(`${path} ${bytes.length}\n`).update(bytes);
    }
  }
  return hash.digest('hex');
}

export function isBuilt() {
  const complete = existsSync(join(ROOT, '.next', 'BUILD_ID')) && existsSync(STAMP);
  return complete && readFileSync(STAMP, 'utf8') === sourcesHash();
}

/** The operator's command as one file that Node runs: scripts/shares.mjs. */
async function buildOperator() {
  const vite = await import('vite');
  await vite.build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: { '@': ROOT } },
    ssr: { noExternal: true },
    build: {
      ssr: join(ROOT, 'lib/server/operator.ts'),
      outDir: join(ROOT, '.next/operator'),
      target: 'node20',
      // Next's own package.json beside it says CommonJS of every `.js`.
      rollupOptions: { output: { entryFileNames: 'operator.mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  });
}

export async function build() {
  const { prepare } = await import('./prepare.mjs');
  await prepare();
  const hash = sourcesHash();
  await buildPlayer();
  // Whoever calls may have said otherwise: Vite sets it where a command loads the app's own code before it starts the app.
  if (runProgram('next/dist/bin/next', ['build'], { NODE_ENV: 'production' }) !== 0) {
    throw new SetupError('The build failed; the reason is above.');
  }
  addPolicy(join(ROOT, '.next'));
  await buildServiceWorker(join(ROOT, '.next'));
  await buildOperator();
  writeFileSync(STAMP, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    ensureInstalled();
    await build();
  });
}
