/** One load's download: the runtime's file in the same bar, what fails how, and what stays on this disk. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ORT_DIST } from '../../scripts/ort-files.mjs';
import type { LoadProgress, ModelFile } from './contract';
import { stubStorage } from './fixtures/fake-storage';
import { serveFolder, type ModelServer } from './fixtures/model-server';
import { toEngineError } from './worker/errors';
import { forgetOthers, holdCache } from './worker/kept-models';
import { ORT_BUNDLES, type OrtWasm } from './worker/ort-bundle';
import { sha256 } from './worker/sha256';
import { TRANSFER, type Transfer } from './worker/transfer';
import { fetchFiles, type Fetched } from './worker/weights';

const live = () => new AbortController().signal;
const WASM: OrtWasm = { name: 'ort.wasm', bytes: 70_000, packed: 1_000 };

let server: ModelServer;
beforeAll(async () => {
  server = await serveFolder('/nowhere');
  server.overrides.set(WASM.name, new Uint8Array(WASM.bytes).fill(7));
});
afterAll(() => server.close());
afterEach(() => vi.unstubAllGlobals());

/** A file of a model folder, served. */
async function file(path: string, fill: number): Promise<ModelFile> {
  const bytes = new Uint8Array(3_000).fill(fill);
  server.overrides.set(path, bytes);
  return { path, role: 'other', bytes: bytes.length, sha256: await sha256(bytes) };
}

/** As outside of tests, in less time. */
const transfer: Transfer = { ...TRANSFER, patience: { tries: 3, waitMs: 1 } };

async function download(files: readonly ModelFile[], wasm: OrtWasm | null, folder = '') {
  const seen: Extract<LoadProgress, { phase: 'download' }>[] = [];
  const runtime = wasm && { ortUrl: server.url, wasm };
  const reading = fetchFiles({ modelUrl: server.url + folder, files, runtime, transfer }, live());
  for (;;) {
    const next = await reading.next();
    if (next.done) return { seen, fetched: next.value satisfies Fetched };
    seen.push(next.value);
  }
}

describe("ONNX Runtime's WebAssembly", () => {
  it('is fetched with the files, and one bar counts what travels of both', async () => {
    const { seen, fetched } = await download([await file('a', 1), await file('b', 2)], WASM);
    expect(fetched.wasm).toHaveLength(WASM.bytes);
    expect(fetched.wasm?.every((byte) => byte === 7)).toBe(true);
    expect([...fetched.files.keys()].sort()).toEqual(['a', 'b']);
    expect(seen.map(({ total }) => total)).toEqual(seen.map(() => 7_000));
    expect(seen.at(-1)?.loaded).toBe(7_000);
    expect(seen.filter(({ loaded }, i) => loaded < (seen[i - 1]?.loaded ?? 0))).toEqual([]);
    expect(seen.map((progress) => progress.file)).toContain(WASM.name);
  });

  it.each([
    ['missing', 404],
    ['refused', 503],
    ['cut short', new Uint8Array(10)],
    ['too long', new Uint8Array(WASM.bytes + 1)],
  ])('that is %s is a matter of the network, not of this model', async (_, answer) => {
    server.overrides.set('broken.wasm', answer);
    await expect(download([], { ...WASM, name: 'broken.wasm' })).rejects.toMatchObject({ code: 'network' });
  });

  it('is asked for again where the server was busy, and what was counted of it is counted once', async () => {
    let asked = 0;
    const straight = globalThis.fetch;
    const whole = new Uint8Array(WASM.bytes).fill(7);
    vi.stubGlobal('fetch', async (input: URL, init?: RequestInit) => {
      if (!input.href.endsWith(WASM.name)) return straight(input, init);
      asked++;
      if (asked === 1) return new Response(null, { status: 503 });
      if (asked === 3) return new Response(whole);
      // Half of it, and the connection breaks.
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(whole.slice(0, WASM.bytes / 2)),
        pull: (controller) => controller.error(new TypeError('network error')),
      });
      return new Response(body);
    });
    const { seen, fetched } = await download([], WASM);
    expect(asked).toBe(3);
    expect(fetched.wasm).toEqual(whole);
    expect(seen.at(-1)?.loaded).toBe(WASM.packed);
  });

  it.each(ORT_BUNDLES.map(({ wasm }) => [wasm.name, wasm] as const))('%s is as long as the bar believes', (_, wasm) => {
    expect(statSync(join(ORT_DIST, wasm.name)).size).toBe(wasm.bytes);
    expect(wasm.packed).toBeGreaterThan(wasm.bytes / 8);
    expect(wasm.packed).toBeLessThan(wasm.bytes / 4);
  });

  it.each([
    'no available backend found. ERR: [wasm] TypeError: Failed to fetch dynamically imported module: http://x/ort.mjs',
    'no available backend found. ERR: [wasm] TypeError: error loading dynamically imported module: http://x/ort.mjs',
    'no available backend found. ERR: [wasm] TypeError: Importing a module script failed.',
  ])('a script that could not be imported is one too: %s', (message) => {
    expect(toEngineError(new Error(message), 'Compiling').code).toBe('network');
  });
});

describe('what is kept on this disk', () => {
  it('is not fetched again, and what the manifest no longer names is deleted', async () => {
    const storage = stubStorage();
    const [old, same, fresh] = [await file('old', 3), await file('same', 4), await file('fresh', 5)];
    await download([old, same], null);
    storage.putUnsigned(`${server.url}loupe-models/from-an-earlier-version`);
    await download([same, fresh], null);
    expect(server.requests.filter((path) => path === 'same')).toHaveLength(1);
    expect(storage.names()).toHaveLength(4);
    await forgetOthers(server.url, [same, fresh]);
    expect(storage.names()).toEqual([same.sha256, fresh.sha256].sort());
  });

  it("leaves another model's files alone", async () => {
    const storage = stubStorage();
    const [mine, other] = [await file('mine', 6), await file('models/other/weights', 7)];
    await download([mine], null);
    await download([{ ...other, path: 'weights' }], null, 'models/other/');
    await forgetOthers(server.url, [mine]);
    expect(storage.names()).toEqual([mine.sha256, other.sha256].sort());
  });

  it('is left as it is while any tab loads', async () => {
    const storage = stubStorage();
    const old = await file('old', 8);
    await download([old], null);
    const release = await holdCache(live());
    await forgetOthers(server.url, []);
    expect(storage.names()).toEqual([old.sha256]);
    release();
    await new Promise((resolve) => setTimeout(resolve));
    await forgetOthers(server.url, []);
    expect(storage.names()).toEqual([]);
  });
});
