/**
 * Four of the recorded runs done again on WebGPU, through the page's own image service and engine: the same tokens, crops
 * included. golden.test.ts does all of them on WASM.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createImageService } from '@/lib/image';
import { connectEngine } from './client';
import type { ModelManifest } from './contract';
import { expectSameRun, expectSameWeights, type Golden, type GoldenRun } from './fixtures/golden-runs';

const FIXTURES = '/e2e/fixtures/golden/';
const MODEL = '/models/loupe-nano/';
const SLOW = 900_000;
const live = () => new AbortController().signal;

// Written by training's golden.py.
const golden = (await (await fetch(`${FIXTURES}runs.json`)).json()) as Golden;

/** Two that look closer once, one with tools that does not, one without tools; the first ones where there are none such. */
function few(runs: readonly GoldenRun[]): readonly GoldenRun[] {
  const crops = (run: GoldenRun) => run.turns.filter((turn) => turn.crop).length;
  const picked = [
    ...runs.filter((run) => crops(run) === 1).slice(0, 2),
    ...runs.filter((run) => run.tools && crops(run) !== 1).slice(0, 1),
    ...runs.filter((run) => !run.tools).slice(0, 1),
  ];
  return [...new Set([...picked, ...runs])].slice(0, 4);
}

describe('recorded runs on WebGPU', () => {
  const engine = connectEngine();
  const images = createImageService();
  let manifest: ModelManifest;

  beforeAll(async () => {
    for await (const progress of engine.load({ modelUrl: MODEL, device: 'webgpu' }, live())) {
      if (progress.phase === 'ready') manifest = progress.manifest;
    }
    expectSameWeights(golden, manifest);
  }, SLOW);
  afterAll(() => engine.dispose());

  it.each(few(golden.runs).map((run, i) => ({ run, i: i + 1 })))(
    'run $i: $run.question',
    async ({ run }) => {
      const source = await images.open(await (await fetch(FIXTURES + run.image)).blob(), run.image);
      const { width, height, hash } = source.ref;
      await expectSameRun(
        run,
        async (crop) => {
          const [x1, y1, x2, y2] = crop ?? [0, 0, width, height];
          const { size, resample } = manifest.image;
          const pixels = await images.cut(source, { x1, y1, x2, y2 }, { width: size, height: size }, resample);
          return { key: `${hash} ${x1},${y1},${x2},${y2}`, ...pixels };
        },
        (request) => engine.generate(request, live()),
      );
    },
    SLOW,
  );
});
