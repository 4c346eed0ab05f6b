/**
 * One turn: encode the images that are new, prefill the positions that are new, then one token after another. The counts
 * it reports are what was really computed.
 */
import { EngineError, type GenerateEvent, type GenerateRequest, type GenerateUsage } from '../contract';
import type { TaggedText } from '../call-grammar';
import type { LoadedModel } from './load-model';
import type { Constraint } from './decode/grammar/constraint';
import { breathe } from '@/lib/port';
import type { NextToken } from './decode/next-token';
import { encodeImages, prefill, type ChunkOptions } from './prefill';
import { positionsAfter } from './prompt/positions';
import type { Prompt } from './prompt/prompt';
import type { Sampled } from './decode/sampler';

type Counts = { -readonly [K in keyof GenerateUsage]: GenerateUsage[K] };

/** Ends with `end` unless it throws. @throws EngineError `bad-request`, `context-full`, and those of a run. */
export async function* generate(
  loaded: LoadedModel,
  request: GenerateRequest,
  signal: AbortSignal,
  { prefillChunk }: ChunkOptions,
): AsyncGenerator<GenerateEvent, void, undefined> {
  const { manifest, session } = loaded;
  if (!(request.maxNewTokens >= 1)) throw new EngineError('bad-request', 'At least one token must be allowed.');
  const prompt = loaded.renderPrompt(request.messages, request.tools, request.begun);
  const begun = prompt.positions.slice(prompt.before).map(({ id }) => id);
  const promptTokens = prompt.positions.length;
  const room = manifest.context - promptTokens;
  if (room < 1) {
    throw new EngineError('context-full', `The conversation takes ${promptTokens} of ${manifest.context} tokens.`);
  }
  const limit = Math.min(Math.max(1, Math.floor(request.maxNewTokens) - begun.length), room);
  const thought = thoughtOf(loaded, prompt, request.grammar?.think);
  const begins = request.grammar ? loaded.constrain(request.grammar, { budget: begun.length + limit, thought }) : null;
  // Words that the grammar does not have leave the turn free.
  const constraint = begins?.follow(begun) ? begins : null;
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

  if (loaded.stopIds.has(begun.at(-1) ?? -1)) return yield end('stop');
  yield* encodeImages(loaded, prompt, reused, usage, signal);
  if (signal.aborted) return yield end('abort');

  session.rewind(reused);
  const next = yield* prefill(loaded, { prompt, until: promptTokens, more: 0, usage, prefillChunk }, signal);
  if (!next) return yield end('abort');

  yield* decode(loaded, request, next, { begun, limit, constraint, tokenIds, usage, end }, signal);
}

/** Some chat templates begin the model's turn for it: with a thought to go on with, or with an empty one where it is not to think. */
function thoughtOf(
  { tokenizer }: LoadedModel,
  { positions, before: length }: Prompt,
  think: TaggedText | null | undefined,
): 'open' | 'closed' | undefined {
  if (!think) return undefined;
  const tail = positions
    .slice(Math.max(0, length - TAIL), length)
    .map(({ id, feature }) => (feature ? '' : tokenizer.textOf(id)));
  const before = tail.join('').trimEnd();
  const [open, close] = [think.open.trimEnd(), think.close.trimEnd()];
  if (before.endsWith(open)) return 'open';
  return before.endsWith(close) && before.slice(0, -close.length).trimEnd().endsWith(open) ? 'closed' : undefined;
}

/** Positions in which a thought's tags and a few line breaks fit, written byte by byte. */
const TAIL = 32;

interface Turn {
  /** Tokens that it has already. */
  readonly begun: readonly number[];
  readonly limit: number;
  readonly constraint: Constraint | null;
  readonly tokenIds: number[];
  readonly usage: Counts;
  readonly end: (reason: 'stop' | 'length' | 'abort') => GenerateEvent;
}

/**
 * Takes a token, and after it those that the grammar leaves no choice about: they need no logits of their own, so nothing is
 * known of their probability and `top` is empty.
 */
function certainAfter(id: number, constraint: Constraint | null): readonly Sampled[] {
  if (!constraint) return [];
  constraint.advance(id);
  const certain = constraint.forced();
  for (const one of certain) constraint.advance(one);
  return certain.map((one) => ({ id: one, logprob: 0, top: [] }));
}

async function* decode(
  { embedder, session, tokenizer, stopIds }: LoadedModel,
  { sampling }: GenerateRequest,
  first: NextToken,
  { begun, limit, constraint, tokenIds, usage, end }: Turn,
  signal: AbortSignal,
): AsyncGenerator<GenerateEvent, void, undefined> {
  const stream = tokenizer.textStream();
  for (const id of begun) stream.push(id);
  let next = first;
  for (;;) {
    await breathe();
    if (signal.aborted) return yield end('abort');
    const start = performance.now();
    const sampled = await next.sample(sampling, session.length, constraint?.mask());
    const chosen = [sampled, ...certainAfter(sampled.id, constraint)];
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
    const computing = performance.now();
    for (let done = 0; done < chosen.length; done += session.mostAtOnce) {
      const ids = chosen.slice(done, done + session.mostAtOnce).map(({ id }) => id);
      const positions = positionsAfter(session.last, ids);
      next = await session.append(positions, await embedder.embed(positions, noImage), embedder.extras);
    }
    usage.decodeMs += performance.now() - computing;
  }
}

function noImage(): never {
  throw new EngineError('internal', 'A token is no image.');
}
