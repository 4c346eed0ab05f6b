/**
 * The recorded runs done again on WASM, whole: the same tokens turn by turn, from the pictures' bytes to the answers. Five of
 * them in the short form, the others in the long suite.
 * golden.browser.test.ts does some of them on WebGPU, in the page.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planResample } from '@/lib/image/resample';
import { IN_SHORT, ofThisSuite } from '@/scripts/suite';
import { parseManifest } from '@/lib/models/manifest';
import type { EngineImage, ModelManifest } from './contract';
import { expectSameRun, expectSameWeights, type Golden, type GoldenRun } from './fixtures/golden-runs';
import { serveFolder, type ModelServer } from './fixtures/model-server';
import { readPalettePng, type Rgba } from './fixtures/read-png';
import { createEngineHost } from './worker/engine-host';

const ROOT = join(import.meta.dirname, '..', '..');
const FIXTURES = join(ROOT, 'e2e', 'fixtures', 'golden');
const MODEL = join(ROOT, 'public', 'models', 'loupe-nano');
// Written by training's golden.py.
const golden = JSON.parse(readFileSync(join(FIXTURES, 'runs.json'), 'utf8')) as Golden;

function cut(
  name: string,
  picture: Rgba,
  crop: readonly [number, number, number, number] | null,
  manifest: ModelManifest,
): EngineImage {
  const [x1, y1, x2, y2] = crop ?? [0, 0, picture.width, picture.height];
  const { size, resample } = manifest.image;
  const plan = planResample(picture, { x1, y1, x2, y2 }, { width: size, height: size }, resample);
  const { x, y, width, height } = plan.source;
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * picture.width + x) * 4;
    plan.feed(picture.data.subarray(from, from + width * 4), row, 1);
  }
  return { key: `${name} ${x1},${y1},${x2},${y2}`, ...plan.finish() };
}

const runs = golden.runs.map((run, i) => ({ run, i: i + 1 }));

/** The first of each kind: with two looks or more, with one, with none, and without tools; and the last. */
function firstOfEachKind(): ReadonlySet<number> {
  const kindOf = (run: GoldenRun) =>
    run.tools ? Math.min(2, run.turns.filter((turn) => turn.crop).length) : 'without tools';
  const first = new Map<unknown, number>();
  for (const { run, i } of runs) if (!first.has(kindOf(run))) first.set(kindOf(run), i);
  return new Set([...first.values(), runs.length]);
}
const few = firstOfEachKind();

describe('recorded runs on WASM', () => {
  const host = createEngineHost({ findOrtByPackage: true });
  const pictures = new Map<string, Rgba>();
  let server: ModelServer;
  let manifest: ModelManifest;

  beforeAll(async () => {
    server = await serveFolder(MODEL);
    const request = { modelUrl: server.url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
    for await (const _ of host.load(request, new AbortController().signal));
    manifest = parseManifest(JSON.parse(readFileSync(join(MODEL, 'manifest.json'), 'utf8')));
  });
  afterAll(() => server.close());

  it.runIf(IN_SHORT)('were made with the shipped weights, and are twenty', () => {
    expectSameWeights(golden, manifest);
    expect(golden.runs.length).toBeGreaterThanOrEqual(20);
    expect(golden.runs.some((run) => run.turns.some((turn) => turn.crop))).toBe(true);
  });

  it.each(ofThisSuite(runs, ({ i }) => few.has(i)))('run $i: $run.question', async ({ run }) => {
    const picture = pictures.get(run.image) ?? readPalettePng(join(FIXTURES, run.image));
    pictures.set(run.image, picture);
    await expectSameRun(
      run,
      (crop) => cut(run.image, picture, crop, manifest),
      (request) => host.generate(request, new AbortController().signal),
    );
  });
});
