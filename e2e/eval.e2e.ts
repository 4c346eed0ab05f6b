/** `npm run eval` itself, on a few questions of shipped scenes, against the app that the stories run on. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readGallery, readGalleryFile } from './gallery';

const COMMAND = join(import.meta.dirname, 'bench', 'eval.mjs');

test('npm run eval prints its numbers, the last line as JSON, and leaves lines that Loupe reads @long', async ({
  baseURL,
}, info) => {
  const data = info.outputPath('scenes');
  for (const { id, image } of readGallery().slice(0, 2)) {
    mkdirSync(join(data, `given-${id}`), { recursive: true });
    writeFileSync(join(data, `given-${id}`, 'scene.json'), readGalleryFile(`${id}.json`));
    writeFileSync(join(data, `given-${id}`, image), readGalleryFile(image));
  }
  const out = info.outputPath('out');
  const args = ['--data', data, '--limit', '4', '--json', '--out', out, '--url', baseURL ?? ''];
  const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  expect(stdout).toContain('needs a closer look');
  const found = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
  expect(found).toMatchObject({ n: 4, device: 'wasm', modelSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  for (const share of ['accuracy', 'meanIou', 'lastCallIou', 'gap']) {
    expect(found[share], share).toBeGreaterThanOrEqual(share === 'gap' ? -1 : 0);
    expect(found[share], share).toBeLessThanOrEqual(1);
  }
  const lines = readFileSync(join(out, 'results.jsonl'), 'utf8').trim().split('\n');
  expect(lines).toHaveLength(8);
  interface Line {
    readonly acc: number;
    readonly loupe: { readonly settings: { readonly tools: readonly string[] } };
    readonly loupe_result: { readonly id: string };
  }
  const right = lines.map((line) => JSON.parse(line) as Line);
  // The folder's scenes, not the shipped ones that the page begins with.
  expect(right.every(({ loupe_result: { id } }) => id.startsWith('given-'))).toBe(true);
  const withTools = right.filter(({ loupe }) => loupe.settings.tools.length > 0);
  expect(found.accuracy).toBe(withTools.filter(({ acc }) => acc === 1).length / 4);
});

test('npm run eval says what is wrong with its arguments, and measures nothing in place of what it cannot read @long', ({
  baseURL,
}, info) => {
  const attempt = (data: string) => {
    const args = [COMMAND, '--data', data, '--url', baseURL ?? ''];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    return stderr;
  };
  expect(attempt('/nowhere/at/all')).toContain('There is no folder /nowhere/at/all.');
  const folder = info.outputPath('no-scenes');
  mkdirSync(folder);
  expect(attempt(folder)).toContain('There is nothing in');
  writeFileSync(join(folder, 'scene.json'), '{"questions": [');
  expect(attempt(folder)).toMatch(/no-scenes.*can’t be used[^]*isn’t JSON/);
});
