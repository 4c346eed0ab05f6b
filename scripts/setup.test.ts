/** What a fresh machine is told: a Node that is too old, a Chromium without its libraries. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { missingLibraries } from './browser.mjs';
import { checkNode } from './install.mjs';

describe('the oldest Node', () => {
  it.each(['20.19.0', '20.20.2', '22.13.0', '22.22.1', '24.0.0', '25.1.0'])('%s will do', (version) => {
    expect(() => checkNode(version)).not.toThrow();
  });

  it.each(['18.20.8', '20.9.0', '20.11.1', '20.18.3', '21.7.3', '22.12.0', '23.11.1'])('%s will not', (version) => {
    expect(() => checkNode(version)).toThrow(`Node 20.19, 22.13, 24 or newer is needed; this is ${version}.`);
  });

  it('is the same wherever it is promised', () => {
    const engines = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as { engines?: { node?: string } };
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { engines?: { node?: string } }>;
    };
    expect(engines('package.json').engines?.node).toBe('^20.19.0 || ^22.13.0 || >=24');
    expect(lock.packages['']?.engines?.node).toBe(engines('package.json').engines?.node);
    expect(readFileSync('README.md', 'utf8')).toContain('Node 20.19, 22.13, 24 or newer');
    // The tools that set the floor; where they raise theirs, ours is wrong.
    const tools = ['eslint', 'vite', 'vitest'].map((name) => lock.packages[`node_modules/${name}`]?.engines?.node);
    expect(tools).toEqual([
      '^20.19.0 || ^22.13.0 || >=24',
      '^20.19.0 || >=22.12.0',
      expect.stringContaining('^20.0.0 || ^22.0.0'),
    ]);
  });
});

describe('a Chromium that cannot start', () => {
  it.each([
    'chrome: error while loading shared libraries: libnspr4.so: cannot open shared object file: No such file or directory',
    'Host system is missing dependencies to run browsers.',
  ])('for want of libraries says what to install: %s', (message) => {
    expect(missingLibraries(message)).toContain('sudo npx playwright install-deps chromium');
  });

  it('names the library where it is known', () => {
    const message = 'error while loading shared libraries: libnspr4.so: cannot open shared object file';
    expect(missingLibraries(message)).toContain('(libnspr4.so)');
  });

  it('for another reason keeps its own words', () => {
    expect(missingLibraries('Timeout 30000ms exceeded')).toBeNull();
  });
});
