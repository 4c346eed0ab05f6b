/**
 * How far apart a score and what was told of the same tokens are in every number format, on WASM: printed, and held where
 * nothing is rounded. Products of 16-bit numbers and of bytes depend on how a prompt is cut into runs.
 */
import { expect, it, vi } from 'vitest';
import { GREEDY } from './fixtures/nano-conversation';
import { LIKENESS, spread } from './fixtures/scored';
import { loadTiny, look, scene } from './fixtures/tiny-engine';
import { DTYPES, type TinyModelOptions } from './fixtures/tiny-models';

/** Other work may hold the processor. */
const SLOW = 240_000;
vi.setConfig({ testTimeout: SLOW });

const picture = scene({ width: 160, height: 120 }, 5);
/** One with a row of logits a run and one with states. */
const MODELS = (['smolvlm', 'lfm2_vl'] as const).flatMap((family) =>
  DTYPES.map((dtype): TinyModelOptions => ({ family, dtype, tiling: false })),
);
/** Floats outside of the weights: the same sums, whatever lies in one run. */
const EXACT = ['fp32', 'q4'];

it.each(MODELS)('$family in $dtype', async (model) => {
  const engine = await loadTiny(model);
  const messages = [look(engine.manifest.image, picture, 'What is it?')];
  const turn = await engine.ask({ messages, sampling: { ...GREEDY, temperature: 1, topK: 20 }, maxNewTokens: 24 });
  // What is compared is not one number over and over.
  expect(new Set(turn.tokens.map(({ logprob }) => logprob)).size).toBeGreaterThan(turn.tokens.length / 2);
  const continuation = turn.end;
  const after = spread(await engine.score({ messages, continuation }), turn);
  const fresh = await loadTiny({ ...model, prefillChunk: 4096 });
  const whole = spread(await fresh.score({ messages, continuation }), turn);
  const dtype = model.dtype ?? 'fp32';
  console.warn(
    `${model.family} in ${dtype}, ${turn.tokens.length} tokens: log-probabilities differ from those told by ${after.toExponential(1)} after the turn, by ${whole.toExponential(1)} from nothing in one run`,
  );
  expect(Math.max(after, whole)).toBeLessThanOrEqual(EXACT.includes(dtype) ? LIKENESS : 1);
});
