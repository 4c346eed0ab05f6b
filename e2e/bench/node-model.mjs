/** The shipped model on WASM in Node, with pictures cut and resized by the app's own code, for commands that ask it many things. */
import { join } from 'node:path';
import { loadSource } from './load-source.mjs';
import { readPng } from './read-png.mjs';

const MODEL = join(import.meta.dirname, '..', '..', 'public', 'models', 'loupe-nano');

export async function openModel() {
  const { createEngineHost } = await loadSource('lib/engine/worker/engine-host.ts');
  const { serveFolder } = await loadSource('lib/engine/fixtures/model-server.ts');
  const host = createEngineHost({ findOrtByPackage: true });
  const server = await serveFolder(MODEL);
  const request = { modelUrl: server.url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true };
  let card = null;
  for await (const step of host.load(request, new AbortController().signal)) {
    if (step.phase === 'ready') ({ card } = step);
  }
  await server.close();
  return { engine: host, card };
}

/** PNG only: Node has no decoder. A picture is named by `name`, as its hash. */
export async function createImages() {
  const { planResample } = await loadSource('lib/image/resample.ts');
  const pixels = new Map();
  return {
    async open(blob, name) {
      const picture = readPng(Buffer.from(await blob.arrayBuffer()));
      const { width, height } = picture;
      pixels.set(name, picture);
      return { ref: { hash: name, width, height, mimeType: 'image/png', name }, bytes: blob, orientation: 1 };
    },
    async cut({ ref }, region, size, resample) {
      const picture = pixels.get(ref.hash);
      const plan = planResample(picture, region, size, resample);
      const { x, y, width, height } = plan.source;
      for (let row = 0; row < height; row += 1) {
        const from = ((y + row) * picture.width + x) * 4;
        plan.feed(picture.data.subarray(from, from + width * 4), row, 1);
      }
      return plan.finish();
    },
    forget: () => pixels.clear(),
  };
}
