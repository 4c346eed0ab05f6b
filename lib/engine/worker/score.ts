/**
 * What the model thinks of a turn that is given: it is computed behind its conversation like a prompt, in chunks, and each
 * token is looked up in the logits of the position before it. What the log has in common with the conversation is kept.
 */
import { breathe } from '@/lib/port';
import { EngineError, type ScoredToken, type ScoreEvent, type ScoreRequest, type ScoreUsage } from '../contract';
import type { LoadedModel } from './load-model';
import { embed, encodeImages, prefill, type ChunkOptions } from './prefill';
import { positionsAfter } from './prompt/positions';

type Counts = { -readonly [K in keyof ScoreUsage]: ScoreUsage[K] };

/** Ends with `end` unless it throws. @throws EngineError `bad-request`, `context-full`, and those of a run. */
export async function* score(
  loaded: LoadedModel,
  request: ScoreRequest,
  signal: AbortSignal,
  { prefillChunk }: ChunkOptions,
): AsyncGenerator<ScoreEvent, void, undefined> {
  const { manifest, session, tokenizer, stopIds } = loaded;
  const prompt = loaded.renderPrompt(request.messages, request.tools);
  const ids = idsOf(loaded, request);
  const promptTokens = prompt.positions.length;
  if (promptTokens + ids.length > manifest.context) {
    const sizes = `The conversation takes ${promptTokens} and the turn to score ${ids.length} of ${manifest.context} tokens.`;
    throw new EngineError('context-full', sizes);
  }
  const reused = session.reusable(prompt.positions);
  const usage: Counts = {
    promptTokens,
    reusedTokens: reused,
    prefilledTokens: 0,
    scoredTokens: 0,
    imagesEncoded: 0,
    visionMs: 0,
    prefillMs: 0,
  };
  const end = (reason: 'done' | 'abort'): ScoreEvent => ({ type: 'end', reason, usage: { ...usage } });

  yield* encodeImages(loaded, prompt, reused, usage, signal);
  if (signal.aborted) return yield end('abort');

  session.rewind(reused);
  const total = promptTokens + ids.length - 1 - reused;
  // The conversation's last position is asked about the first token. Another continuation begins here as well.
  const until = promptTokens - 1;
  yield* prefill(loaded, { prompt, until, more: ids.length, usage, prefillChunk }, signal);
  if (signal.aborted) return yield end('abort');
  session.mark();

  const asked = [...prompt.positions.slice(until), ...positionsAfter(prompt.positions.at(-1), ids.slice(0, -1))];
  const most = Math.min(prefillChunk, session.mostScored);
  const stream = tokenizer.textStream();
  for (let at = 0; at < ids.length; at += most) {
    await breathe();
    if (signal.aborted) return yield end('abort');
    const start = performance.now();
    const part = asked.slice(at, at + most);
    const embeds = await embed(loaded, part);
    const scored = await session.score(part, embeds, ids.slice(at, at + most), loaded.embedder.extras);
    usage.prefillMs += performance.now() - start;
    usage.prefilledTokens += part.length;
    usage.scoredTokens += part.length;
    const tokens = scored.map(({ id, logprob, top }, i): ScoredToken => {
      const isLast = at + i === ids.length - 1;
      // The stop token ends the text and is no part of it.
      const text = (stopIds.has(id) ? '' : stream.push(id)) + (isLast ? stream.flush() : '');
      return { id, text, logprob, top: top.map((one) => ({ ...one, text: tokenizer.textOf(one.id) })) };
    });
    yield { type: 'tokens', tokens };
    yield { type: 'progress', phase: 'prefill', done: total - (ids.length - usage.scoredTokens), total };
  }
  yield end('done');
}

/** @throws EngineError `bad-request` */
function idsOf(loaded: LoadedModel, request: ScoreRequest): readonly number[] {
  const { manifest } = loaded;
  const ids = wanted(loaded, request);
  if (ids.length === 0) throw new EngineError('bad-request', 'There is nothing to score: give at least one token.');
  const { vocab } = manifest.decoder;
  if (ids.some((id) => !Number.isInteger(id) || id < 0 || id >= vocab)) {
    throw new EngineError(
      'bad-request',
      `The turn to score holds token ids outside this model's vocabulary of ${vocab}.`,
    );
  }
  return ids;
}

function wanted({ encodeText, renderPrompt }: LoadedModel, { messages, tools, continuation }: ScoreRequest) {
  if ('tokenIds' in continuation) return continuation.tokenIds;
  if ('text' in continuation) return encodeText(continuation.text);
  const { positions, before } = renderPrompt(messages, tools, continuation.pieces);
  return positions.slice(before).map(({ id }) => id);
}
