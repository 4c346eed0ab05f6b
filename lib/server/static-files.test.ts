import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ORT_VERSION } from '../../scripts/ort-files.mjs';
import { staticRewrites } from './static-files';

/** The stored form that the rewrites choose, as Next does: every `has` matches, no `missing` does. */
function chosen(acceptEncoding: string): string {
  const matches = ({ value }: { value: string }): boolean => new RegExp(`^${value}$`).test(acceptEncoding);
  const rewrite = staticRewrites.find(({ has, missing }) => has.every(matches) && !missing.some(matches));
  return rewrite ? rewrite.destination.replace(/.*\./, '.') : 'as it is';
}

describe('a stored file is sent in the best form that the browser takes', () => {
  test.each([
    ['gzip, deflate, br, zstd', '.br'],
    ['br', '.br'],
    ['br;q=0.5, gzip', '.br'],
    ['gzip, deflate', '.gz'],
    ['br;q=0, gzip', '.gz'],
    ['br;q=0.0,gzip;q=1', '.gz'],
    ['gzip;q=0', 'as it is'],
    ['zstd', 'as it is'],
    ['', 'as it is'],
  ])('%s → %s', (header, form) => {
    expect(chosen(header)).toBe(form);
  });
});

test("ONNX Runtime's address names the version in the lockfile", () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  expect(lock.packages['node_modules/onnxruntime-web']?.version).toBe(ORT_VERSION);
});
