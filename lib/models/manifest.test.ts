/** The manifest's door: what is right passes unchanged, what is not is refused by name. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileOf, parseManifest } from './manifest';

const path = fileURLToPath(new URL('../../public/models/loupe-nano/manifest.json', import.meta.url));
const shipped = () => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const withFile = (change: object) => {
  const manifest = shipped();
  const [first, ...rest] = manifest['files'] as object[];
  return { ...manifest, files: [{ ...first, ...change }, ...rest] };
};

describe('parseManifest', () => {
  it("reads the shipped model's", () => {
    const manifest = parseManifest(shipped());
    expect(manifest).toEqual(shipped());
    expect(fileOf(manifest, 'decoder')?.path).toMatch(/\.onnx$/);
    expect(fileOf(manifest, 'nothing')).toBeNull();
  });

  it.each([
    ['no object', null],
    ['another format', { ...shipped(), format: 'loupe-model/2' }],
    ['no stop token', { ...shipped(), stop: [] }],
    ['no files', { ...shipped(), files: [] }],
    ['a mean of two channels', { ...shipped(), image: { ...(shipped()['image'] as object), mean: [0.5, 0.5] } }],
    ['a path out of the folder', withFile({ path: '../secret.onnx' })],
    ['an absolute path', withFile({ path: '/etc/passwd' })],
    ['a path to another site', withFile({ path: 'https://example.com/x.onnx' })],
    ['a short hash', withFile({ sha256: 'abc' })],
    ['no decoder', withFile({ role: 'other' })],
  ])('refuses %s', (_name, value) => {
    expect(() => parseManifest(value)).toThrow(expect.objectContaining({ code: 'bad-manifest' }));
  });
});
