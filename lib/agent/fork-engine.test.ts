/**
 * Forks inside the engine: any chain of them is, token for token, a run from nothing with the same beginning and seed; and what was computed
 * already is not computed again. The shipped model, and a family whose layers keep states (random weights).
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { GenerateRequest, ModelCard, VlmEngine } from '@/lib/engine';
import { serveFolder } from '@/lib/engine/fixtures/model-server';
import { collectTurn, GREEDY, question, pattern } from '@/lib/engine/fixtures/nano-conversation';
import { loadTiny } from '@/lib/engine/fixtures/tiny-engine';
import { createEngineHost } from '@/lib/engine/worker/engine-host';
import { foldEvent, type RunSettings, type Trajectory } from '@/lib/trajectory';
import { ofThisSuite } from '@/scripts/suite';
import { findDialect } from './dialects';
import { forkOf, type Fork, type ForkChange } from './fork';
import { scriptedImages, source } from './fixtures/scripted-engine';
import { runAgent } from './run-agent';

const SETTINGS: RunSettings = {
  ...{ temperature: 1, topP: 1, topK: 0, seed: 3 },
  ...{ maxTurns: 2, maxNewTokens: 120, tools: ['zoom'], grammar: true },
};
const SIZE = { width: 96, height: 72 };

interface Model {
  readonly card: ModelCard;
  readonly engine: Pick<VlmEngine, 'generate'>;
}

async function nano(): Promise<Model> {
  const folder = fileURLToPath(new URL('../../public/models/loupe-nano', import.meta.url));
  const server = await serveFolder(folder);
  const host = createEngineHost({ findOrtByPackage: true });
  const request = { modelUrl: server.url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
  let card: ModelCard | null = null;
  for await (const step of host.load(request, new AbortController().signal))
    if (step.phase === 'ready') card = step.card;
  await server.close();
  if (!card) throw new Error('it was never ready');
  return { card, engine: { generate: (asked, signal) => host.generate(asked, signal) } };
}

async function tiny(): Promise<Model> {
  const loaded = await loadTiny({ family: 'qwen3_5' });
  return {
    card: loaded.card,
    engine: {
      async *generate(request) {
        yield* (await loaded.ask(request)).events;
      },
    },
  };
}

async function play({ card, engine }: Model, fork?: Fork, settings: Partial<RunSettings> = {}): Promise<Trajectory> {
  const picture = { source: { ...source, ref: { ...source.ref, ...SIZE } } };
  let run: Trajectory | null = null;
  const order = {
    ...({ engine, images: scriptedImages(), card, device: 'wasm', now: () => 0 } as const),
    given: fork ? [picture] : [picture, { text: 'What?' }],
    settings: { ...SETTINGS, ...settings },
    signal: new AbortController().signal,
  };
  for await (const event of runAgent({ ...order, ...fork })) run = foldEvent(run, event);
  expect(run?.status, run?.stop?.message).toBe('done');
  return run!;
}

/** Something else is in the model's memory afterwards. */
async function forget({ engine }: Model): Promise<void> {
  const messages = question(pattern(5), 'Other.').slice(1);
  const request: GenerateRequest = { messages, sampling: GREEDY, maxNewTokens: 1 };
  for await (const _ of engine.generate(request, new AbortController().signal));
}

const forkAt = (run: Trajectory, change: ForkChange, { card }: Model): Fork => {
  const made = forkOf(run, change, { card, device: 'wasm', dialect: findDialect(card.dialect)! });
  if (!made.ok) throw new Error(`${change.kind}: ${made.problem}`);
  return made.fork;
};

const ids = ({ steps }: Trajectory) => steps.map(({ type, turn, tokens }) => [type, turn, tokens.map(({ id }) => id)]);
const wordless = ({ steps }: Trajectory) => steps.flatMap(({ tokens }) => tokens.map(({ text }) => text)).join('');

/** A change that fits the run, chosen by a number; null where there is none of its kind. */
function changeOf(run: Trajectory, pick: number): ForkChange {
  const written = run.steps.flatMap((step, index) => (step.tokens.length > 0 ? [{ step, index }] : []));
  const { step, index } = written[pick % written.length]!;
  const call = run.steps.findIndex(({ type }) => type === 'call');
  switch (pick % 5) {
    case 0:
      return { kind: 'look', step: run.steps.length - 1, box: { x1: 10, y1: 10, x2: 50, y2: 40 } };
    case 1:
      if (call >= 0) return { kind: 'box', step: call, box: { x1: 20, y1: 5, x2: 90, y2: 60 } };
      return { kind: 'settings', step: index };
    case 2: {
      const words = step.type === 'think' || step.type === 'answer' ? step.text : '';
      if (step.type === 'call' || words === '') return { kind: 'settings', step: index };
      return { kind: 'words', step: index, text: `${words.slice(0, 1 + Math.floor(words.length / 3))} red` };
    }
    case 3: {
      const token = step.tokens.findIndex(({ top, id }) => top.length > 1 && top[1]?.id !== id);
      const isFree = token >= 0 && step.type === 'think';
      return isFree ? { kind: 'token', step: index, token, taken: 1 } : { kind: 'settings', step: index };
    }
    default:
      return { kind: 'settings', step: index };
  }
}

describe.each([
  { name: 'the shipped model', load: nano },
  { name: 'a family with states', load: tiny },
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
      const model = await loading;
      let run = await play(model);
      let fork: Fork | null = null;
      for (const [index, pick] of chain.entries()) {
        fork = forkAt(run, changeOf(run, pick), model);
        run = await play(model, fork, { seed: index });
      }
      await forget(model);
      const anew = await play(model, fork!, { seed: chain.length - 1 });
      expect(ids(anew)).toEqual(ids(run));
      expect(wordless(anew)).toBe(wordless(run));
    },
    120_000,
  );
});

it('a person’s words that the grammar does not have leave the turn free', async () => {
  const model = await tiny();
  const messages = question(pattern(3), 'What?');
  const begun = ['<think>x</think> none of its forms: <answer'];
  const grammar = findDialect(model.card.dialect)!.grammar({
    ...{ frame: 'thousandths', image: SIZE, seen: SIZE, tools: ['zoom'], mayCall: true },
  });
  const asked = { messages, sampling: GREEDY, maxNewTokens: 20, begun, grammar } as const;
  const turn = await collectTurn(model.engine.generate(asked, new AbortController().signal) as never);
  expect(turn.tokens.length).toBeGreaterThan(0);
});
