/**
 * One turn: encode the images that are new, prefill the positions that are new, then one token after another. The counts
 * it reports are what was really computed.
 */
import { EngineError, type GenerateEvent, type GenerateRequest, type GenerateUsage } from '../contract';
import type { ImageFeatures } from './feature-cache';
import type { LoadedModel } from './load-model';
import type { Constraint } from './grammar/constraint';
import { breathe } from './mutex';
import { positionAfter, type Position } from './positions';
import type { Prompt } from './prompt';
import { sampleToken, type Sampled } from './sampler';
import { insertFeatures } from './self-test';
import { worldScore } from './world';

export interface GenerateOptions {
  /** Most positions computed in one run: progress and abort come between runs. */
  readonly prefillChunk: number;
}

type Counts = { -readonly [K in keyof GenerateUsage]: GenerateUsage[K] };

/** Ends with `end` unless it throws. @throws EngineError `bad-request`, `context-full`, and those of a run. */
export async function* generate(
  loaded: LoadedModel,
  request: GenerateRequest,
  signal: AbortSignal,
  { prefillChunk }: GenerateOptions,
): AsyncGenerator<GenerateEvent, void, undefined> {
  const { manifest, session } = loaded;
  if (!(request.maxNewTokens >= 1)) throw new EngineError('bad-request', 'At least one token must be allowed.');
  const prompt = loaded.renderPrompt(request.messages, request.tools);
  const promptTokens = prompt.positions.length;
  const room = manifest.context - promptTokens;
  if (room < 1) {
    throw new EngineError('context-full', `The conversation takes ${promptTokens} of ${manifest.context} tokens.`);
  }
  const limit = Math.min(Math.floor(request.maxNewTokens), room);
  const opened = request.grammar ? isThoughtOpen(loaded, prompt) : false;
  const constraint = request.grammar ? loaded.constrain(request.grammar, { budget: limit, opened }) : null;
  const reused = session.reusable(prompt.positions);
  const usage: Counts = {
    promptTokens,
    reusedTokens: reused,
    prefilledTokens: 0,
    outputTokens: 0,
    imagesEncoded: 0,
    visionMs: 0,
    prefillMs: 0,
    decodeMs: 0,
  };
  const tokenIds: number[] = [];
  const end = (reason: 'stop' | 'length' | 'abort'): GenerateEvent => ({
    type: 'end',
    reason,
    tokenIds,
    usage: { ...usage },
  });

  yield* encodeImages(loaded, prompt, reused, usage, signal);
  if (signal.aborted) return yield end('abort');

  session.rewind(reused);
  const logits = yield* prefill(loaded, prompt, usage, prefillChunk, signal);
  if (!logits) return yield end('abort');

  yield* decode(loaded, request, logits, { limit, constraint, tokenIds, usage, end }, signal);
}

/** Encodes what positions after `reused` need. Tells of those, and of every image that is new in this request. */
async function* encodeImages(
  { manifest, model, features, world }: LoadedModel,
  prompt: Prompt,
  reused: number,
  usage: Counts,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, void, undefined> {
  const needed = new Set(prompt.positions.slice(reused).flatMap(({ feature }) => (feature ? [feature.key] : [])));
  const told = new Set([...needed, ...prompt.fresh]);
  const missing = [...told].filter((key) => !features.get(key));
  let done = 0;
  if (missing.length > 0) yield { type: 'progress', phase: 'vision', done, total: missing.length };
  for (const key of told) {
    if (signal.aborted) return;
    const found = features.get(key);
    if (found) {
      const tokens = found.rows.length / manifest.decoder.hidden;
      yield { type: 'image-encoded', key, tokens, ms: 0, cached: true, world: found.world };
      continue;
    }
    const image = prompt.images.get(key);
    if (!image) throw new EngineError('internal', `No image has the key ${key}.`);
    const start = performance.now();
    const rows = await model.encodeImage(image);
    const score = world && { score: worldScore(world, rows), threshold: world.threshold };
    const encoded: ImageFeatures = { rows, world: score };
    const tokens = rows.length / manifest.decoder.hidden;
    const ms = performance.now() - start;
    features.set(key, encoded);
    usage.visionMs += ms;
    usage.imagesEncoded++;
    yield { type: 'progress', phase: 'vision', done: ++done, total: missing.length };
    yield { type: 'image-encoded', key, tokens, ms, cached: false, world: score };
    await breathe();
  }
}

/** Returns the logits after the last position, or null where aborted. */
async function* prefill(
  { manifest, model, session, features }: LoadedModel,
  prompt: Prompt,
  usage: Counts,
  chunk: number,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, Float32Array | null, undefined> {
  const total = prompt.positions.length - session.length;
  const first = session.length;
  // Where the last turn ended, and where this prompt says that others may part from it.
  const marks = session.needsMarks ? prompt.marks.filter((mark) => mark > first + 1) : [];
  session.mark();
  let logits: Float32Array | null = null;
  yield { type: 'progress', phase: 'prefill', done: 0, total };
  while (session.length < prompt.positions.length) {
    await breathe();
    if (signal.aborted) return null;
    const start = performance.now();
    const mark = marks.find((length) => length > session.length) ?? prompt.positions.length;
    const most = Math.min(chunk, session.mostAtOnce);
    const part = prompt.positions.slice(session.length, Math.min(session.length + most, mark));
    const embeds = await model.embed(part.map(({ id }) => id));
    insertFeatures(part, embeds, manifest.decoder.hidden, (key) => {
      const found = features.get(key);
      if (!found) throw new EngineError('bad-request', 'One request holds more images than the engine keeps.');
      return found.rows;
    });
    logits = await session.append(part, embeds);
    if (session.length === mark) session.mark();
    usage.prefillMs += performance.now() - start;
    usage.prefilledTokens += part.length;
    yield { type: 'progress', phase: 'prefill', done: session.length - first, total };
  }
  return logits;
}

/** Some chat templates begin the model's turn for it, with a thought. */
function isThoughtOpen({ tokenizer }: LoadedModel, { positions }: Prompt): boolean {
  const tail = positions.slice(-TAIL).map(({ id, feature }) => (feature ? '' : tokenizer.textOf(id)));
  return /<think>\s*$/.test(tail.join(''));
}

/** Positions in which `<think>` and a line break or two fit, written byte by byte. */
const TAIL = 12;

interface Turn {
  readonly limit: number;
  readonly constraint: Constraint | null;
  readonly tokenIds: number[];
  readonly usage: Counts;
  readonly end: (reason: 'stop' | 'length' | 'abort') => GenerateEvent;
}

/**
 * The next token, and after it those that the grammar leaves no choice about: they need no logits of their own, so nothing is
 * known of their probability and `top` is empty.
 */
function choose(sample: () => Sampled, constraint: Constraint | null): readonly Sampled[] {
  const first = sample();
  if (!constraint) return [first];
  constraint.advance(first.id);
  const certain = constraint.forced();
  for (const id of certain) constraint.advance(id);
  return [first, ...certain.map((id) => ({ id, logprob: 0, top: [] }))];
}

async function* decode(
  { model, session, tokenizer, stopIds }: LoadedModel,
  { sampling }: GenerateRequest,
  firstLogits: Float32Array,
  { limit, constraint, tokenIds, usage, end }: Turn,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, void, undefined> {
  const stream = tokenizer.textStream();
  let logits = firstLogits;
  for (;;) {
    await breathe();
    if (signal.aborted) return yield end('abort');
    const start = performance.now();
    const sample = () => sampleToken(logits, sampling, session.length, constraint?.mask());
    const chosen = choose(sample, constraint);
    usage.decodeMs += performance.now() - start;
    for (const { id, logprob, top } of chosen) {
      tokenIds.push(id);
      usage.outputTokens++;
      const stopped = stopIds.has(id);
      const last = stopped || tokenIds.length >= limit;
      // The stop token ends the text and is no part of it.
      const text = (stopped ? '' : stream.push(id)) + (last ? stream.flush() : '');
      const alternatives = top.map((one) => ({ ...one, text: tokenizer.textOf(one.id) }));
      yield { type: 'token', id, text, logprob, top: alternatives };
      if (last) return yield end(stopped ? 'stop' : 'length');
    }
    const next = performance.now();
    for (let done = 0; done < chosen.length; done += session.mostAtOnce) {
      const ids = chosen.slice(done, done + session.mostAtOnce).map(({ id }) => id);
      logits = await session.append(
        positionsOf(ids, (id) => session.next(id)),
        await model.embed(ids),
      );
    }
    usage.decodeMs += performance.now() - next;
  }
}

/** One after the other, from where the session stands. */
function positionsOf(ids: readonly number[], next: (id: number) => Position): Position[] {
  const positions: Position[] = [];
  for (const id of ids) {
    const before = positions.at(-1);
    positions.push(before ? positionAfter(before, id) : next(id));
  }
  return positions;
}
