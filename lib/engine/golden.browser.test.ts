/**
 * Three of the recorded runs done again on WebGPU, through the page's own image service and engine: the same tokens, crops
 * included. In the long suite; the short form has one more, in client.browser.test.ts. golden.test.ts does all of them on WASM.
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createImageService } from '@/lib/image';
import { IN_LONG } from '@/scripts/suite';
import { parseManifest } from '@/lib/models/manifest';
import { connectEngine } from './client';
import type { ModelManifest } from './contract';
import { expectSameRun, expectSameWeights, looksOf, seenBy, shortestRun, type Golden } from './fixtures/golden-runs';

const FIXTURES = '/e2e/fixtures/golden/';
const MODEL = '/models/loupe-nano/';
const SLOW = 900_000;
const live = () => new AbortController().signal;

// Written by training's golden.py.
const golden = (await (await fetch(`${FIXTURES}runs.json`)).json()) as Golden;

/** One that looks closer more than once, one that could and does not, and one without tools. */
const RUNS = [
  shortestRun(golden, (run) => looksOf(run) >= 2),
  shortestRun(golden, (run) => run.tools && looksOf(run) === 0),
  shortestRun(golden, (run) => !run.tools),
];

describe.runIf(IN_LONG)('recorded runs on WebGPU', () => {
  const engine = connectEngine();
  const images = createImageService();
  let manifest: ModelManifest;

  beforeAll(async () => {
    for await (const _ of engine.load({ modelUrl: MODEL, device: 'webgpu' }, live()));
    manifest = parseManifest(await (await fetch(`${MODEL}manifest.json`)).json());
    expectSameWeights(golden, manifest);
  }, SLOW);
  afterAll(() => engine.dispose());

  it.each(RUNS)(
    '$question',
    async (run) => {
      const source = await images.open(await (await fetch(FIXTURES + run.image)).blob(), run.image);
      await expectSameRun(run, seenBy(images, source, manifest.image), (request) => engine.generate(request, live()));
    },
    SLOW,
  );
});
