/**
 * Two test projects. `unit` runs the pure core in Node; `browser` runs what needs a canvas, decoders, IndexedDB, workers or
 * ONNX Runtime in a real Chromium, cross-origin isolated like the app, with /models and /ort served as the app serves them.
 */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { launchOptions } from './scripts/find-chromium.mjs';
import { ORT_BASE, ORT_DIST, ORT_FILES } from './scripts/ort-files.mjs';

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

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          environment: 'node',
          include: ['lib/**/*.test.ts', 'components/**/*.test.ts', 'app/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/*.browser.test.*', 'node_modules/**'],
          // Left alone, Vitest keeps a core free: of two that is half of the machine.
          maxWorkers: '100%',
        },
      },
      {
        resolve: { alias },
        plugins: [serveOrt()],
        server: { headers: ISOLATED },
        optimizeDeps: {
          // Named here so that Vite does not find them midway, reload the page and lose a running test.
          include: [
            '@base-ui/react/dialog',
            '@huggingface/jinja',
            '@huggingface/tokenizers',
            'idb',
            'konva',
            'libheif-js/libheif-wasm/libheif-bundle.mjs',
            'lucide-react',
            'next/link',
            'onnxruntime-web/jspi',
            'onnxruntime-web/wasm',
            'onnxruntime-web/webgpu',
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
          ],
        },
        test: {
          name: 'browser',
          include: ['lib/**/*.browser.test.{ts,tsx}', 'components/**/*.browser.test.{ts,tsx}'],
          setupFiles: ['scripts/browser-globals.ts'],
          testTimeout: 60_000,
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
