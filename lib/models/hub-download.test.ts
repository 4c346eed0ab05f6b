/** Downloads from a hub that is slow, breaks, spoils and refuses: what is fetched, what is kept, what is said. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LoadProgress, ModelFile } from '@/lib/engine/contract';
import { stubStorage, type FakeStorage } from './fixtures/fake-storage';
import { calmTrouble, serveHub, type HubServer } from './fixtures/hub-server';
import { ask } from './hub/ask';
import { hubOrigin } from './hub/hub-origin';
import { deleteKeptModel, listKeptModels } from './files/kept-models';
import { openModel } from './files/open-model';
import { sha256 } from './files/sha256';
import type { Transfer } from './files/transfer';
import { fetchFiles, type Fetched } from './files/weights';

const ID = 'org/model';
const URL_OF = `hub:${ID}?dtype=q4`;
const live = () => new AbortController().signal;
/** A request ("chunk") is eight pieces, as outside of tests. */
const PIECE = 8 * 1024;
const CHUNK = 8 * PIECE;

/** Bytes that no two pieces share. */
const content = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => ((i * 2654435761 + seed * 40503) >>> 13) & 255);

const BIG = content(10 * CHUNK + 777, 1);
const MIDDLE = content(2 * CHUNK, 2);
const SMALL = content(500, 3);
const TOTAL = BIG.length + MIDDLE.length + SMALL.length;

const TRANSFER: Transfer = {
  pieceBytes: PIECE,
  stretchPieces: 8,
  connections: 4,
  bearableInMemory: 4 * TOTAL,
  patience: { tries: 3, waitMs: 1 },
};

let hub: HubServer;
let storage: FakeStorage;
let files: readonly ModelFile[];

beforeEach(async () => {
  storage = stubStorage();
  hub = await serveHub([
    {
      id: ID,
      token: 'hf_secret',
      files: new Map([
        ['onnx/big.onnx_data', BIG],
        ['onnx/middle.onnx', MIDDLE],
        ['small.json', SMALL],
      ]),
    },
  ]);
  files = [
    { path: 'onnx/big.onnx_data', role: 'decoder-data', bytes: BIG.length, sha256: await sha256(BIG) },
    { path: 'onnx/middle.onnx', role: 'decoder', bytes: MIDDLE.length, sha256: await sha256(MIDDLE) },
    { path: 'small.json', role: 'config', bytes: SMALL.length, gitSha1: await gitId(SMALL) },
  ];
});
afterEach(async () => {
  await hub.close();
  vi.unstubAllGlobals();
});

async function gitId(bytes: Uint8Array): Promise<string> {
  const { createHash } = await import('node:crypto');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

interface Options {
  readonly token?: string | null;
  readonly signal?: AbortSignal;
  readonly transfer?: Partial<Transfer>;
  readonly wanted?: readonly ModelFile[];
  readonly onProgress?: (progress: Download) => void;
}
type Download = Extract<LoadProgress, { phase: 'download' }>;

async function download({ token = null, signal = live(), transfer, wanted = files, onProgress }: Options = {}) {
  const seen: Download[] = [];
  const origin = hubOrigin({ endpoint: hub.endpoint, token }, ID, hub.commitOf(ID), 'main');
  const request = { modelUrl: URL_OF, files: wanted, origin, runtime: null, transfer: { ...TRANSFER, ...transfer } };
  const reading = fetchFiles(request, signal);
  for (;;) {
    const next = await reading.next();
    if (next.done) return { seen, fetched: next.value satisfies Fetched };
    seen.push(next.value);
    onProgress?.(next.value);
  }
}

async function expectAll(fetched: Fetched): Promise<void> {
  for (const [path, bytes] of [
    ['onnx/big.onnx_data', BIG],
    ['onnx/middle.onnx', MIDDLE],
    ['small.json', SMALL],
  ] as const) {
    const file = fetched.files.get(path)!;
    expect(Buffer.from(await file.bytes()).equals(bytes)).toBe(true);
    expect(Buffer.from(await (await file.blob()).arrayBuffer()).equals(bytes)).toBe(true);
  }
}

const bigRequests = () => hub.requests.filter(({ host, path }) => host === 'cdn' && path.endsWith('big.onnx_data'));

/** A new page with the same disk, once writing has ended: nothing of the server's troubles, its counters from nought. */
async function reload(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  Object.assign(hub.trouble, calmTrouble());
  hub.requests.length = 0;
}

/**
 * The connection breaks after so much of all. Sent in small parts with time between them, so that what the server sent and what
 * arrived is the same but for those: what a network holds when it breaks is no matter of the loader.
 */
function breakAt(share: number): void {
  hub.trouble.breakAfter = Math.floor(TOTAL * share);
  hub.trouble.bytesPerSecond = 2.5e5;
}

describe('a download', () => {
  it('comes in ranges, several at a time, with progress over all and per file; a second one fetches nothing', async () => {
    const { seen, fetched } = await download();
    await expectAll(fetched);
    expect(hub.sent()).toBe(TOTAL);
    expect(bigRequests()).toHaveLength(11);
    expect(bigRequests()[0]?.range).toBe(`bytes=0-${CHUNK - 1}`);
    expect(hub.requests.find(({ path }) => path === `/${ID}/resolve/${hub.commitOf(ID)}/small.json`)?.range).toBeNull();
    expect(seen.at(-1)).toMatchObject({ loaded: TOTAL, total: TOTAL });
    for (const file of files) {
      const last = seen.filter((progress) => progress.file === file.path).at(-1);
      expect(last).toMatchObject({ fileLoaded: file.bytes, fileTotal: file.bytes });
    }
    await reload();
    await expectAll((await download()).fetched);
    expect(hub.requests).toEqual([]);
  });

  it('killed at 80 %, then begun anew, fetches less than one request again', async () => {
    breakAt(0.8);
    await expect(download()).rejects.toMatchObject({ code: 'network' });
    const before = hub.sent();
    expect(before).toBeGreaterThan(TOTAL * 0.75);
    await reload();
    const { seen, fetched } = await download();
    await expectAll(fetched);
    expect(seen.at(-1)?.loaded).toBe(TOTAL);
    expect(hub.sent() - TOTAL).toBeLessThan(CHUNK);
  });

  it('goes on at the byte where a connection broke', async () => {
    let cuts = 0;
    breakAt(0.2);
    const timer = setInterval(() => {
      if (hub.sent() < hub.trouble.breakAfter - 1024) return;
      cuts++;
      hub.trouble.breakAfter += 2 * CHUNK;
    }, 1);
    const { fetched } = await download({ transfer: { patience: { tries: 8, waitMs: 4 } } });
    clearInterval(timer);
    await expectAll(fetched);
    expect(cuts).toBeGreaterThan(2);
    // Pieces that had begun are gone on with, not begun anew.
    expect(hub.sent() - TOTAL).toBeLessThan(cuts * 2 * PIECE);
  });

  it('paused keeps what is whole, and goes on from there', async () => {
    const pause = new AbortController();
    hub.trouble.bytesPerSecond = 4e6;
    const onProgress = ({ loaded }: Download) => loaded > TOTAL / 2 && pause.abort();
    await expect(download({ signal: pause.signal, onProgress })).rejects.toMatchObject({ name: 'AbortError' });
    await reload();
    await expectAll((await download()).fetched);
    expect(hub.requests.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThan(TOTAL * 0.6);
  });

  it.each([
    ['without ranges', () => void (hub.trouble.ignoreRange = true)],
    ['without a cache', () => vi.stubGlobal('caches', undefined)],
    ['without locks', () => vi.stubGlobal('navigator', {})],
  ])('%s is as whole', async (_, spoil) => {
    spoil();
    await expectAll((await download()).fetched);
    expect(hub.sent()).toBe(TOTAL);
  });

  it('waits out a busy server', async () => {
    hub.trouble.status.set('onnx/big.onnx_data', { status: 429, times: 2, retryAfter: 0 });
    hub.trouble.status.set('small.json', { status: 500, times: 1 });
    await expectAll((await download()).fetched);
    expect(hub.sent()).toBe(TOTAL);
  });

  const impatient = { patience: { tries: 3, waitMs: 1, silenceMs: 1000 } };

  it('takes a connection that falls silent for one that broke', async () => {
    hub.trouble.silent.set('onnx/big.onnx_data', { after: 3 * PIECE, times: 1 });
    hub.trouble.silent.set('small.json', { after: 0, times: 1 });
    await expectAll((await download({ transfer: impatient })).fetched);
    // What came before the silence is not fetched again.
    expect(hub.sent() - TOTAL).toBeLessThan(PIECE);
  });

  it('says so where all is silent', async () => {
    hub.trouble.silent.set('small.json', { after: 0, times: 99 });
    const stuck = download({ transfer: impatient, wanted: files.slice(2) });
    await expect(stuck).rejects.toMatchObject({
      code: 'network',
      problem: { code: 'silent', params: { path: expect.stringMatching(/small\.json$/), seconds: 1 } },
    });
  });

  it('lets who reads slowly take longer than a silence', async () => {
    const response = await ask(new URL(`${hub.endpoint}/${ID}/resolve/main/onnx/middle.onnx`), {
      signal: live(),
      missing: 'model-not-found',
    });
    const reader = response.body!.getReader();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let came = (await reader.read()).value!.length;
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    for (let part = await reader.read(); !part.done; part = await reader.read()) came += part.value.length;
    expect(came).toBe(MIDDLE.length);
  });

  it('asks once more where the browser says for a moment that it is offline', async () => {
    const straight = globalThis.fetch;
    storage.onLine = false;
    let asked = 0;
    vi.stubGlobal('fetch', async (input: URL, init?: RequestInit) => {
      asked++;
      if (storage.onLine) return straight(input, init);
      storage.onLine = true;
      throw new TypeError('Failed to fetch');
    });
    await expectAll((await download({ transfer: { connections: 1 } })).fetched);
    expect(asked).toBe(1 + hub.requests.filter(({ path }) => path.includes('/resolve/')).length);
  });

  it('sends the token to the hub, and nothing of it where the hub sends us', async () => {
    await expectAll((await download({ token: 'hf_secret' })).fetched);
    const asked = (host: string) => hub.requests.filter((request) => request.host === host);
    expect(asked('hub').map(({ authorization }) => authorization)).toEqual(asked('hub').map(() => 'Bearer hf_secret'));
    expect(asked('cdn').length).toBeGreaterThan(10);
    expect(asked('cdn').filter(({ authorization }) => authorization !== null)).toEqual([]);
  });
});

describe('wrong bytes', () => {
  it.each([
    ['a large file', 'onnx/big.onnx_data', 7 * CHUNK + 5],
    ['a small file', 'small.json', 100],
  ])('on the way are noticed in %s, and fetched once more', async (_, path, offset) => {
    hub.trouble.corrupt.set(path, { offset, times: 1 });
    const { seen, fetched } = await download();
    await expectAll(fetched);
    expect(seen.at(-1)?.loaded).toBe(TOTAL);
  });

  it('that the browser’s own cache gives again and again are fetched past it', async () => {
    // A cache of whole answers, as a browser has: what is in it stays, unless it is told to take another.
    const answers = new Map<string, ArrayBuffer>();
    const straight = globalThis.fetch;
    vi.stubGlobal('fetch', async (input: URL, init: RequestInit = {}) => {
      const kept = init.cache === undefined ? answers.get(input.href) : undefined;
      const bytes = kept ?? (await (await straight(input, init)).arrayBuffer());
      if (init.cache !== 'no-store') answers.set(input.href, bytes);
      return new Response(bytes.slice(0));
    });
    const wanted = files.slice(2);
    hub.trouble.corrupt.set('small.json', { offset: 100, times: 1 });
    const { fetched } = await download({ wanted });
    expect(Buffer.from(await fetched.files.get('small.json')!.bytes()).equals(SMALL)).toBe(true);
    // And the cache has the right ones now.
    const [answer] = answers.values();
    expect(Buffer.from(answer!).equals(SMALL)).toBe(true);
  });

  it('that come again are the wrong file: told, and nothing of it is kept', async () => {
    hub.trouble.corrupt.set('onnx/big.onnx_data', { offset: 99, times: 99 });
    await expect(download()).rejects.toMatchObject({
      code: 'bad-weights',
      problem: { code: 'other-hash', params: { path: 'onnx/big.onnx_data', hash: 'sha256' } },
    });
    expect(storage.keys().filter((key) => key.includes(files[0]!.sha256!))).toEqual([]);
  });

  it('on the disk cost their own piece and no more', async () => {
    const { fetched } = await download();
    const key = storage.keys().find((one) => one.endsWith(`${files[0]!.sha256!}/${PIECE}-9`))!;
    await storage.damage(key);
    const before = hub.sent();
    await expectAll(fetched);
    expect(hub.sent() - before).toBe(PIECE);
  });

  it('on the disk of a file half fetched too', async () => {
    breakAt(0.8);
    await expect(download()).rejects.toMatchObject({ code: 'network' });
    await storage.damage(storage.keys().find((one) => one.endsWith(`${files[0]!.sha256!}/${PIECE}-3`))!);
    await reload();
    const { fetched, seen } = await download();
    await expectAll(fetched);
    expect(seen.at(-1)?.loaded).toBe(TOTAL);
    expect(hub.sent() - TOTAL).toBeLessThan(CHUNK + PIECE);
  });

  it.each([
    ['shorter', -1],
    ['longer', 1],
  ])('of a file that is %s than it should be', async (_, by) => {
    const wanted = files.map((file) => ({ ...file, bytes: file.bytes + by }));
    for (const file of wanted) {
      await expect(download({ wanted: [file] })).rejects.toMatchObject({ code: 'bad-weights' });
    }
  });
});

describe('what cannot be fetched has its code and a way out', () => {
  it.each([
    ['a file that is gone', 404, 'model-not-found', 'no-such-model'],
    ['terms that were not accepted', 403, 'gated', 'gated'],
    ['a server at fault', 500, 'network', 'busy'],
  ])('%s', async (_, status, code, problem) => {
    hub.trouble.status.set('small.json', { status, times: 99 });
    await expect(download()).rejects.toMatchObject({ code, problem: { code: problem } });
  });

  it('no connection', async () => {
    const origin = hubOrigin({ endpoint: 'http://localhost:9', token: null }, ID, 'main', 'main');
    const fetching = () =>
      fetchFiles({ modelUrl: URL_OF, files, origin, runtime: null, transfer: TRANSFER }, live()).next();
    await expect(fetching()).rejects.toMatchObject({ code: 'network' });
    storage.onLine = false;
    await expect(fetching()).rejects.toMatchObject({ code: 'offline', problem: { code: 'offline' } });
  });

  it('no room for a large model: told before anything travels', async () => {
    storage.room = 100e6;
    const huge = [{ ...files[0]!, bytes: 1.6e9 }];
    await expect(download({ wanted: huge })).rejects.toMatchObject({
      code: 'quota',
      problem: { code: 'no-room', params: { needed: 1.6e9, free: 100e6 } },
    });
    expect(hub.requests).toEqual([]);
    expect(await listKeptModels()).toEqual([]);
  });

  it('a disk that fills up midway: told, and what has arrived is kept', async () => {
    vi.stubGlobal('navigator', {});
    storage.room = TOTAL / 2;
    const transfer = { bearableInMemory: 0 };
    await expect(download({ transfer })).rejects.toMatchObject({
      code: 'quota',
      problem: { code: 'file-not-written' },
    });
    storage.room = Infinity;
    await reload();
    await expectAll((await download({ transfer })).fetched);
    expect(hub.requests.reduce((sum, { sent }) => sum + sent, 0)).toBeLessThan(TOTAL * 0.6);
  });

  it('no room for a small one: it runs from memory', async () => {
    storage.room = BIG.length / 2;
    await expectAll((await download()).fetched);
    expect(hub.sent()).toBe(TOTAL);
  });
});

describe('what another program keeps', () => {
  const address = (path: string) => `${hub.endpoint}/${ID}/resolve/main/${path}`;

  it('is used where it is right', async () => {
    await storage.putForeign('transformers-cache', address('onnx/big.onnx_data'), BIG);
    await storage.putForeign('transformers-cache', address('small.json'), SMALL);
    await expectAll((await download()).fetched);
    expect(hub.sent()).toBe(MIDDLE.length);
  });

  it.each([
    ['other bytes', content(BIG.length, 9)],
    ['fewer bytes', BIG.slice(0, 1000)],
    ['more bytes', content(BIG.length + 9, 1)],
  ])('is not where it has %s', async (_, bytes) => {
    await storage.putForeign('transformers-cache', address('onnx/big.onnx_data'), bytes);
    const { seen, fetched } = await download();
    await expectAll(fetched);
    expect(seen.at(-1)?.loaded).toBe(TOTAL);
  });

  it('gets no cache of its own for being looked for', async () => {
    await download();
    expect(await caches.has('transformers-cache')).toBe(false);
  });
});

describe('two tabs', () => {
  it('fetch a file once between them', async () => {
    const [one, two] = await Promise.all([download(), download()]);
    await expectAll(one.fetched);
    await expectAll(two.fetched);
    expect(hub.sent()).toBe(TOTAL);
    expect(two.seen.at(-1)?.loaded).toBe(TOTAL);
  });

  it('one goes on where the other stopped', async () => {
    const closed = new AbortController();
    hub.trouble.bytesPerSecond = 4e6;
    const onProgress = ({ loaded }: Download) => loaded > TOTAL / 2 && closed.abort();
    const [first, second] = await Promise.allSettled([download({ signal: closed.signal, onProgress }), download()]);
    expect(first.status).toBe('rejected');
    if (second.status === 'rejected') throw second.reason;
    await expectAll(second.value.fetched);
    expect(hub.sent() - TOTAL).toBeLessThan(2 * CHUNK);
  });
});

describe('the list of kept models', () => {
  it('tells what is here, of a model half fetched too, and deletes it', async () => {
    hub.trouble.breakAfter = TOTAL / 2;
    await expect(download()).rejects.toMatchObject({ code: 'network' });
    expect(await listKeptModels()).toMatchObject([{ modelUrl: URL_OF, bytes: TOTAL, complete: false }]);
    await reload();
    await download();
    expect(storage.keys().length).toBeGreaterThan(80);
    expect(await deleteKeptModel(URL_OF)).toBe(true);
    expect(storage.keys()).toEqual([]);
    expect(await listKeptModels()).toEqual([]);
  });

  it('leaves what another model names as well', async () => {
    await download();
    const origin = hubOrigin({ endpoint: hub.endpoint, token: null }, ID, 'main', 'main');
    const request = { modelUrl: 'hub:org/model?dtype=q8', origin, runtime: null, transfer: TRANSFER };
    for await (const progress of fetchFiles({ ...request, files: files.slice(1) }, live())) void progress;
    await deleteKeptModel(URL_OF);
    expect(storage.keys().filter((key) => key.includes(files[0]!.sha256!))).toEqual([]);
    expect(storage.keys().some((key) => key.includes(files[1]!.sha256!))).toBe(true);
    await deleteKeptModel(request.modelUrl);
    expect(storage.keys()).toEqual([]);
  });

  it('deletes nothing while a tab loads', async () => {
    hub.trouble.bytesPerSecond = 1e5;
    const stop = new AbortController();
    const loading = download({ signal: stop.signal });
    await vi.waitFor(() => expect(hub.requests).not.toEqual([]));
    expect(await deleteKeptModel(URL_OF)).toBe(false);
    stop.abort();
    await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('openModel', () => {
  it('says of a local model that is not here what to do', async () => {
    await expect(openModel('local:mine', null, live())).rejects.toMatchObject({
      code: 'model-not-found',
      problem: { code: 'given-not-kept', params: { name: 'mine' } },
    });
  });
});
