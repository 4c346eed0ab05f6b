/**
 * The loop: think, look closer, think again, answer (DeepEyes, arXiv 2505.14362; docs/protocol.md N8 to N13). It turns a
 * question about a picture into the stream of events a trajectory is made of, and knows neither a page nor a worker. What a
 * model gets wrong is a step; what the world gets wrong ends the run as `failed` with a code; nothing is thrown.
 */
import { imageTokens, modelSize } from '@/lib/engine';
import type { CallGrammar, Device, EngineImage, GenerateEvent, Message, ModelManifest, VlmEngine } from '@/lib/engine';
import { boxOfSize, sizeOf } from '@/lib/geometry';
import type { Frame, ImageBox, Size } from '@/lib/geometry';
import type { ImageService, SourceImage } from '@/lib/image';
import type { RunHeader, RunSettings, Seen, StopReason, Token, Trajectory, TrajectoryEvent } from '@/lib/trajectory';
import type { ParsedCall, Protocol } from './contract';
import { findProtocol } from './protocols';
import { isSameBox, stopReasonOf } from './stop-conditions';
import type { RunState } from './stop-conditions';
import { planZoom } from './tools/zoom';
import { createTurnScribe } from './turn-scribe';
import type { TurnScribe, Verdict } from './turn-scribe';

/** All a run needs. The model is loaded already. */
export interface AgentRun {
  readonly engine: Pick<VlmEngine, 'generate'>;
  readonly images: Pick<ImageService, 'cut'>;
  readonly source: SourceImage;
  readonly question: string;
  readonly settings: RunSettings;
  readonly manifest: ModelManifest;
  readonly device: Device | 'remote' | 'replay' | 'unknown';
  /** Monotonic milliseconds. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Made from the manifest where left out. */
  readonly protocol?: Protocol;
  /** A new random id and this moment where left out. */
  readonly id?: string;
  readonly createdAt?: string;
  readonly title?: string;
  readonly parent?: Trajectory['parent'];
}

type End = Omit<Extract<TrajectoryEvent, { type: 'run-end' }>, 'at' | 'type'>;

/**
 * Streams a run from `run-start` to `run-end`. Aborting ends it as `stopped` within one token; an `EngineError` or
 * `ImageError` ends it as `failed` with that error's code and keeps every finished step.
 */
export async function* runAgent(run: AgentRun): AsyncGenerator<TrajectoryEvent, void, undefined> {
  const began = run.now();
  const at = (): number => Math.max(0, run.now() - began);
  const protocol = run.protocol ?? findProtocol(run.manifest.protocol);
  yield { type: 'run-start', at: 0, header: headerOf(run, protocol) };
  let end: End;
  if (protocol === null) {
    const message = `Unknown protocol: ${run.manifest.protocol}`;
    end = { status: 'failed', reason: 'error', message, code: 'unsupported-model' };
  } else {
    end = yield* converse(run, protocol, at);
  }
  yield { type: 'run-end', at: at(), ...end };
}

function headerOf(run: AgentRun, protocol: Protocol | null): RunHeader {
  const { source, question, settings, manifest, device } = run;
  const frame = protocol ? frameOf(protocol, manifest) : manifest.frame;
  return {
    id: run.id ?? crypto.randomUUID(),
    title: run.title ?? question,
    createdAt: run.createdAt ?? new Date().toISOString(),
    question,
    image: source.ref,
    model: { id: manifest.id, name: manifest.name, version: manifest.version, device },
    protocol: protocol?.id ?? manifest.protocol,
    systemPrompt: protocol?.systemPrompt(settings.tools, frame) ?? '',
    settings,
    parent: run.parent ?? null,
  };
}

function frameOf(protocol: Protocol, manifest: ModelManifest): Frame {
  return protocol.frame ?? manifest.frame;
}

/** How the model will see a region of that size. @throws EngineError `bad-request` for one that it cannot see */
function seenAs({ image }: ModelManifest, { width, height }: Size): Seen {
  return { ...modelSize(image, width, height), tokens: imageTokens(image, width, height) };
}

type Told = AsyncGenerator<TrajectoryEvent, End, undefined>;

/** Turn after turn until a stop condition holds; never throws. */
async function* converse(run: AgentRun, protocol: Protocol, at: () => number): Told {
  const { settings, manifest, source, signal } = run;
  const frame = frameOf(protocol, manifest);
  const { tools } = settings;
  let calls = 0;
  let lastBox: ImageBox | null = null;
  let repeats = 0;

  let scribe: TurnScribe | null = null;
  try {
    // Boxes are always of the first image (N7, S1), whatever crop came after it.
    const seen = seenAs(manifest, source.ref);
    const rule = { ...manifest.crop, shape: protocol.cropShape };
    const judge = (call: ParsedCall): Verdict => {
      const plan = planZoom(call.box, { frame, image: source.ref, seen, rule });
      if (!plan.ok) return plan;
      repeats = isSameBox(lastBox, plan.askedInImage) ? repeats + 1 : 0;
      lastBox = plan.askedInImage;
      return repeats > 0 ? { ok: false, problem: 'repeated-box' } : { ...plan, frame };
    };
    const whole = await cut(run, boxOfSize(source.ref), seen);
    const systemPrompt = protocol.systemPrompt(tools, frame);
    const messages: Message[] = [...protocol.opening({ systemPrompt, image: whole, question: run.question, tools })];
    for (let turn = 1; ; turn += 1) {
      signal.throwIfAborted();
      yield { type: 'turn-start', at: at(), turn };
      const stateAfter = (held: RunState['held'], endedBy: RunState['ended']): RunState => {
        return { held, ended: endedBy, calls, repeats, maxTurns: settings.maxTurns, tools };
      };
      scribe = createTurnScribe(protocol.parser(), {
        turn,
        nextCallId: () => `call-${(calls += 1)}`,
        judge,
        // Nobody is told anything by a run that ends here.
        tell: (problem) => (stopReasonOf(stateAfter('malformed', 'stop')) ? '' : protocol.tell(problem).told),
      });
      const mayCall = tools && calls < settings.maxTurns;
      const generated: Generated = yield* generate(run, turn, scribe, at, {
        messages,
        grammar: settings.grammar ? protocol.grammar({ frame, image: source.ref, seen, tools, mayCall }) : null,
        first: turn === 1 ? { whole, seen } : null,
      });
      yield* scribe.end(generated.reason === 'abort' ? 'interrupted' : 'complete', at());
      if (generated.usage !== null) yield { type: 'turn-end', at: at(), usage: { turn, ...generated.usage } };
      const held = scribe.held();
      const text = scribe.text();
      scribe = null;

      const reason = stopReasonOf(stateAfter(held.type, generated.reason));
      if (reason !== null) return ended(reason);
      messages.push({ role: 'assistant', text, tokenIds: generated.tokenIds });
      if (held.type === 'call') {
        const start = at();
        const { callId, executed } = held;
        const cropSeen = seenAs(manifest, sizeOf(executed));
        messages.push(protocol.observation(await cut(run, executed, cropSeen)));
        yield { type: 'result', at: at(), start, turn, callId, executed, seen: cropSeen };
      } else if (held.type === 'malformed') {
        messages.push(protocol.tell(held.problem).message);
      }
    }
  } catch (error) {
    if (scribe !== null) yield* scribe.end('interrupted', at());
    return signal.aborted ? ended('abort') : failed(error);
  }
}

interface Generated {
  readonly reason: 'stop' | 'length' | 'abort';
  readonly tokenIds: readonly number[];
  readonly usage: Extract<GenerateEvent, { type: 'end' }>['usage'] | null;
}

interface TurnOrder {
  readonly messages: readonly Message[];
  readonly grammar: CallGrammar | null;
  /** The overview, whose features and distance the trajectory keeps. */
  readonly first: { readonly whole: EngineImage; readonly seen: Seen } | null;
}

/** One turn's tokens, as events. */
async function* generate(
  run: AgentRun,
  turn: number,
  scribe: TurnScribe,
  at: () => number,
  { messages, grammar, first }: TurnOrder,
): AsyncGenerator<TrajectoryEvent, Generated, undefined> {
  const { settings, signal } = run;
  const { temperature, topP, topK, seed, maxNewTokens } = settings;
  // Every turn draws anew: the same draws again would lead the model round in circles.
  const request = {
    messages: [...messages],
    sampling: { temperature, topP, topK, seed: seed + turn - 1 },
    maxNewTokens,
    ...(grammar && { grammar }),
  };
  const tokenIds: number[] = [];
  let unseen = first;
  const seeWhole = function* (tokens: number, world: Trajectory['world']): Generator<TrajectoryEvent> {
    if (unseen === null) return;
    yield { type: 'image-seen', at: at(), seen: { ...unseen.seen, tokens }, world };
    unseen = null;
  };
  for await (const event of run.engine.generate(request, signal)) {
    // Stop means within one token, also for an engine that is slow to notice.
    if (event.type === 'token' && signal.aborted) return { reason: 'abort', tokenIds, usage: null };
    switch (event.type) {
      case 'progress':
        yield { type: 'progress', at: at(), phase: event.phase, done: event.done, total: event.total };
        break;
      case 'image-encoded':
        if (event.key === unseen?.whole.key) yield* seeWhole(event.tokens, event.world);
        break;
      case 'token': {
        // An engine whose cache already held the picture need not have spoken of it.
        if (unseen !== null) yield* seeWhole(unseen.seen.tokens, null);
        tokenIds.push(event.id);
        yield* scribe.token(tokenOf(event), at());
        yield { type: 'progress', at: at(), phase: 'decode', done: tokenIds.length, total: maxNewTokens };
        break;
      }
      case 'end':
        return { reason: event.reason, tokenIds: event.tokenIds, usage: event.usage };
      default:
        event satisfies never;
    }
  }
  return { reason: signal.aborted ? 'abort' : 'stop', tokenIds, usage: null };
}

/** JSON knows no infinity; no token that is written is less likely than this. */
const LEAST_LOGPROB = -10_000;

function tokenOf({ id, text, logprob, top }: Extract<GenerateEvent, { type: 'token' }>): Token {
  const finite = (value: number): number => (Number.isFinite(value) ? value : LEAST_LOGPROB);
  return {
    id,
    text,
    logprob: finite(logprob),
    top: top.map((other) => ({ id: other.id, text: other.text, logprob: finite(other.logprob) })),
  };
}

/** A region of the original as the model will see it (N14, S5). */
async function cut(run: AgentRun, region: ImageBox, { width, height }: Size): Promise<EngineImage> {
  const { images, source, manifest, signal } = run;
  const cropped = await images.cut(source, region, { width, height }, manifest.image.resample, signal);
  const place = [region.x1, region.y1, region.x2, region.y2].join(',');
  return {
    key: `${source.ref.hash}:${place}:${width}x${height}`,
    width: cropped.width,
    height: cropped.height,
    data: cropped.data,
    source: sizeOf(region),
  };
}

function ended(reason: StopReason): End {
  return { status: reason === 'abort' ? 'stopped' : 'done', reason, message: '', code: null };
}

/** World errors carry a code from a closed union of their subsystem; anything else is ours. */
function failed(error: unknown): End {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'failed', reason: 'error', message, code };
}
