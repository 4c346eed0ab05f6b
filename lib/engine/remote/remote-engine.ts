/**
 * An engine whose model runs behind a server. It keeps nothing of a run but what a protocol wants back unchanged (echoes.ts), and sends nothing but
 * what a turn needs, to the address alone that the person chose.
 */
import { breathe } from '@/lib/port';
import { readEvents } from '@/lib/wire';
import {
  EngineError,
  type EngineNote,
  type GenerateEvent,
  type GenerateRequest,
  type ToldUsage,
  type VlmEngine,
} from '../contract';
import { hostOf, parseRemote, type RemoteAddress } from './address';
import { askServer, faultIn, pause, type Answer, type Means, type Server } from './ask-server';
import { createEncoder } from './encode-picture';
import { fail, pageSurroundings } from './faults';
import { createEchoes, type Echoes } from './echoes';
import { historyOf } from './history';
import { cardOf } from './known-models';
import { listModels } from './list-models';
import { PROTOCOL_NAMES } from './names';
import { contextOf, engineNameOf, kindOf, type ServerKind } from './server-kind';
import { createTurnWriter } from './turn-writer';
import type { EncodePicture, NativeTool, Order, Turn, Wire, WireEvent, WireUsage } from './wire';
import { wireOf } from './wires';

export interface RemoteOptions {
  /** The page's own where left out; so with those below. */
  readonly fetch?: typeof fetch;
  readonly encode?: EncodePicture;
  readonly echoes?: Echoes;
  readonly around?: Means['around'];
  readonly wait?: Means['wait'];
  /** Milliseconds. */
  readonly now?: () => number;
}

/** A server that was asked for its models, and what it taught since. */
interface Loaded {
  readonly address: RemoteAddress;
  readonly wire: Wire;
  readonly server: Server;
  readonly kind: ServerKind;
  /** Settings that it refused. */
  readonly without: Set<string>;
  thoughtsIn: string | null;
  /** Notes told, as text. */
  readonly noted: Set<string>;
}

/** Where the page's server passes calls on. */
const FORWARDING = '/api/servers';

export const serverOf = ({ server }: Pick<RemoteAddress, 'server'>, key: string | null): Server => ({
  base: 'via' in server ? `${FORWARDING}/${server.via}` : server.url,
  key,
});

export function remoteEngine(options: RemoteOptions = {}): VlmEngine {
  const means = remoteMeans(options);
  const encode = options.encode ?? createEncoder();
  const echoes = options.echoes ?? createEchoes();
  const now = options.now ?? (() => performance.now());
  let loaded: Loaded | null = null;
  let tell: (note: EngineNote) => void = () => undefined;

  const note = (told: EngineNote): void => {
    const text = JSON.stringify(told);
    if (!loaded || loaded.noted.has(text)) return;
    loaded.noted.add(text);
    tell(told);
  };

  return {
    async *load({ modelUrl, key = null }, signal) {
      loaded = null;
      const address = parseRemote(modelUrl);
      if (!address) throw fail({ code: 'bad-address' });
      const server = serverOf(address, key);
      const models = await listModels(server, address.wire, means, signal);
      const listed = models?.find(({ id }) => id === address.model);
      // Some list a few of many, and those who serve one model take any name; who says no says so when asked.
      const [first] = models ?? [];
      const kind = kindOf(listed ?? first);
      loaded = {
        address,
        wire: wireOf(address.wire),
        server,
        kind,
        without: new Set(),
        thoughtsIn: null,
        noted: new Set(),
      };
      const grammar = kind === 'llama.cpp' || kind === 'vllm';
      const card = cardOf(address, { context: contextOf(listed), grammar, tokens: address.wire === 'chat' });
      const engine = (await engineNameOf(kind, server, means, signal)) || PROTOCOL_NAMES[address.wire];
      yield { phase: 'ready', device: 'remote', remarks: [], card, engine };
    },

    async *generate(request, signal) {
      if (!loaded) throw new EngineError('not-loaded', 'No server was chosen.');
      yield* turn(loaded, request, signal, { means, encode, echoes, now, note });
    },

    dispose() {
      loaded = null;
      return Promise.resolve();
    },

    onNote(told) {
      tell = told;
    },
  };
}

export const remoteMeans = ({ fetch: given, around, wait }: RemoteOptions = {}): Means => ({
  fetch: given ?? ((...args) => fetch(...args)),
  around: around ?? pageSurroundings(),
  wait: wait ?? pause,
});

interface TurnMeans {
  readonly means: Means;
  readonly encode: EncodePicture;
  readonly echoes: Echoes;
  readonly now: () => number;
  readonly note: (note: EngineNote) => void;
}

type Told = GenerateEvent<ToldUsage>;

async function* turn(
  loaded: Loaded,
  request: GenerateRequest,
  signal: AbortSignal,
  { means, encode, echoes, now, note }: TurnMeans,
): AsyncGenerator<Told, void, undefined> {
  const { address, wire, server } = loaded;
  /** Nobody else can read what a server has signed. */
  const whose = `${address.wire} ${server.base} ${address.model}`;
  const clock = { began: now(), first: null as number | null };
  let usage: WireUsage = {};
  const end = (reason: 'stop' | 'length' | 'abort'): Told => ({
    type: 'end',
    reason,
    tokenIds: [],
    usage: usageOf(usage, clock, now()),
  });
  try {
    // Tools are handed over by dialects alone that leave the calls to the server.
    const tools = (request.tools ?? []) as readonly NativeTool[];
    const turns = await historyOf(request.messages, {
      encode,
      picture: address.picture ?? 'png',
      native: tools.length > 0,
      echoOf: (conversation) => (wire.echoes ? echoes.find(whose, conversation) : Promise.resolve(null)),
    });
    const response = await answered(loaded, request, { turns, tools }, { means, note }, signal);
    if (!/event-stream/.test(response.headers.get('content-type') ?? '') || !response.body) {
      throw fail({ code: 'not-an-api' });
    }
    const writer = createTurnWriter();
    const read = wire.reader();
    let written = '';
    let ended: 'stop' | 'length' | null = null;
    let echo: unknown = null;
    for await (const event of streamed(response.body, read, signal)) {
      if (signal.aborted) return void (yield end('abort'));
      switch (event.type) {
        case 'progress':
          yield { type: 'progress', phase: 'prefill', done: event.done, total: event.total };
          break;
        case 'usage':
          usage = { ...usage, ...event.usage };
          break;
        case 'echo':
          echo = event.turn;
          break;
        case 'problem':
          throw fail(withModel(event.problem, address.model));
        case 'end':
          ended = event.reason;
          break;
        default:
          clock.first ??= now();
          if (event.type === 'thought' && event.name) loaded.thoughtsIn = event.name;
          for (const piece of writer.take(event)) {
            written += piece.text;
            yield { type: 'token', ...piece };
          }
      }
    }
    if (signal.aborted) return void (yield end('abort'));
    for (const piece of writer.end()) {
      written += piece.text;
      yield { type: 'token', ...piece };
    }
    if (ended === null) throw fail({ code: 'stream-died' });
    if (echo !== null) {
      // The run does not wait for the disk.
      void echoes.keep(whose, [...request.messages, { role: 'assistant', text: written }], echo);
    }
    if (writer.differs) note({ code: 'logprobs-differ' });
    else if (wire.id === 'chat' && !writer.told && !loaded.without.has('logprobs')) note({ code: 'logprobs-absent' });
    yield end(ended);
  } catch (error) {
    if (signal.aborted) return void (yield end('abort'));
    throw error instanceof EngineError ? error : fail({ code: 'stream-died' }, { cause: error });
  }
}

/** Milliseconds. */
const FRAME_MS = 16;

/** What the stream says; one that breaks is a problem of its own. */
async function* streamed(
  body: ReadableStream<Uint8Array>,
  read: ReturnType<Wire['reader']>,
  signal: AbortSignal,
): AsyncGenerator<WireEvent, void, undefined> {
  const events = readEvents(body);
  let since = performance.now();
  try {
    for await (const event of events) {
      yield* read(event);
      // A server faster than the page draws would leave no room for a press of Stop.
      if (performance.now() - since > FRAME_MS) {
        await breathe();
        since = performance.now();
      }
      if (signal.aborted) return;
    }
  } finally {
    await events.return();
  }
}

/** Asks, and where the server names a setting that it does not take, asks again without. */
async function answered(
  loaded: Loaded,
  request: GenerateRequest,
  { turns, tools }: { readonly turns: readonly Turn[]; readonly tools: readonly NativeTool[] },
  { means, note }: Pick<TurnMeans, 'means' | 'note'>,
  signal: AbortSignal,
): Promise<Response> {
  const { address, wire, server, kind, without } = loaded;
  for (;;) {
    const order: Order = {
      model: address.model,
      host: hostOf(address),
      kind,
      turns,
      tools,
      sampling: request.sampling,
      maxNewTokens: request.maxNewTokens,
      grammar: request.grammar ?? null,
      without,
      thoughtsIn: loaded.thoughtsIn,
    };
    const { path, body } = wire.ask(order);
    const call = { path, headers: wire.headers(server.key), body: JSON.stringify(body), model: address.model };
    const answer: Answer = await askServer(server, call, means, signal);
    if (answer.ok) return answer.response;
    const refused = answer.status === 400 || answer.status === 422 ? settingIn(answer.body, wire, without) : null;
    if (refused === null) throw faultIn(answer, server, address.model);
    without.add(refused);
    note(
      refused === 'logprobs' ? { code: 'logprobs-refused' } : { code: 'setting-dropped', params: { setting: refused } },
    );
  }
}

/** The setting that a refusal names, of those that can be left out and are not yet. */
function settingIn(body: string, { optional }: Wire, without: ReadonlySet<string>): string | null {
  return optional.find((name) => !without.has(name) && new RegExp(`\\b(top_)?${name}\\b`, 'i').test(body)) ?? null;
}

/** A fault in a stream does not know which model was asked. */
const withModel = (problem: Parameters<typeof fail>[0], model: string): Parameters<typeof fail>[0] =>
  problem.code === 'unknown-model' ? { code: 'unknown-model', params: { model } } : problem;

function usageOf(
  usage: WireUsage,
  { began, first }: { readonly began: number; readonly first: number | null },
  at: number,
): ToldUsage {
  const { prompt = null, cached = null, output = null, prefillMs, decodeMs } = usage;
  return {
    promptTokens: prompt,
    reusedTokens: cached,
    prefilledTokens: prompt === null || cached === null ? null : Math.max(0, prompt - cached),
    outputTokens: output,
    imagesEncoded: null,
    visionMs: null,
    // What the server says of itself; else how long it was waited for.
    prefillMs: prefillMs ?? (first === null ? null : Math.max(0, first - began)),
    decodeMs: decodeMs ?? (first === null ? null : Math.max(0, at - first)),
  };
}
