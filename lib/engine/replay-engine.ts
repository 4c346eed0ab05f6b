/**
 * A recorded run played back through the engine's contract: each call of `generate` yields the next recorded turn, token by
 * token, in the recorded time. For machines too weak for a model, for examples and for stories told in tests. It computes
 * nothing: what it says is what was recorded, whatever it is asked.
 */
import type { Part, Trajectory, TurnUsage } from '@/lib/trajectory';
import {
  EngineError,
  type GenerateEvent,
  type GenerateRequest,
  type GenerateUsage,
  type ModelCard,
  type TellingEngine,
} from './contract';

export interface ReplayOptions {
  /** 1 is as fast as it was, 2 twice as fast, Infinity (the default) without waiting. */
  readonly speed?: number;
  /** The model's card where it is at hand; else one is made of what the recording says. */
  readonly card?: ModelCard;
}

export function replayEngine(trajectory: Trajectory, options: ReplayOptions = {}): TellingEngine {
  const speed = options.speed ?? Infinity;
  const card = options.card ?? cardOf(trajectory);
  const turns = [...new Set(trajectory.steps.map((step) => step.turn))].sort((a, b) => a - b);

  return {
    async *load(_request, signal) {
      signal.throwIfAborted();
      // What a recording ran on is told by the trajectory; a player has no device of its own.
      const device = trajectory.models[0]?.device === 'webgpu' ? 'webgpu' : 'wasm';
      yield { phase: 'ready', device, remarks: [{ code: 'recording' }], card };
    },

    async *generate(request, signal) {
      const index = request.messages.filter((message) => message.role === 'assistant').length;
      const turn = turns[index];
      if (turn === undefined) throw new EngineError('bad-request', 'The recording has no further turn.');
      const tokens = trajectory.steps.filter((step) => step.turn === turn).flatMap((step) => step.tokens);
      const recorded = trajectory.usage.find((one) => one.turn === turn);
      const tokenIds: number[] = [];
      const end = (reason: 'stop' | 'length' | 'abort'): GenerateEvent => ({
        type: 'end',
        reason,
        tokenIds,
        usage: usageOf(recorded, tokenIds.length),
      });

      for (const event of imagesOf(request, trajectory, turns[index - 1] ?? null, recorded)) yield event;
      await pause(((recorded?.visionMs ?? 0) + (recorded?.prefillMs ?? 0)) / speed, signal);
      const each = (recorded?.decodeMs ?? 0) / Math.max(1, tokens.length) / speed;
      for (const token of tokens) {
        await pause(each, signal);
        if (signal.aborted) break;
        if (token.id !== null) tokenIds.push(token.id);
        yield { type: 'token', ...token };
      }
      yield end(signal.aborted ? 'abort' : endOf(trajectory, index === turns.length - 1));
    },

    dispose: () => Promise.resolve(),
  };
}

/** How the recorded turn ended. A run cut off by a person is played to where it was cut, and ends there as it did. */
function endOf(trajectory: Trajectory, isLast: boolean): 'stop' | 'length' | 'abort' {
  if (!isLast) return 'stop';
  if (trajectory.stop?.reason === 'length') return 'length';
  return trajectory.stop?.reason === 'abort' ? 'abort' : 'stop';
}

function* imagesOf(
  request: GenerateRequest,
  trajectory: Trajectory,
  before: number | null,
  recorded: TurnUsage | undefined,
): Generator<GenerateEvent, void, undefined> {
  // What was told since the last turn: an answer to each of its calls.
  const fresh = request.messages.slice(request.messages.findLastIndex(({ role }) => role === 'assistant') + 1);
  const images = fresh.flatMap((message) =>
    message.role === 'user' ? message.content.filter((part) => part.type === 'image') : [],
  );
  const shown = shownAfter(trajectory, before);
  for (const [at, { image }] of images.entries()) {
    const seen = shown[at] ?? null;
    const ms = recorded?.visionMs ?? 0;
    const world = seen?.distance ?? null;
    yield {
      type: 'image-encoded',
      key: image.key,
      tokens: seen?.tokens ?? 0,
      ms,
      cached: recorded?.imagesEncoded === 0,
      world,
    };
  }
}

/** How the pictures that a turn brought were seen; null: those that were given. */
function shownAfter({ given, steps }: Trajectory, turn: number | null) {
  const results = steps.filter((step) => step.type === 'result' && step.turn === turn);
  const parts: readonly Part[] =
    turn === null ? given : results.flatMap((step) => (step.type === 'result' ? step.parts : []));
  return parts.flatMap((part) => ('picture' in part ? [part.seen] : []));
}

function usageOf(recorded: TurnUsage | undefined, outputTokens: number): GenerateUsage {
  return {
    promptTokens: recorded?.promptTokens ?? 0,
    reusedTokens: recorded?.reusedTokens ?? 0,
    prefilledTokens: recorded?.prefilledTokens ?? 0,
    outputTokens: recorded?.outputTokens ?? outputTokens,
    imagesEncoded: recorded?.imagesEncoded ?? 0,
    visionMs: recorded?.visionMs ?? 0,
    prefillMs: recorded?.prefillMs ?? 0,
    decodeMs: recorded?.decodeMs ?? 0,
  };
}

/** What the agent needs to know of the model, from the recording. */
function cardOf(trajectory: Trajectory): ModelCard {
  const [model] = trajectory.models;
  const call = trajectory.steps.find((step) => step.type === 'call' && step.asked !== null);
  const seen = shownAfter(trajectory, null)[0];
  return {
    id: model?.id ?? 'replay',
    name: model?.name ?? '',
    version: model?.version ?? '',
    dialect: trajectory.dialect,
    frame: (call?.type === 'call' ? call.asked?.frame : undefined) ?? 'thousandths',
    image: { size: seen?.width ?? 1, tokens: seen?.tokens ?? 1, resample: 'bilinear', mean: [0, 0, 0], std: [1, 1, 1] },
    crop: { minSide: 64, context: 1.25 },
    context: Number.MAX_SAFE_INTEGER,
    provenance: '',
    can: { tokens: true, grammar: false, score: false, calls: true },
  };
}

/** Ends early on abort; no pause at all for 0, so that an instant replay takes no turns of the event loop. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (!(ms > 0) || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
  });
}
