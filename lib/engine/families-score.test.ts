/**
 * Every family on WASM with its tiny model: a turn is scored as it was told, right after it, in another order and from nothing;
 * any other tokens as the rows of logits say that they get when they are computed one by one; and what a family keeps between
 * turns (states, too) is there afterwards.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Message } from './contract';
import { hear, type HeardModel, type HeardTurn } from './fixtures/heard-model';
import { GREEDY } from './fixtures/nano-conversation';
import { collectScore, expectComputed, expectSameAsTold, LIKENESS, type Score } from './fixtures/scored';
import { loadTinyModel, look, scene } from './fixtures/tiny-engine';
import { FAMILIES } from './fixtures/tiny-models';
import type { LoadedModel } from './worker/load-model';
import { embed } from './worker/prefill';
import { positionsAfter } from './worker/prompt/positions';
import { score } from './worker/score';

/** Other work may hold the processor. */
const SLOW = 240_000;
vi.setConfig({ testTimeout: SLOW, hookTimeout: SLOW });

/** Small, so that images and continuations lie across them. */
const CHUNK = 7;
const NEW_TOKENS = 10;
const picture = scene({ width: 120, height: 90 }, 3);

describe.each(FAMILIES)('%s', (family) => {
  let loaded: LoadedModel;
  let model: HeardModel;
  let opening: Message[];
  let first: HeardTurn;
  const say = (messages: readonly Message[], maxNewTokens = NEW_TOKENS) =>
    model.ask({ messages, sampling: GREEDY, maxNewTokens }, CHUNK);
  const rate = (messages: readonly Message[], tokenIds: readonly number[], prefillChunk = CHUNK): Promise<Score> =>
    collectScore(
      score(loaded, { messages, continuation: { tokenIds } }, new AbortController().signal, { prefillChunk }),
    );

  beforeAll(async () => {
    loaded = await loadTinyModel({ family, tiling: false });
    model = hear(loaded);
    opening = [look(loaded.manifest.image, picture, 'What is it?')];
    first = await say(opening);
  });
  afterAll(() => loaded.dispose());

  it('right after a turn only the turn is computed, and the next turn finds all of it', async () => {
    const told = await rate(opening, first.end.tokenIds);
    expectSameAsTold(told, first);
    expectComputed(told, 0);
    const messages = [...opening, first.message, look(loaded.manifest.image, picture, 'Closer.', [10, 10, 90, 60])];
    const second = await say(messages);
    expect(second.end.usage.reusedTokens).toBe(first.end.usage.promptTokens + first.tokens.length - 1);
    const next = await rate(messages, second.end.tokenIds);
    expectSameAsTold(next, second);
    expectComputed(next, 0);
    expect(next.end.usage.imagesEncoded).toBe(0);

    // Back to the first turn, and to the second: what was scored in between is no part of the conversation.
    const back = await rate(opening, first.end.tokenIds);
    expectSameAsTold(back, first);
    expectComputed(back, 0);
    expectSameAsTold(await rate(messages, second.end.tokenIds), second);
    const again = await say(messages);
    expect(again.end.tokenIds).toEqual(second.end.tokenIds);
  });

  it('another continuation of the same conversation computes itself alone', async () => {
    const other = Array.from({ length: 17 }, (_, i) => (i * 31 + 5) % 200);
    await rate(opening, first.end.tokenIds);
    const scored = await rate(opening, other);
    expectComputed(scored, 0);
    const back = await rate(opening, first.end.tokenIds);
    expectComputed(back, 0);
    expectSameAsTold(back, first);
    expect((await say(opening)).end.tokenIds).toEqual(first.end.tokenIds);
  });

  it('from nothing and in one piece it is the same', async () => {
    model.forget();
    const whole = await rate(opening, first.end.tokenIds, 4096);
    expectSameAsTold(whole, first);
    expectComputed(whole, whole.end.usage.promptTokens - 1);
    expect(whole.end.usage).toMatchObject({ reusedTokens: 0, imagesEncoded: 1 });
    // Nothing was generated here: the score itself left what the next one goes on from.
    expectComputed(await rate(opening, [5, 6, 7, 8]), 0);
    expectComputed(await rate(opening, first.end.tokenIds), 0);
  });

  it('tokens that no model would say have what the logits give them, computed one by one', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => (i * 53 + 17) % 300);
    const scored = await rate(opening, ids);
    // The conversation once more, and behind it each token by itself.
    const { session } = loaded;
    const { rows } = await say(opening, 1);
    let row = rows[0]!;
    for (const [i, id] of ids.entries()) {
      const { logprob, top } = scored.tokens[i]!;
      expect(Math.abs(logprob - logprobIn(row, id))).toBeLessThanOrEqual(LIKENESS);
      expect(top).toHaveLength(5);
      for (const one of top) expect(Math.abs(one.logprob - logprobIn(row, one.id ?? -1))).toBeLessThanOrEqual(LIKENESS);
      expect(top[0]!.logprob).toBeGreaterThanOrEqual(Math.max(...row) - logSumOf(row) - LIKENESS);
      const part = positionsAfter(session.last, [id]);
      row = await (await session.append(part, await embed(loaded, part))).logits();
    }
  });
});

/** By the definition. */
function logSumOf(row: Float32Array): number {
  return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0));
}

function logprobIn(row: Float32Array, id: number): number {
  return row[id]! - logSumOf(row);
}
