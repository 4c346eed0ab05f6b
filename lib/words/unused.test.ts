/** Words that nobody says have no place in the table. A key counts as used where its name stands anywhere in the app's code. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { en } from './en';

const NO_USE = /(?:^|\/)(?:fixtures|en|zh)\/|\.test\.tsx?$/;

const SOURCES = ['app', 'components', 'lib'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => /\.tsx?$/.test(path) && !NO_USE.test(path)),
);

/** Names as they stand in code, and the ends that are put behind one: `${key}Hint`. */
const texts = SOURCES.map((path) => readFileSync(path, 'utf8'));
const names = new Set<string>();
const ends = new Set<string>();
for (const text of texts) {
  for (const [name] of text.matchAll(/[\p{L}_][\p{L}\d_-]*/gu)) names.add(name);
  for (const [, end = ''] of text.matchAll(/\$\{\w+\}(\w+)/g)) ends.add(end);
}

const isUsed = (key: string): boolean =>
  /^\d+(?:-|$)/.test(key) ||
  (key.includes('/') && texts.some((text) => text.includes(key))) ||
  names.has(key) ||
  [...ends].some((end) => key.endsWith(end) && names.has(key.slice(0, -end.length)));

function unusedOf(table: object, path: string): string[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) => {
    const here = path === '' ? key : `${path}.${key}`;
    if (!isUsed(key)) return [here];
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? unusedOf(value, here) : [];
  });
}

it('every key of the table is used', () => {
  expect(unusedOf(en, '')).toEqual([]);
});

it('a key that nobody uses is found', () => {
  expect(unusedOf({ share: { size: '', nobodySaysThisKey: '' } }, '')).toEqual(['share.nobodySaysThisKey']);
});
