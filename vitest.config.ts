/**
 * Two test projects. `unit` runs the pure core in Node; `browser` runs what needs a canvas, decoders, IndexedDB, workers or
 * ONNX Runtime in a real Chromium, cross-origin isolated like the app, with /models and /ort served as the app serves them.
 * With LOUPE_SUITE=long each runs its part of the long suite instead (scripts/suite.ts).
 */
import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/find-chromium.mjs';
import { suiteOf } from './scripts/suite-of.mjs';
import { ORT_BASE, ORT_DIST, ORT_FILES } from './scripts/ort-files.mjs';
import { FRAME_HEADERS, PYTHON_FOLDER } from './scripts/python-frame.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const alias = { '@': root.replace(/\/$/, '') };

const ISOLATED = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Ahead of Vite's own middlewares: ORT's files as they are, never transformed. */
function serveOrt(): Plugin {
  return {
    name: 'serve-ort',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').split('?')[0] ?? '';
        const name = path.startsWith(ORT_BASE) ? path.slice(ORT_BASE.length) : undefined;
        if (name === undefined || !ORT_FILES.includes(name) || !existsSync(join(ORT_DIST, name))) {
          next();
          return;
        }
        response.setHeader('Content-Type', name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
        createReadStream(join(ORT_DIST, name)).pipe(response);
      });
    },
  };
}

/** Python's files with the frame's own headers, as the server has them (lib/server/static-files.ts). */
function servePython(): Plugin {
  return {
    name: 'serve-python',
    configureServer(server) {
      // As a build makes them, in a process that is no test's.
      const env = { ...process.env, NODE_ENV: 'production' as const, VITEST: '' };
      execFileSync(process.execPath, [join(root, 'scripts/python-files.mjs')], { env, stdio: 'inherit' });
      // What code in the frame would reach if it could (lib/python/escapes.browser.test.ts).
      const reached: string[] = [];
      server.middlewares.use('/escaped', (request, response) => {
        const path = request.url ?? '/';
        if (path !== '/') reached.push(path);
        response.setHeader('Access-Control-Allow-Origin', '*');
        response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
        response.end(JSON.stringify(reached));
      });
      server.middlewares.use((request, response, next) => {
        const name = /^\/python\/([a-z0-9.]+)(?:\?|$)/.exec(request.url ?? '')?.[1];
        if (name === undefined || !existsSync(join(PYTHON_FOLDER, name))) {
          next();
          return;
        }
        for (const [header, value] of Object.entries(name.endsWith('.html') ? FRAME_HEADERS : {})) {
          response.setHeader(header, value);
        }
        createReadStream(join(PYTHON_FOLDER, name)).pipe(response);
      });
    },
  };
}

const suite = suiteOf(process.env.LOUPE_SUITE);

/** No test may fail because the machine is slow or busy: these end what hangs, and nothing else. */
const PATIENCE = {
  testTimeout: 900_000,
  hookTimeout: 900_000,
  expect: { poll: { timeout: 120_000 } },
  setupFiles: ['scripts/patience.ts'],
};

/** Every test file of these folders; in the long suite those with a part in it: they ask which one it is. */
function testsOf(project: 'unit' | 'browser', folders: readonly string[]): string[] {
  const ending = project === 'browser' ? '.browser.test.{ts,tsx}' : '.test.ts';
  if (suite !== 'long') return folders.map((folder) => `${folder}/**/*${ending}`);
  const isBrowsers = /\.browser\.test\.tsx?$/;
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((path) =>
      project === 'browser' ? isBrowsers.test(path) : path.endsWith('.test.ts') && !isBrowsers.test(path),
    )
    .filter((path) => readFileSync(join(root, path), 'utf8').includes("'@/scripts/suite'"))
    .map((path) => path.replaceAll('\\', '/').replace(/[[\](){}!*?]/g, '\\$&'));
}

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          include: testsOf('unit', ['lib', 'components', 'app', 'scripts']),
          exclude: ['**/*.browser.test.*', 'node_modules/**'],
          provide: { suite },
          ...PATIENCE,
          // Left alone, Vitest keeps a core free: of two that is half of the machine.
          maxWorkers: '100%',
        },
      },
      {
        resolve: { alias },
        plugins: [serveOrt(), servePython()],
        server: { headers: ISOLATED },
        optimizeDeps: {
          // Named here so that Vite does not find them midway, reload the page and lose a running test.
          include: [
            '@base-ui/react/dialog',
            '@huggingface/jinja',
            '@huggingface/tokenizers',
            'htmlparser2',
            'idb',
            'konva',
            'libheif-js/libheif-wasm/libheif-bundle.mjs',
            'lucide-react',
            'minisearch',
            'next/link',
            'onnxruntime-web/jspi',
            'onnxruntime-web/wasm',
            'onnxruntime-web/webgpu',
            'pdfjs-dist/legacy/build/pdf.mjs',
            'pdfjs-dist/legacy/build/pdf.worker.mjs',
            'react',
            'react-dom',
            'react-dom/client',
            'react-konva/lib/ReactKonvaCore',
            'react/jsx-dev-runtime',
            'react/jsx-runtime',
            'vitest-browser-react',
            'zod',
            'zod/mini',
            'zustand',
            'zustand/vanilla',
            'fast-check',
            'fflate',
          ],
        },
        test: {
          name: 'browser',
          include: testsOf('browser', ['lib', 'components']),
          provide: { suite },
          ...PATIENCE,
          setupFiles: [...PATIENCE.setupFiles, 'scripts/browser-globals.ts'],
          // Software WebGPU and wasm threads want the two cores for themselves.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: launchOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
