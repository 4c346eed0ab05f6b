/**
 * Three of the recorded runs done again on WebGPU, through the page's own image service and engine: the same tokens, crops
 * included. The first in the short form, the others in the long suite. golden.test.ts does all of them on WASM.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createImageService } from '@/lib/image';
import { ofThisSuite } from '@/scripts/suite';
import { parseManifest } from '@/lib/models/manifest';
import { connectEngine } from './client';
import type { ModelManifest } from './contract';
import { expectSameRun, expectSameWeights, type Golden, type GoldenRun } from './fixtures/golden-runs';

const FIXTURES = '/e2e/fixtures/golden/';
const MODEL = '/models/loupe-nano/';
const SLOW = 900_000;
const live = () => new AbortController().signal;

// Written by training's golden.py.
const golden = (await (await fetch(`${FIXTURES}runs.json`)).json()) as Golden;

/** One that looks closer more than once, one that could and does not, and one without tools. */
function few(runs: readonly GoldenRun[]): readonly GoldenRun[] {
  const looks = (run: GoldenRun) => run.turns.filter((turn) => turn.crop).length;
  const kinds: readonly ((run: GoldenRun) => boolean)[] = [
    (run) => looks(run) >= 2,
    (run) => run.tools && looks(run) === 0,
    (run) => !run.tools,
  ];
  return kinds.map((isOne, i) => {
    const found = runs.find(isOne);
    if (!found) throw new Error(`No recorded run is of kind ${i + 1}: record others.`);
    return found;
  });
}

describe('recorded runs on WebGPU', () => {
  const engine = connectEngine();
  const images = createImageService();
  let manifest: ModelManifest;

  beforeAll(async () => {
    for await (const _ of engine.load({ modelUrl: MODEL, device: 'webgpu' }, live()));
    manifest = parseManifest(await (await fetch(`${MODEL}manifest.json`)).json());
    expectSameWeights(golden, manifest);
  }, SLOW);
  afterAll(() => engine.dispose());

  const runs = few(golden.runs).map((run, i) => ({ run, i: i + 1 }));
  it.each(ofThisSuite(runs, ({ i }) => i === 1))(
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
