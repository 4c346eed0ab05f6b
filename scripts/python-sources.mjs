/**
 * The Python sources of the small libraries as one file that every bundler reads: lib/python/small/source → sources.json. It is kept
 * in the repository; a test holds it to the sources. After a change: `node scripts/python-sources.mjs`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../lib/python/small/', import.meta.url));

/** By the path on Python's search path. */
export function pythonSources() {
  const source = join(folder, 'source');
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.py'))
    .sort();
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(source, name), 'utf8')]));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(folder, 'sources.json'), `${JSON.stringify(pythonSources(), null, 2)}\n`);
}
