/** docs/protocol.md: the test of a rule carries its number in its name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** The numbers that the names of tests begin with: `N8 to N10: …`, `N1, N2: …`, `P1 and P2: …`. */
function numbersIn(source: string): string[] {
  return [...source.matchAll(/\(\s*['"`]([A-Z]\d+(?:(?:, | and | to )[A-Z]\d+)*):/g)].flatMap(([, name = '']) => {
    const range = /^([A-Z])(\d+) to [A-Z](\d+)$/.exec(name);
    if (!range) return name.split(/, | and /);
    const [, letter = '', first, last] = range;
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => `${letter}${Number(first) + i}`);
  });
}

it('every rule of the document has a test that carries its number', () => {
  const rules = [...readFileSync(join(ROOT, 'docs/protocol.md'), 'utf8').matchAll(/^\*\*([A-Z]\d+)\*\*/gm)];
  const files = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' });
  const tests = files.filter((path) => /\.test\.tsx?$/.test(path));
  const carried = new Set(tests.flatMap((path) => numbersIn(readFileSync(join(ROOT, 'lib', path), 'utf8'))));
  expect(rules.length).toBeGreaterThan(20);
  expect(rules.map(([, number]) => number).filter((number) => !carried.has(number ?? ''))).toEqual([]);
});
