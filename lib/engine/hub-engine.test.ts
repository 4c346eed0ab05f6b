/** A model of a hub, and one from a folder, through the whole engine on WASM: loaded, asked, loaded again without a connection. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CallGrammar } from './call-grammar';
import type { LoadProgress } from './contract';
import { stubStorage } from '@/lib/models/fixtures/fake-storage';
import { calmTrouble, serveHub, type HubServer } from '@/lib/models/fixtures/hub-server';
import { collectTurn, GREEDY } from './fixtures/nano-conversation';
import { tinyModel } from './fixtures/tiny-models';
import {
  importLocalModel,
  inspectLocalModel,
  nameOfLooseFiles,
  type ImportRequest,
} from '@/lib/models/hub/local-model';
import { createEngineHost } from './worker/engine-host';
import { inspectGiven, keptImage } from '@/lib/models/files/given-model';
import { cardOf } from '@/lib/models/card';
import { deleteKeptModel, listKeptModels } from '@/lib/models/files/kept-models';
import { openModel } from '@/lib/models/files/open-model';

const live = () => new AbortController().signal;
const FOLDER = tinyModel({ family: 'smolvlm', dtype: 'q8', externalData: 1 });
const ADDRESS = 'hub:tiny/smolvlm?dtype=q8';

let hub: HubServer;
beforeAll(async () => {
  hub = await serveHub([
    { id: 'tiny/smolvlm', files: FOLDER, gated: true, token: 'hf_ok' },
    { id: 'tiny/thinker', files: tinyModel({ family: 'qwen3_5', dtype: 'q8' }) },
  ]);
});
afterAll(() => hub.close());
afterEach(() => {
  vi.unstubAllGlobals();
  Object.assign(hub.trouble, calmTrouble());
  hub.requests.length = 0;
});

const manifestOf = async (modelUrl: string) =>
  (await openModel(modelUrl, { endpoint: hub.endpoint, token: null }, live())).manifest;

const request = { ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;

async function loadAndAsk(
  modelUrl: string,
  token: string | null,
  grammar: CallGrammar | null = null,
  endpoint = hub.endpoint,
) {
  const host = createEngineHost({ findOrtByPackage: true });
  const seen: LoadProgress[] = [];
  const access = { endpoint, token };
  for await (const progress of host.load({ ...request, modelUrl, hub: access }, live())) seen.push(progress);
  const messages = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'What is there?' }] }];
  const asked = { messages, sampling: GREEDY, maxNewTokens: grammar ? 60 : 8, grammar };
  const answer = await collectTurn(host.generate(asked, live()));
  return { seen, ids: answer.end.tokenIds, text: answer.text };
}

describe('a model of a hub', () => {
  it('is loaded by its address, kept, and loaded again without a connection', async () => {
    const storage = stubStorage();
    const first = await loadAndAsk(ADDRESS, 'hf_ok');
    expect(first.ids.length).toBeGreaterThan(0);
    expect(first.seen.at(-1)).toMatchObject({ phase: 'ready', card: { name: 'smolvlm' } });
    expect(await listKeptModels()).toMatchObject([{ modelUrl: ADDRESS, name: 'smolvlm', complete: true }]);

    hub.requests.length = 0;
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    storage.onLine = false;
    const again = await loadAndAsk(ADDRESS, 'hf_ok');
    expect(again.ids).toEqual(first.ids);
    expect(hub.requests).toEqual([]);
    // Of the first nothing is to be said: the hub was asked, and answered.
    expect(first.seen.at(-1)).not.toHaveProperty('keptCopy');
    expect(again.seen.at(-1)).toHaveProperty('keptCopy', { code: 'offline' });
  });

  it('that is gated says so with its code', async () => {
    stubStorage();
    await expect(loadAndAsk(ADDRESS, null)).rejects.toMatchObject({ code: 'gated' });
  });

  it('is loaded from what is kept where the hub refuses it now, or has never heard of it', async () => {
    stubStorage();
    const first = await loadAndAsk(ADDRESS, 'hf_ok');
    const refused = await loadAndAsk(ADDRESS, null);
    expect(refused.ids).toEqual(first.ids);
    const refusal = ({ endpoint }: HubServer) => ({
      code: 'refused',
      params: { host: new URL(endpoint).host, status: 401 },
    });
    expect(refused.seen.at(-1)).toHaveProperty('keptCopy', refusal(hub));
    const empty = await serveHub([]);
    try {
      const unknown = await loadAndAsk(ADDRESS, null, null, empty.endpoint);
      expect(unknown.ids).toEqual(first.ids);
      expect(unknown.seen.at(-1)).toHaveProperty('keptCopy', refusal(empty));
      expect(empty.requests.length).toBeGreaterThan(0);
    } finally {
      await empty.close();
    }
  });

  it('is refused as before where not all of it is kept', async () => {
    const storage = stubStorage();
    await loadAndAsk(ADDRESS, 'hf_ok');
    const [file = ''] = storage.keys();
    await (await caches.open('loupe-models')).delete(file);
    await expect(loadAndAsk(ADDRESS, null)).rejects.toMatchObject({ code: 'gated' });
  });

  it('does not wait for a hub that never answers where all of it is kept', async () => {
    stubStorage();
    const { seen } = await loadAndAsk(ADDRESS, 'hf_ok');
    const ready = seen.at(-1);
    hub.requests.length = 0;
    hub.trouble.mute = true;
    const access = { endpoint: hub.endpoint, token: null };
    // However long the request takes to arrive there: the time that is waited for its answer passes when it has.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const before = await listKeptModels();
    const opening = openModel(ADDRESS, access, live());
    while (hub.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(5000);
    const { manifest, keptCopy } = await opening;
    expect(keptCopy).toEqual({ code: 'unreachable', params: { host: new URL(hub.endpoint).host } });
    expect(manifest).toEqual(before[0]?.manifest);
    expect(ready?.phase === 'ready' && JSON.parse(JSON.stringify(ready.card))).toEqual(
      JSON.parse(JSON.stringify(cardOf(manifest))),
    );
    expect(hub.requests).toHaveLength(1);
  });

  it('cannot be deleted before its graphs are compiled; then the disk is tidied', async () => {
    const storage = stubStorage();
    storage.putUnsigned('https://kept.invalid/nobodys');
    const host = createEngineHost({ findOrtByPackage: true });
    const access = { endpoint: hub.endpoint, token: 'hf_ok' };
    const tried: boolean[] = [];
    for await (const { phase } of host.load({ ...request, modelUrl: ADDRESS, hub: access }, live())) {
      if (phase === 'compile' || phase === 'self-test') tried.push(await deleteKeptModel(ADDRESS));
    }
    expect(tried.length).toBeGreaterThan(4);
    expect(tried).toEqual(tried.map(() => false));
    await vi.waitFor(() => expect(storage.names()).not.toContain('nobodys'));
    expect(await listKeptModels()).toMatchObject([{ modelUrl: ADDRESS, complete: true }]);
    await vi.waitFor(async () => expect(await deleteKeptModel(ADDRESS)).toBe(true));
    expect(storage.names()).toEqual([]);
  });
});

const grammar: CallGrammar = {
  think: { open: '<think>', close: '</think>' },
  gap: 2,
  calls: [],
  answer: { open: '<answer>', close: '</answer>' },
  tags: ['<think>', '</think>', '<answer>', '</answer>'],
};

describe('a model that can be told to think', () => {
  it.each([
    ['says nothing', '', undefined],
    ['says not to', '&thinking=off', false],
  ])('does not where its address %s: its turn begins behind an empty thought', async (_name, more, told) => {
    stubStorage();
    const address = `hub:tiny/thinker?dtype=q8${more}`;
    const { text } = await loadAndAsk(address, null, grammar);
    expect((await manifestOf(address)).thinking).toBe(told);
    // The thought is closed already: the answer is all that is written.
    expect(text).toMatch(/^\s*<answer>/);
    expect(text).not.toContain('think>');
  });

  it('does where its address says so: its turn begins inside a thought', async () => {
    stubStorage();
    const address = 'hub:tiny/thinker?dtype=q8&thinking=on';
    const { text } = await loadAndAsk(address, null, grammar);
    expect(await manifestOf(address)).toMatchObject({ thinking: true });
    expect(text).not.toContain('<think>');
  });

  it('is refused in words where its template knows of no such thing', async () => {
    stubStorage();
    await expect(loadAndAsk(`${ADDRESS}&thinking=on`, 'hf_ok')).rejects.toMatchObject({
      code: 'unsupported-model',
      problem: { code: 'no-thinking' },
    });
  });
});

describe('a model of a folder', () => {
  it('is copied in and loaded by its name, and computes the same', async () => {
    stubStorage();
    const online = await loadAndAsk(ADDRESS, 'hf_ok');
    stubStorage();
    const folder = new Map([...FOLDER].map(([path, bytes]) => [path, new Blob([bytes])]));
    const copying = importLocalModel({ name: 'My model', folder, dtype: 'q8' }, live());
    let address = '';
    for (let next = await copying.next(); ; next = await copying.next()) {
      if (next.done) {
        address = next.value;
        break;
      }
    }
    expect(address).toBe('local:My%20model');
    expect((await loadAndAsk(address, null)).ids).toEqual(online.ids);
    const [kept] = await listKeptModels();
    expect(kept).toMatchObject({ modelUrl: address, complete: true });
    const decoder = kept?.manifest?.files.find(({ role }) => role === 'decoder');
    const bytes = FOLDER.get(decoder?.path ?? '')!;
    expect(decoder?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  const blobs = (files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) =>
    new Map([...files].map(([path, bytes]) => [path, new Blob([bytes])]));
  /** @param files so many are copied, then it is stopped */
  const copySome = async (folder: ReadonlyMap<string, Blob>, files: number) => {
    const stop = new AbortController();
    const copying = importLocalModel({ name: 'mine', folder, dtype: 'q8' }, stop.signal);
    for (let copied = 0; copied < files; copied++) await copying.next();
    stop.abort();
    await expect(copying.next()).rejects.toMatchObject({ name: 'AbortError' });
  };

  /** @returns its address */
  const copy = async (order: Omit<ImportRequest, 'name'>) => {
    const copying = importLocalModel({ name: 'mine', ...order }, live());
    for (;;) {
      const { done, value } = await copying.next();
      if (done) return value;
    }
  };
  const readyOf = async (modelUrl: string) => {
    const { seen, text } = await loadAndAsk(modelUrl, null, grammar);
    const ready = seen.at(-1);
    if (ready?.phase !== 'ready') throw new Error('It is not ready.');
    const manifest = await manifestOf(modelUrl);
    expect(ready.card).toEqual(cardOf(manifest));
    return { manifest, text };
  };

  it('is asked for smaller pictures and for thinking as one of a hub is, and stays as it was without', async () => {
    stubStorage();
    const ofHub = await readyOf('hub:tiny/thinker?dtype=q8&maxPixels=20000&thinking=on');
    expect(ofHub.text).not.toContain('<think>');
    expect(ofHub.text).toContain('</think>');
    stubStorage();
    const folder = blobs(tinyModel({ family: 'qwen3_5', dtype: 'q8' }));
    const asked = await copy({ folder, dtype: 'q8', maxPixels: 20_000, thinking: true });
    expect(asked).toBe('local:mine?maxPixels=20000&thinking=on');
    const { manifest, text } = await readyOf(asked);
    expect(manifest).toMatchObject({ image: ofHub.manifest.image, thinking: true });
    expect(text).toBe(ofHub.text);
    expect(await keptImage(asked)).toEqual(manifest.image);

    const plain = await readyOf('local:mine');
    expect(plain.text).toMatch(/^\s*<answer>/);
    expect(plain.manifest).not.toHaveProperty('thinking');
    expect(plain.manifest.image).not.toEqual(manifest.image);
    expect(await keptImage('local:mine')).toEqual(plain.manifest.image);
    // However it was asked for, it is kept once, and as it is.
    expect(await listKeptModels()).toMatchObject([
      { modelUrl: 'local:mine', complete: true, manifest: JSON.parse(JSON.stringify(plain.manifest)) },
    ]);
    await vi.waitFor(async () => expect(await deleteKeptModel('local:mine')).toBe(true));
    await expect(loadAndAsk(asked, null)).rejects.toMatchObject({
      code: 'model-not-found',
      problem: { code: 'given-not-kept', params: { name: 'mine' } },
    });
  });

  it('says what can be asked of it as its repository would, also after it was loaded', async () => {
    stubStorage();
    const folder = blobs(tinyModel({ family: 'qwen3_5', dtype: 'q8' }));
    // The tiny model's own bound leaves no choice; real ones have such a bound.
    const settings = JSON.parse(await folder.get('preprocessor_config.json')!.text()) as { size: object };
    const size = { ...settings.size, longest_edge: 16_777_216 };
    folder.set('preprocessor_config.json', new Blob([JSON.stringify({ ...settings, size })]));
    const ofRepo = await inspectLocalModel('mine', folder);
    const choices = { pictureSizes: ofRepo.pictureSizes('q8'), thinking: true };
    expect(choices.pictureSizes.length).toBeGreaterThan(0);
    const address = await copy({ folder, dtype: 'q8' });
    expect(await inspectGiven(address)).toEqual(choices);
    await readyOf(address);
    expect(await inspectGiven(`${address}?maxPixels=20000`)).toEqual(choices);
    expect(await inspectGiven('local:other')).toBeNull();
    expect(await inspectGiven('hub:tiny/thinker')).toBeNull();
    // Versions before wrote nothing of pictures larger than the usual ones: smaller ones can be had all the same.
    const list = await caches.open('loupe-model-list');
    const [key] = await list.keys();
    const { own, ...record } = (await (await list.match(key!))!.json()) as Record<string, unknown>;
    expect(own).toEqual(JSON.parse(JSON.stringify(ofRepo.ownImage('q8'))));
    await list.put(key!, new Response(JSON.stringify(record)));
    const { manifest } = await readyOf(`${address}?maxPixels=20000`);
    expect(manifest.image).toEqual(ofRepo.manifest('q8', { maxPixels: 20_000 }).image);
  });

  it('is refused in words where its template knows of no thinking', async () => {
    stubStorage();
    const address = await copy({ folder: blobs(FOLDER), dtype: 'q8', thinking: false });
    expect(await inspectGiven(address)).toMatchObject({ thinking: false });
    await expect(loadAndAsk(address, null)).rejects.toMatchObject({
      code: 'unsupported-model',
      problem: { code: 'no-thinking', params: { id: 'mine' } },
    });
  });

  it('given as loose files is named by what they are', async () => {
    const files = blobs(FOLDER);
    const name = await nameOfLooseFiles(files);
    expect(name).toMatch(/^smolvlm [0-9a-f]{6}$/);
    expect(await nameOfLooseFiles(new Map([...files].reverse()))).toBe(name);
    const other = blobs(tinyModel({ family: 'smolvlm', dtype: 'q8', externalData: 1, seed: 2 }));
    expect([...other].map(([path, blob]) => [path, blob.size])).toEqual(
      [...files].map(([path, blob]) => [path, blob.size]),
    );
    expect(await nameOfLooseFiles(other)).not.toBe(name);
    expect(await nameOfLooseFiles(new Map([['config.json', new Blob(['{'])]]))).toMatch(/^files [0-9a-f]{6}$/);
  });

  it('is no model where its copying was stopped', async () => {
    stubStorage();
    await copySome(blobs(FOLDER), 3);
    expect(await listKeptModels()).toEqual([]);
  });

  it('stays as it was where the copying of another under its name was stopped', async () => {
    const storage = stubStorage();
    const folder = blobs(FOLDER);
    const copying = importLocalModel({ name: 'mine', folder, dtype: 'q8' }, live());
    for (let next = await copying.next(); !next.done; next = await copying.next())
      expect(next.value.loaded).toBeGreaterThan(0);
    const before = storage.names();
    await copySome(blobs(tinyModel({ family: 'qwen2_vl', dtype: 'q8' })), 3);
    expect(storage.names().length).toBeGreaterThan(before.length);
    await loadAndAsk('local:mine', null);
    expect(await manifestOf('local:mine')).toMatchObject({ family: 'smolvlm' });
    await vi.waitFor(() => expect(storage.names()).toEqual(before));
    expect(await listKeptModels()).toMatchObject([{ modelUrl: 'local:mine', complete: true }]);
  });

  it('that holds no model says so', async () => {
    stubStorage();
    const folder = new Map([['notes.txt', new Blob(['x'])]]);
    const copying = importLocalModel({ name: 'notes', folder, dtype: null }, live());
    await expect(copying.next()).rejects.toMatchObject({ code: 'unsupported-model' });
  });

  it('cannot be kept where the browser keeps nothing', async () => {
    const folder = new Map([...FOLDER].map(([path, bytes]) => [path, new Blob([bytes])]));
    const copying = importLocalModel({ name: 'mine', folder, dtype: 'q8' }, live());
    await expect(copying.next()).rejects.toMatchObject({
      code: 'quota',
      problem: { code: 'keeps-nothing' },
    });
  });
});
