/** Loads TypeScript of the app into Node for commands that test it, by Vite, with the app's own `@` alias. */
import { join } from 'node:path';
import { runnerImport } from 'vite';

const ROOT = join(import.meta.dirname, '..', '..');

/** @param {string} path from the root of the repository */
export async function loadSource(path) {
  const { module } = await runnerImport(join(ROOT, path), {
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: { '@': ROOT } },
  });
  return module;
}
