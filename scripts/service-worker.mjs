/**
 * Writes public/sw.js: the service worker (lib/offline/worker) with the list of all files that this version of the app is made of. Run
 * after the build, whose files it lists. Shipped models and ONNX Runtime are not among them: they have versions of their own.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { ROOT } from './install.mjs';

/** Of the folder `public`. */
const SHOWN = ['app', 'gallery', 'icons', 'learn'];
/** As lib/offline/worker/service-worker.ts asks for them. */
const PAGES = [
  '/',
  '/?run',
  '/library',
  '/bench',
  '/learn',
  '/make',
  '/collection',
  '/offline',
  '/manifest.webmanifest',
  '/icon.svg',
];

function* filesUnder(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* filesUnder(path);
    else yield path;
  }
}

const addressOf = (from, path) => relative(from, path).split(sep).map(encodeURIComponent).join('/');

/** @param {string} build the folder of the build */
export function appFiles(build) {
  const version = readFileSync(join(build, 'BUILD_ID'), 'utf8').trim();
  // Their names say what is in them.
  const built = [...filesUnder(join(build, 'static'))].map((path) => ({
    url: `/_next/static/${addressOf(join(build, 'static'), path)}`,
    revision: null,
  }));
  const shown = SHOWN.flatMap((folder) => [...filesUnder(join(ROOT, 'public', folder))]).map((path) => ({
    url: `/${addressOf(join(ROOT, 'public'), path)}`,
    revision: createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16),
  }));
  const pages = PAGES.map((url) => ({ url, revision: version }));
  return [...pages, ...built.filter(({ url }) => !url.endsWith('.map')), ...shown];
}

/** @param {string} build the folder of the build */
export async function buildServiceWorker(build) {
  const vite = await import('vite');
  await vite.build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { alias: { '@': ROOT } },
    define: { APP_FILES: JSON.stringify(appFiles(build)), 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: join(ROOT, 'public'),
      emptyOutDir: false,
      target: 'safari16.4',
      lib: {
        entry: join(ROOT, 'lib/offline/worker/service-worker.ts'),
        formats: ['iife'],
        name: 'sw',
        fileName: () => 'sw.js',
      },
    },
  });
}
