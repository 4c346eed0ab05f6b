/** A model of a hub, and one from a folder, through the whole engine on WASM: loaded, asked, loaded again without a connection. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallGrammar } from './call-grammar';
import type { LoadProgress } from './contract';
import { stubStorage } from './fixtures/fake-storage';
import { calmTrouble, serveHub, type HubServer } from './fixtures/hub-server';
import { collectTurn, GREEDY } from './fixtures/nano-conversation';
import { tinyModel } from './fixtures/tiny-models';
import { importLocalModel } from './hub/local-model';
import { createEngineHost } from './worker/engine-host';
import { listKeptModels } from './worker/kept-models';

const SLOW = 60_000;
vi.setConfig({ testTimeout: SLOW });
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

async function loadAndAsk(modelUrl: string, token: string | null, grammar: CallGrammar | null = null) {
  const host = createEngineHost({ findOrtByPackage: true });
  const seen: LoadProgress[] = [];
  const request = { modelUrl, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
  const access = { endpoint: hub.endpoint, token };
  for await (const progress of host.load({ ...request, hub: access }, live())) seen.push(progress);
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
    expect(first.seen.at(-1)).toMatchObject({ phase: 'ready', manifest: { family: 'smolvlm' } });
    expect(await listKeptModels()).toMatchObject([{ modelUrl: ADDRESS, name: 'smolvlm', complete: true }]);

    hub.requests.length = 0;
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    storage.onLine = false;
    const again = await loadAndAsk(ADDRESS, 'hf_ok');
    expect(again.ids).toEqual(first.ids);
    expect(hub.requests).toEqual([]);
  });

  it('that is gated says so with its code', async () => {
    stubStorage();
    await expect(loadAndAsk(ADDRESS, null)).rejects.toMatchObject({ code: 'gated' });
  });
});

describe('a model that can be told to think', () => {
  const grammar: CallGrammar = {
    think: { open: '<think>', close: '</think>' },
    gap: 2,
    call: null,
    answer: { open: '<answer>', close: '</answer>' },
    tags: ['<think>', '</think>', '<answer>', '</answer>'],
  };

  it.each([
    ['says nothing', '', undefined],
    ['says not to', '&thinking=off', false],
  ])('does not where its address %s: its turn begins behind an empty thought', async (_name, more, told) => {
    stubStorage();
    const { seen, text } = await loadAndAsk(`hub:tiny/thinker?dtype=q8${more}`, null, grammar);
    const ready = seen.at(-1);
    expect(ready?.phase === 'ready' && ready.manifest.thinking).toBe(told);
    expect(text.startsWith('<think>')).toBe(true);
  });

  it('does where its address says so: its turn begins inside a thought', async () => {
    stubStorage();
    const { seen, text } = await loadAndAsk('hub:tiny/thinker?dtype=q8&thinking=on', null, grammar);
    expect(seen.at(-1)).toMatchObject({ phase: 'ready', manifest: { thinking: true } });
    expect(text).not.toContain('<think>');
  });

  it('is refused in words where its template knows of no such thing', async () => {
    stubStorage();
    await expect(loadAndAsk(`${ADDRESS}&thinking=on`, 'hf_ok')).rejects.toMatchObject({
      code: 'unsupported-model',
      message: expect.stringMatching(/no switch for thinking.*without/),
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
      message: expect.stringMatching(/normal window/),
    });
  });
});
