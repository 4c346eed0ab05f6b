/**
 * Forks inside the engine: any chain of them is, token for token, a run from nothing with the same beginning and seed; and what was computed
 * already is not computed again. The shipped model, and a family whose layers keep states (random weights), on WASM;
 * fork-engine.browser.test.ts has WebGPU.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { serveFolder } from '@/lib/engine/fixtures/model-server';
import { GREEDY, question, pattern } from '@/lib/engine/fixtures/nano-conversation';
import { loadTiny } from '@/lib/engine/fixtures/tiny-engine';
import type { Trajectory } from '@/lib/trajectory';
import { ofThisSuite } from '@/scripts/suite';
import { findDialect } from './dialects';
import { expectChain, forkAt, ids, loadNano, loadRandom, play, SIZE, type Model } from './fixtures/fork-chains';

async function nano(): Promise<Model> {
  const server = await serveFolder(fileURLToPath(new URL('../../public/models/loupe-nano', import.meta.url)));
  const request = { modelUrl: server.url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
  try {
    return await loadNano(request, { findOrtByPackage: true });
  } finally {
    await server.close();
  }
}

describe.each([
  { name: 'the shipped model', load: nano },
  { name: 'a family with states', load: () => loadRandom({ family: 'qwen3_5' }) },
])('$name', ({ load }) => {
  const loading = load();

  /** One with a look: a person's where the model makes none. `prompt`: tokens before its first turn. */
  async function playLooking(model: Model): Promise<{ readonly run: Trajectory; readonly prompt: number }> {
    const run = await play(model);
    const prompt = run.usage[0]!.promptTokens!;
    if (run.steps.some(({ type }) => type === 'call')) return { run, prompt };
    const box = { x1: 10, y1: 10, x2: 50, y2: 40 };
    return { run: await play(model, forkAt(run, { kind: 'look', step: run.steps.length - 1, box }, model)), prompt };
  }

  it('a fork that changes nothing is the run, wherever it begins', async () => {
    const model = await loading;
    const { run } = await playLooking(model);
    const theirs = new Set(run.steps.flatMap(({ person, turn }) => (person ? [turn] : [])));
    const cuts = run.steps.flatMap(({ tokens, turn }, index) =>
      tokens.length > 0 && !theirs.has(turn) ? [index] : [],
    );
    for (const step of ofThisSuite(cuts, (cut) => cut === cuts.at(-1))) {
      const forked = await play(model, forkAt(run, { kind: 'settings', step }, model));
      expect(ids(forked)).toEqual(ids(run));
    }
  });

  it('what both have in common is neither encoded nor computed again', async () => {
    const model = await loading;
    const { run, prompt } = await playLooking(model);
    const last = run.steps.length - 1;
    const kept = run.steps.slice(0, last).filter(({ turn }) => turn === run.steps[last]!.turn);
    const forked = await play(model, forkAt(run, { kind: 'settings', step: last }, model), { seed: 99 });
    const [before, after] = [run.usage.at(-1)!, forked.usage.find(({ turn }) => turn === run.usage.at(-1)!.turn)!];
    expect(after.imagesEncoded).toBe(0);
    const own = kept.reduce((sum, { tokens }) => sum + tokens.length, 0);
    expect(after.promptTokens).toBe(before.promptTokens! + own);
    // A model with states goes back to where one was kept: the end of the prompt.
    expect(after.prefilledTokens).toBeLessThanOrEqual(own + 1);

    // A moved box: all up to the call was there, so the crop and what surrounds it is all there is to compute.
    const call = run.steps.findIndex(({ type }) => type === 'call');
    const box = { x1: 20, y1: 5, x2: 90, y2: 60 };
    const moved = await play(model, forkAt(run, { kind: 'box', step: call, box }, model));
    expect(moved.usage[0]).toMatchObject({ imagesEncoded: 1 });
    expect(moved.usage[0]!.reusedTokens).toBeGreaterThanOrEqual(prompt - 1);
  });

  const chains = [
    [2, 0],
    [1, 3, 4],
    [3, 2, 0],
    [0, 1, 2],
    [4, 1, 3],
    [5, 11, 7, 2],
    [8, 6, 13, 9, 12],
  ];
  it.each(ofThisSuite(chains, (chain) => chain === chains[0]))(
    'a chain of forks is a run from nothing with the same beginning: %s %s %s',
    async (...chain) => {
      await expectChain(await loading, chain);
    },
    120_000,
  );
});

it('a person’s words that the grammar does not have leave the turn free', async () => {
  const model = await loadTiny({ family: 'qwen3_5' });
  const messages = question(pattern(3), 'What?');
  const begun = ['<think>x</think> none of its forms: <answer'];
  const grammar = findDialect(model.card.dialect)!.grammar({
    ...{ frame: 'thousandths', image: SIZE, seen: SIZE, tools: ['zoom'], mayCall: true },
  });
  const asked = { messages, sampling: GREEDY, maxNewTokens: 20, begun, grammar } as const;
  const turn = await model.ask(asked);
  expect(turn.tokens.length).toBeGreaterThan(0);
});
