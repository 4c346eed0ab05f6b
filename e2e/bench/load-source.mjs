/**
 * Loads TypeScript of the app into Node for commands that test it, by Vite, with the app's own `@` alias. What is loaded may load more
 * later (`import()`), so what loads it stays; it keeps no process alive.
 */
import { join } from 'node:path';
import { createServer } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..');

let server = null;

/** @param {string} path from the root of the repository */
export async function loadSource(path) {
  server ??= createServer({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    resolve: { alias: { '@': ROOT } },
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, watch: null, hmr: false, ws: false },
  });
  return (await server).ssrLoadModule(join(ROOT, path));
}
