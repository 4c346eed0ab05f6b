/**
 * Grammars inside the engine: models with random weights, which know nothing at all, through whole runs of the agent; and
 * the shipped model, to which its own grammar must make no difference where it keeps to it anyway.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { GenerateRequest, Sampling, VlmEngine } from '@/lib/engine';
import { serveFolder } from '@/lib/engine/fixtures/model-server';
import { collectTurn, GREEDY, pattern, question } from '@/lib/engine/fixtures/nano-conversation';
import { loadTiny, type TinyEngine } from '@/lib/engine/fixtures/tiny-engine';
import type { TinyModelOptions } from '@/lib/engine/fixtures/tiny-models';
import { createEngineHost } from '@/lib/engine/worker/engine-host';
import { IN_SHORT, ofThisSuite } from '@/scripts/suite';
import { foldEvent, type RunSettings, type Trajectory } from '@/lib/trajectory';
import { parseTrajectory } from '@/lib/trajectory/document';
import { findDialect } from './dialects';
import { scriptedImages, source } from './fixtures/scripted-engine';
import { runAgent } from './run-agent';

const SAMPLING: Sampling = { temperature: 1, topP: 1, topK: 0, seed: 1 };
const SETTINGS: RunSettings = {
  ...SAMPLING,
  maxTurns: 3,
  maxNewTokens: 170,
  tools: ['zoom'],
  grammar: true,
};

const FAMILIES: readonly TinyModelOptions['family'][] = [
  'smolvlm',
  'qwen2_vl',
  'qwen2_5_vl',
  'qwen3_vl',
  'qwen3_5',
  'gemma4',
  'lfm2_vl',
];

const engineOf = (tiny: TinyEngine): Pick<VlmEngine, 'generate'> => ({
  async *generate(request) {
    yield* (await tiny.ask(request)).events;
  },
});

async function run(tiny: TinyEngine, seed: number): Promise<Trajectory> {
  let trajectory: Trajectory | null = null;
  const events = runAgent({
    engine: engineOf(tiny),
    images: scriptedImages(),
    given: [{ source: { ...source, ref: { ...source.ref, width: 96, height: 72 } } }, { text: 'What?' }],
    settings: { ...SETTINGS, seed },
    card: tiny.card,
    device: 'wasm',
    now: () => 0,
    signal: new AbortController().signal,
  });
  for await (const event of events) trajectory = foldEvent(trajectory, event);
  return trajectory!;
}

/** Short: one whose cache is keys and values, one whose other states cannot be cut. The masks are the same for all. */
const families = ofThisSuite(FAMILIES, (family) => family === 'smolvlm' || family === 'qwen3_5');

describe.each(families)('%s with random weights', (family) => {
  it('G2: looks and answers, with not one malformed call', async () => {
    let calls = 0;
    // Whether to look is up to the random weights: those of some seed must.
    for (let seed = 0; seed < 2 || (calls === 0 && seed < 8); seed += 1) {
      const tiny = await loadTiny({ family, seed });
      const trajectory = await run(tiny, seed * 100);
      expect(parseTrajectory(trajectory).ok).toBe(true);
      expect(trajectory.steps.filter((step) => step.type === 'result' && step.refused)).toEqual([]);
      expect(trajectory.stop).toMatchObject({ reason: 'answer' });
      expect(trajectory.settings?.grammar).toBe(true);
      calls += trajectory.steps.filter(({ type }) => type === 'call').length;
      for (const { outputTokens } of trajectory.usage) expect(outputTokens).toBeLessThanOrEqual(170);
    }
    expect(calls).toBeGreaterThan(0);
  });
});

describe.runIf(IN_SHORT)('the shipped model', () => {
  const folder = fileURLToPath(new URL('../../public/models/loupe-nano/', import.meta.url));
  const live = new AbortController().signal;

  it('G6: writes with its grammar the tokens it writes without; certain tokens have no probability', async () => {
    const server = await serveFolder(folder);
    const host = createEngineHost({ findOrtByPackage: true });
    const load = { modelUrl: server.url, ortUrl: '', device: 'wasm', refuseSoftwareGpu: true } as const;
    for await (const _ of host.load(load, live));
    const nano = findDialect('nano-1')!;
    const size = { width: 256, height: 256 };
    const grammar = nano.grammar({ frame: 'thousandths', image: size, seen: size, tools: ['zoom'], mayCall: true });
    for (const [index, words] of ['What does the tag on the dog say?', 'What color is the umbrella?'].entries()) {
      const request: GenerateRequest = {
        messages: question(pattern(index + 1), words),
        sampling: GREEDY,
        maxNewTokens: 96,
      };
      const free = await collectTurn(host.generate(request, live));
      const kept = await collectTurn(host.generate({ ...request, grammar }, live));
      expect(free.end.reason).toBe('stop');
      expect(kept.end.tokenIds).toEqual(free.end.tokenIds);
      kept.tokens.forEach((token, at) => {
        if (token.top.length === 0) expect(token.logprob).toBe(0);
        else expect(token.logprob).toBeCloseTo(free.tokens[at]!.logprob, 3);
      });
    }
    await server.close();
  });
});
