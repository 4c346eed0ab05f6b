/** One load's download: the runtime's file in the same bar, what fails how, and what stays on this disk. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { ORT_DIST } from '../../scripts/ort-files.mjs';
import type { LoadProgress, ModelFile } from './contract';
import { stubStorage, type FakeStorage } from '@/lib/models/fixtures/fake-storage';
import { serveFolder, type ModelServer } from './fixtures/model-server';
import { toEngineError } from './worker/runtime/errors';
import {
  deleteKeptModel,
  forgetOthers,
  holdCache,
  keptBytesOfAll,
  listKeptModels,
} from '@/lib/models/files/kept-models';
import { ORT_BUNDLES } from './worker/runtime/ort-bundle';
import type { PackedFile } from '@/lib/models/files/weights';
import { sha256 } from '@/lib/models/files/sha256';
import { TRANSFER, type Transfer } from '@/lib/models/files/transfer';
import { fetchFiles, type Fetched } from '@/lib/models/files/weights';

const live = () => new AbortController().signal;
const WASM: PackedFile = { name: 'ort.wasm', bytes: 70_000, packed: 1_000 };

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
const QUICK: Transfer = { ...TRANSFER, patience: { tries: 3, waitMs: 1 } };

async function download(files: readonly ModelFile[], wasm: PackedFile | null, folder = '', transfer = QUICK) {
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
    await forgetOthers(server.url);
    expect(storage.names()).toEqual([same.sha256, fresh.sha256].sort());
  });

  it('stays until all of what takes its place is here', async () => {
    const storage = stubStorage();
    const [old, fresh, last] = [await file('old', 13), await file('newer', 14), await file('last', 15)];
    await download([old], null);
    server.overrides.set('last', 404);
    const oneByOne = { ...TRANSFER, connections: 1 };
    const updating = download([fresh, last], null, '', oneByOne);
    await expect(updating).rejects.toMatchObject({ code: 'model-not-found' });
    await forgetOthers(server.url);
    // Of the new what has arrived, too: the next try goes on from there.
    expect(storage.names()).toEqual([old.sha256, fresh.sha256].sort());

    // Without a connection it is the old one again, which costs the new one nothing.
    await download([old], null);
    await forgetOthers(server.url);
    expect(storage.names()).toEqual([old.sha256, fresh.sha256].sort());

    await file('last', 15);
    await download([fresh, last], null);
    await forgetOthers(server.url);
    expect(server.requests.filter((path) => path === 'newer')).toHaveLength(1);
    expect(storage.names()).toEqual([fresh.sha256, last.sha256].sort());
  });

  it("leaves another model's files alone", async () => {
    const storage = stubStorage();
    const [mine, other] = [await file('mine', 6), await file('models/other/weights', 7)];
    await download([mine], null);
    await download([{ ...other, path: 'weights' }], null, 'models/other/');
    await forgetOthers(server.url);
    expect(storage.names()).toEqual([mine.sha256, other.sha256].sort());
  });

  it('is left as it is while any tab loads', async () => {
    const storage = stubStorage();
    const [old, fresh] = [await file('old', 8), await file('fresh', 9)];
    await download([old], null);
    await download([fresh], null);
    const release = await holdCache(live());
    await forgetOthers(server.url);
    expect(storage.names()).toEqual([old.sha256, fresh.sha256].sort());
    await release();
    await forgetOthers(server.url);
    expect(storage.names()).toEqual([fresh.sha256]);
  });

  it('is left as it is by a model that another tab has deleted meanwhile, which comes not back as an empty one', async () => {
    const storage = stubStorage();
    const [mine, other] = [await file('mine', 10), await file('models/other/weights', 11)];
    await download([mine], null);
    await download([{ ...other, path: 'weights' }], null, 'models/other/');
    expect(await deleteKeptModel(server.url)).toBe(true);
    await forgetOthers(server.url);
    expect(storage.names()).toEqual([other.sha256]);
    expect((await listKeptModels()).map(({ modelUrl }) => modelUrl)).toEqual([`${server.url}models/other/`]);
  });

  it.each([
    ['an entry of it is spoilt', (storage: FakeStorage) => storage.spoilList('not JSON')],
    ['it cannot be read at all', (storage: FakeStorage) => storage.refuse('loupe-model-list')],
  ])('is left as it is where the list says nothing certain: %s', async (_, spoil) => {
    const storage = stubStorage();
    const [mine, other, gone] = [
      await file('mine', 10),
      await file('models/other/weights', 11),
      await file('weights', 12),
    ];
    await download([{ ...other, path: 'weights' }], null, 'models/other/');
    await download([{ ...gone, path: '../../weights' }], null, 'models/gone/');
    const before = storage.names();
    spoil(storage);
    await download([mine], null);
    await forgetOthers(server.url);
    await deleteKeptModel(`${server.url}models/gone/`);
    expect(storage.names()).toEqual([...before, mine.sha256].sort());
  });

  it('is listed where its entry is spoilt, so that it can be deleted or loaded again', async () => {
    const storage = stubStorage();
    await download([await file('mine', 10)], null);
    storage.spoilList('{}');
    expect(await listKeptModels()).toMatchObject([{ modelUrl: server.url, complete: false }]);
    await deleteKeptModel(server.url);
    expect(await listKeptModels()).toEqual([]);
    expect(storage.names()).toEqual([]);
  });

  it('is counted once where two models share it, and freed by neither alone', async () => {
    stubStorage();
    const [shared, own] = [await file('shared', 16), await file('own', 17)];
    await download([shared, own], null);
    await download([{ ...shared, path: '../../shared' }], null, 'models/other/');
    const other = `${server.url}models/other/`;
    const listed = (await listKeptModels()).map(({ modelUrl, keptBytes, ownBytes }) => [modelUrl, keptBytes, ownBytes]);
    expect(listed).toContainEqual([other, 3_000, 0]);
    expect(listed).toContainEqual([server.url, 6_000, 3_000]);
    expect(await keptBytesOfAll()).toBe(6_000);
    await deleteKeptModel(other);
    expect(await keptBytesOfAll()).toBe(6_000);
    expect(await listKeptModels()).toMatchObject([{ modelUrl: server.url, ownBytes: 6_000 }]);
  });
});
