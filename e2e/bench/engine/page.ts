/** The page that the driver drives: loads one side and takes it through the turns. `window.bench` is all there is. */
import { connectEngine, type EngineImage, type GenerateUsage, type Message } from '@/lib/engine';
import type { Alternative } from '@/lib/trajectory';
import { memoryBandwidth } from './bandwidth';
import { startWorker, type Call } from './calls';
import type { Report } from './probe';
import { pictureOf, wordsOf, type Picture, type Setup, type TurnTimes } from './scenario';
import type { Way } from './theirs-worker';

export type SideName = 'ours' | Way;

export interface Turn extends TurnTimes {
  readonly report: Report;
  /** Only ours says so itself. */
  readonly usage: GenerateUsage | null;
  /** Of ours: the likeliest tokens at each place, best first. */
  readonly top: readonly (readonly Alternative[])[] | null;
}

export interface Loaded {
  readonly ms: number;
  readonly report: Report;
  /** What is not as good as it could be, in the side's own words. */
  readonly remark: string;
  /** Milliseconds until all files were here; null where that cannot be told. */
  readonly filesMs: number | null;
}

interface Side {
  readonly remark: string;
  readonly filesMs: number | null;
  readonly call: Call;
  turn(turn: number, picture: Picture): Promise<TurnTimes & Partial<Pick<Turn, 'usage' | 'top'>>>;
}

const never = new AbortController().signal;

async function openOurs(setup: Setup): Promise<Side> {
  const { worker, call } = await startWorker(
    () => new Worker(new URL('./ours-worker.ts', import.meta.url), { type: 'module', name: setup.device }),
  );
  const engine = connectEngine({ createWorker: () => worker });
  const request = {
    modelUrl: `hub:${setup.model}?dtype=${setup.dtype}`,
    device: setup.device,
    hub: { endpoint: setup.endpoint, token: null },
  };
  let remark = '';
  const start = performance.now();
  let filesMs: number | null = null;
  for await (const step of engine.load(request, never)) {
    if (step.phase === 'compile') filesMs ??= performance.now() - start;
    if (step.phase === 'ready') remark = step.remarks.map(({ code }) => code).join(', ');
  }
  const sampling = { temperature: 0, topP: 1, topK: 0, seed: 1 };
  const messages: Message[] = [];
  return {
    remark,
    filesMs,
    call,
    async turn(turn, picture) {
      const start = performance.now();
      const image: EngineImage = { key: `picture ${turn}`, ...picture };
      const text = wordsOf(turn);
      messages.push({
        role: 'user',
        content: [
          { type: 'image', image },
          { type: 'text', text },
        ],
      });
      const times: number[] = [];
      const top: (readonly Alternative[])[] = [];
      let reply = '';
      for await (const event of engine.generate({ messages, sampling, maxNewTokens: setup.tokens }, never)) {
        if (event.type === 'token') {
          times.push(performance.now() - start);
          top.push(event.top);
          reply += event.text;
        } else if (event.type === 'end') {
          const { tokenIds, usage } = event;
          messages.push({ role: 'assistant', text: reply, tokenIds });
          return { promptTokens: usage.promptTokens, tokenIds, times, usage, top };
        }
      }
      throw new Error('The engine ended without an end.');
    },
  };
}

async function openTheirs(setup: Setup, way: Way): Promise<Side> {
  const { call } = await startWorker(
    () => new Worker(new URL('./theirs-worker.ts', import.meta.url), { type: 'module', name: setup.device }),
  );
  await call('open', setup);
  return { remark: '', filesMs: null, call, turn: (turn, picture) => call('turn', { turn, picture, way }) };
}

let side: Side | null = null;
let given: Setup | null = null;

/** What transformers.js does with files: each whole in memory, then into a cache; or out of it. Nothing is hashed. @returns ms */
async function plainFiles({ endpoint, model }: Pick<Setup, 'endpoint' | 'model'>): Promise<number> {
  const start = performance.now();
  const described = (await (await fetch(`${endpoint}/api/models/${model}/revision/main`)).json()) as {
    siblings: { rfilename: string }[];
  };
  const cache = await caches.open('plain');
  const graphs = described.siblings.filter(({ rfilename }) => rfilename.includes('.onnx'));
  await Promise.all(
    graphs.map(async ({ rfilename }) => {
      const url = `${endpoint}/${model}/resolve/main/${rfilename}`;
      const kept = await cache.match(url);
      const bytes = await (kept ?? (await fetch(url))).arrayBuffer();
      if (!kept) await cache.put(url, new Response(bytes));
    }),
  );
  return performance.now() - start;
}

const bench = {
  memoryBandwidth,
  plainFiles,

  async load(name: SideName, setup: Setup): Promise<Loaded> {
    const start = performance.now();
    side = name === 'ours' ? await openOurs(setup) : await openTheirs(setup, name);
    given = setup;
    const ms = performance.now() - start;
    return { ms, filesMs: side.filesMs, remark: side.remark, report: await side.call('report') };
  },

  async turn(turn: number): Promise<Turn> {
    if (!side || !given) throw new Error('Nothing is loaded.');
    const times = await side.turn(turn, pictureOf(turn, given.imageSide));
    return { ...times, usage: times.usage ?? null, top: times.top ?? null, report: await side.call('report') };
  },
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
