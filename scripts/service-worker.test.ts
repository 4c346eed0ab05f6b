import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appFiles } from './service-worker.mjs';

function builtAs(id: string): string {
  const build = mkdtempSync(join(tmpdir(), 'loupe-build-'));
  mkdirSync(join(build, 'static', 'chunks'), { recursive: true });
  writeFileSync(join(build, 'BUILD_ID'), `${id}\n`);
  for (const name of ['a b.js', 'a.js.map']) writeFileSync(join(build, 'static', 'chunks', name), '');
  return build;
}

it('lists all that a version is made of, and nothing that has a version of its own', () => {
  const files = appFiles(builtAs('one'));
  const addresses = files.map(({ url }) => url);
  expect(addresses).toEqual(expect.arrayContaining(['/', '/?run', '/offline', '/_next/static/chunks/a%20b.js']));
  expect(addresses).toContain('/gallery/index.json');
  expect(addresses.filter((url) => /^\/(?:models|ort|api|t|e)\/|\.map$|sw\.js/.test(url))).toEqual([]);
  expect(new Set(addresses).size).toBe(addresses.length);
});

it('asks for the pages anew with every build, and for a picture only where it is another', () => {
  const revisionOf = (build: string, address: string) => appFiles(build).find(({ url }) => url === address)?.revision;
  const [one, two] = [builtAs('one'), builtAs('two')];
  expect(revisionOf(one, '/library')).not.toBe(revisionOf(two, '/library'));
  expect(revisionOf(one, '/gallery/index.json')).toBe(revisionOf(two, '/gallery/index.json'));
});
