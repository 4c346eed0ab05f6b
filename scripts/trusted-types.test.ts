/** What the policy admits, asked as a browser would; e2e/trusted-types.e2e.ts asks a real one. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addPolicy, installPolicy } from './trusted-types.mjs';

interface Rules {
  createHTML(text: string): string | null;
  createScriptURL(text: string): string | null;
  createScript?: unknown;
}

const made: Record<string, Rules> = {};
beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'https://loupe.test/t/1?step=2' });
  vi.stubGlobal('location', { origin: 'https://loupe.test' });
  vi.stubGlobal('trustedTypes', { createPolicy: (name: string, rules: Rules) => (made[name] = rules) });
  installPolicy();
});
afterEach(() => vi.unstubAllGlobals());

describe('the policy', () => {
  it.each([
    '/_next/static/chunks/a1.js',
    'https://loupe.test/_next/static/chunks/a1.js?dpl=1#params',
    '/ort/1.30.0/ort-wasm-simd-threaded.mjs',
    '/sw.js',
  ])('admits the app’s own %s, as it is written', (address) => {
    expect(made.default!.createScriptURL(address)).toBe(address);
  });

  it.each([
    'https://evil.example/_next/static/chunks/a1.js',
    '//evil.example/_next/static/a.js',
    '/t/_next/static/a.js',
    '/api/shares/1',
    '/sw.js/../api/shares/1',
    '/t/sw.js',
    '/_next/static/../../api/shares/1',
    '/_next/static/%2e%2e/%2e%2e/api/shares/1',
    '/_next/static/..%2f..%2fapi/shares/1',
    'data:text/javascript,alert(1)',
    'blob:https://loupe.test/1',
    'javascript:alert(1)',
  ])('refuses %s', (address) => {
    expect(made.default!.createScriptURL(address)).toBeNull();
  });

  it('refuses HTML but for what React and Konva write, and has no rule for scripts as text', () => {
    expect(made.default!.createHTML('')).toBe('');
    expect(made.default!.createHTML('<script></script>')).toBe('<script></script>');
    for (const html of ['<b>', '<script>alert(1)</script>', '<script></script><img src=x onerror=alert(1)>', ' ']) {
      expect(made.default!.createHTML(html)).toBeNull();
    }
    expect(made.default!.createScript).toBeUndefined();
  });
});

it('is written in front of every loader, once; a build without one fails', () => {
  const build = mkdtempSync(join(tmpdir(), 'loupe-build-'));
  const chunks = join(build, 'static', 'chunks');
  mkdirSync(chunks, { recursive: true });
  expect(() => addPolicy(build)).toThrow('no loader');
  writeFileSync(join(chunks, 'turbopack-1.js'), 'load()');
  writeFileSync(join(chunks, 'other.js'), 'other()');
  addPolicy(build);
  addPolicy(build);
  const loader = readFileSync(join(chunks, 'turbopack-1.js'), 'utf8');
  expect(loader.match(/createPolicy/g)).toHaveLength(1);
  expect(loader.endsWith('load()')).toBe(true);
  expect(readFileSync(join(chunks, 'other.js'), 'utf8')).toBe('other()');
});
