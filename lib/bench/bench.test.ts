/** A bench from start to end: in order, paused, stopped, with bad pictures and an engine that fails. */
import { describe, expect, it } from 'vitest';
import { card, scriptedEngine, scriptedImages, source, type ScriptedTurn } from '@/lib/agent/fixtures/scripted-engine';
import { EngineError, type VlmEngine } from '@/lib/engine';
import { ImageError, type ImageService } from '@/lib/image';
import { parseTrajectory } from '@/lib/trajectory/document';
import { createBench, type Bench, type BenchState } from './bench';
import { pickQuestions, type BenchScene } from './data-set';
import { benchScene, SCENE } from './fixtures/scene';

const LOOK = `<think>small</think><tool_call>{"name": "image_zoom_in_tool", "arguments": {"bbox_2d": [60, 160, 190, 340], "label": "dog"}}</tool_call>`;
const says = (text: string): ScriptedTurn => ({ text: `<think>seen</think><answer>${text}</answer>` });

function engineOf(turns: readonly ScriptedTurn[], failLoad?: EngineError): VlmEngine {
  return {
    async *load() {
      if (failLoad) throw failLoad;
      yield { phase: 'ready', device: 'wasm', remarks: [], card };
    },
    generate: scriptedEngine(turns).generate.bind(null),
    dispose: () => Promise.resolve(),
  };
}

/** Pictures whose bytes say `bad` cannot be decoded, those that say `small` have another size. */
function imagesOf(): ImageService {
  return {
    async open(bytes) {
      const text = await bytes.text();
      if (text === 'bad') throw new ImageError('corrupt', { code: 'damaged', params: { format: 'png' } });
      return text === 'small' ? { ...source, ref: { ...source.ref, width: 800 } } : source;
    },
    cut: scriptedImages().cut,
    bitmap: () => Promise.reject(new Error('a bench shows nothing')),
    dispose: () => undefined,
  };
}

const one = { ...SCENE, questions: [SCENE.questions[0]] };
const withPicture = (name: string, text: string): BenchScene => ({
  ...benchScene(name, one),
  readPicture: () => Promise.resolve(new Blob([text])),
});

function begin(
  turns: readonly ScriptedTurn[],
  {
    scenes = [benchScene()],
    ways = [true],
    failLoad,
  }: { scenes?: BenchScene[]; ways?: boolean[]; failLoad?: EngineError } = {},
) {
  const settings = { temperature: 0, topP: 1, topK: 0, seed: 0, maxTurns: 4, maxNewTokens: 64 };
  let clock = 0;
  const bench = createBench({
    engine: engineOf(turns, failLoad),
    images: imagesOf(),
    settings,
    now: () => (clock += 1),
  });
  const questions = pickQuestions({ scenes });
  const started = bench.start({ questions, ways, model: { modelUrl: '/models/loupe-nano/', device: 'wasm' } });
  return { bench, started };
}

const until = (bench: Bench, holds: (state: BenchState) => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (holds(bench.getState())) return resolve();
    const leave = bench.subscribe((state) => {
      if (!holds(state)) return;
      leave();
      resolve();
    });
  });

describe('a bench', () => {
  it('asks each question in each way, in order, and scores it', async () => {
    const turns = [{ text: LOOK }, says('K7'), says('K1'), says('no'), says('yes'), says('cat'), says('dog')];
    const { bench, started } = begin(turns, { ways: [true, false] });
    await started;
    const { phase, results, done, total } = bench.getState();
    expect({ phase, done, total }).toEqual({ phase: 'done', done: 6, total: 6 });
    expect(results.map(({ id, tools, right }) => [id, tools, right])).toEqual([
      ['scene-1/q0', true, true],
      ['scene-1/q0', false, false],
      ['scene-1/q1', true, true],
      ['scene-1/q1', false, false],
      ['scene-1/q2', true, true],
      ['scene-1/q2', false, false],
    ]);
    expect(results[0]).toMatchObject({ calls: 1, outcome: 'right' });
    // Asked [60, 160, 190, 340] thousandths of 1600 × 1200: [96, 192, 304, 408] around [100, 200, 300, 400].
    expect(results[0]?.callIous[0]).toBeCloseTo(40_000 / (208 * 216));
    for (const { trajectory } of results) {
      expect(parseTrajectory(trajectory).ok).toBe(true);
      expect(trajectory.steps.flatMap(({ tokens }) => tokens).every(({ top }) => top.length === 0)).toBe(true);
    }
    // Greedy, as the settings say.
    expect(results[0]?.trajectory.settings).toMatchObject({ temperature: 0, tools: ['zoom'] });
  });

  it('paused, it finishes the run that is going and waits; resumed, it goes on', async () => {
    const { bench, started } = begin([says('K7'), says('no'), says('cat')]);
    await until(bench, ({ current }) => current !== null);
    bench.pause();
    await until(bench, ({ phase }) => phase === 'paused');
    expect(bench.getState()).toMatchObject({ done: 1, current: null });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(bench.getState().done).toBe(1);
    bench.resume();
    await started;
    expect(bench.getState()).toMatchObject({ phase: 'done', done: 3 });
  });

  it('stopped, also while paused, it keeps what is finished and no half of a run', async () => {
    const { bench, started } = begin([says('K7'), says('no'), says('cat')]);
    await until(bench, ({ done }) => done === 1);
    bench.pause();
    await until(bench, ({ phase }) => phase === 'paused');
    bench.stop();
    await started;
    const { phase, results } = bench.getState();
    expect(phase).toBe('stopped');
    expect(results.every(({ trajectory }) => trajectory.status === 'done')).toBe(true);
    expect(results.length).toBeLessThan(3);
  });

  it('passes over pictures that cannot be used, and says why', async () => {
    const scenes = [withPicture('a', 'bad'), withPicture('b', 'small'), withPicture('c', 'fine')];
    const { bench, started } = begin([says('K7')], { scenes });
    await started;
    const { phase, results, problems, done, total } = bench.getState();
    expect({ phase, done, total }).toEqual({ phase: 'done', done: 3, total: 3 });
    expect(results.map(({ id }) => id)).toEqual(['c/q0']);
    expect(problems).toEqual([
      { file: 'a', reason: { code: 'picture-unusable' }, picture: { code: 'damaged', params: { format: 'png' } } },
      {
        file: 'b',
        reason: {
          code: 'other-size',
          params: { picture: { width: 800, height: 1200 }, scene: { width: 1600, height: 1200 } },
        },
      },
    ]);
  });

  it('an engine that fails once costs one question; one that goes on failing ends it', async () => {
    const fails: ScriptedTurn = { text: 'x', fails: 'device-lost' };
    const scenes = ['a', 'b'].map((name) => benchScene(name));
    const { bench, started } = begin([fails, says('no'), fails, fails, fails, says('cat')], { scenes });
    await started;
    const { phase, failure, results } = bench.getState();
    expect({ phase, code: failure?.code }).toEqual({ phase: 'failed', code: 'device-lost' });
    expect(results.map(({ outcome }) => outcome)).toEqual(['failed', 'right', 'failed', 'failed', 'failed']);
  });

  it('a model that does not load is told, and the next start begins anew', async () => {
    const { bench, started } = begin([], { failLoad: new EngineError('network', 'The connection broke.') });
    await started;
    expect(bench.getState()).toMatchObject({
      phase: 'failed',
      failure: { code: 'network', message: 'The connection broke.' },
      results: [],
    });
  });
});
