/**
 * Decoding on WebGPU with tiny models: the same words as on WASM, and what each token asks of the GPU. Prints the counts. One
 * of each kind in the short form, the others in the long suite.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ofThisSuite } from '@/scripts/suite';
import { ORT_PATH } from './client';
import type { CallGrammar } from './call-grammar';
import { boxForm, THOUSANDTHS } from './fixtures/box-form';
import type { GenerateRequest, Message, Sampling } from './contract';
import { countGpu, type GpuCounter, type GpuCounts } from './fixtures/gpu-counts';
import { GREEDY, type Turn } from './fixtures/nano-conversation';
import { loadTiny, scene, see, type TinyEngine } from './fixtures/tiny-engine';
import type { TinyModelOptions } from './fixtures/tiny-models';

const SLOW = 900_000;
const picture = scene({ width: 200, height: 150 }, 3);
const ortUrl = new URL(ORT_PATH, location.href).href;

let counter: GpuCounter;
beforeAll(() => {
  counter = countGpu();
});
afterAll(() => counter.stop());

function opening({ manifest }: TinyEngine): Message[] {
  const content = [
    { type: 'image', image: see(manifest.image, picture) },
    { type: 'text', text: 'What is it?' },
  ] as const;
  return [{ role: 'user', content }];
}

const ask = (messages: readonly Message[], maxNewTokens: number, sampling = GREEDY): GenerateRequest => {
  return { messages, sampling, maxNewTokens };
};

interface Case extends TinyModelOptions {
  /** Reads for a token beside the one that tells what it is: parts of the graph that ONNX Runtime runs on the CPU. */
  readonly otherReads: number;
  readonly short?: boolean;
}

const CASES: readonly Case[] = [
  { family: 'smolvlm', tiling: false, otherReads: 0 },
  { family: 'smolvlm', tiling: false, dtype: 'q4', otherReads: 0 },
  { family: 'qwen3_vl', otherReads: 0 },
  { family: 'lfm2_vl', tiling: false, otherReads: 0 },
  // The Scan of its recurrence has no kernel for the GPU.
  { family: 'qwen3_5', otherReads: 24, short: true },
];

/** On devices with 16-bit floats only: no software one that Chromium brings. */
const HALF: readonly Case[] = [
  { family: 'smolvlm', tiling: false, dtype: 'fp16', otherReads: 0 },
  { family: 'smolvlm', tiling: false, dtype: 'q4f16', otherReads: 0 },
];
const adapter = await navigator.gpu.requestAdapter();
const cases = adapter?.features.has('shader-f16') ? [...CASES, ...HALF] : CASES;

/** A draw from a few, and one from all: the second may need the whole row. */
const FEW: Sampling = { temperature: 0.9, topK: 12, topP: 0.95, seed: 5 };
const ALL: Sampling = { temperature: 1, topK: 0, topP: 1, seed: 6 };

/** What each of `tokens` more tokens took. */
function perToken(long: GpuCounts, short: GpuCounts, tokens: number): Record<string, number> {
  const keys = Object.keys(long) as (keyof GpuCounts)[];
  return Object.fromEntries(keys.map((key) => [key, (long[key] - short[key]) / tokens]));
}

describe.each(ofThisSuite(cases, ({ short }) => short === true))(
  '$family $dtype',
  ({ otherReads, short: _, ...model }) => {
    const onWasm: Turn[] = [];
    beforeAll(async () => {
      const engine = await loadTiny({ ...model, device: 'wasm', ortUrl });
      for (const sampling of [GREEDY, FEW, ALL]) onWasm.push(await engine.ask(ask(opening(engine), 8, sampling)));
    }, SLOW);

    it(
      'says what it says on WASM, with one short read for a token',
      async () => {
        const engine = await loadTiny({ ...model, device: 'webgpu', ortUrl });
        expect(engine.progress.at(-1)).toMatchObject({ phase: 'ready', device: 'webgpu', remarks: [] });
        counter.take();
        const turn = await engine.ask(ask(opening(engine), 8));
        const first = counter.take();
        await engine.ask(ask(opening(engine), 2));
        const short = counter.take();
        const again = await engine.ask(ask(opening(engine), 8));
        const counts = perToken(counter.take(), short, again.tokens.length - 2);
        console.warn(
          `${model.family} ${model.dtype ?? 'fp32'}, for a token: ${JSON.stringify(counts)}; reads of a turn of ${turn.tokens.length} with a new image: ${first.reads}`,
        );
        expect(turn.end.tokenIds).toEqual(onWasm[0]!.end.tokenIds);
        expect(again.end.tokenIds).toEqual(turn.end.tokenIds);
        expect(counts['reads']).toBe(1 + otherReads);
        if (otherReads === 0) expect(counts['readBytes']).toBeLessThan(200);
        // Five shaders a layer of two, the logits, the lookup (in half precision it turns into 32 bits) and the two of the choice.
        const lookup = model.dtype?.endsWith('16') ? 2 : 1;
        if (model.family === 'smolvlm') expect(counts['dispatches']).toBe(2 * 5 + 1 + lookup + 2);
        // The image's features are not read at all.
        if (model.family === 'smolvlm') expect(first.reads).toBe(turn.tokens.length);
        expect((await engine.ask(ask(opening(engine), 8, FEW))).end.tokenIds).toEqual(onWasm[1]!.end.tokenIds);
        expect((await engine.ask(ask(opening(engine), 8, ALL))).end.tokenIds).toEqual(onWasm[2]!.end.tokenIds);
      },
      SLOW,
    );
  },
);

const GRAMMAR: CallGrammar = {
  think: { open: '<think>', close: '</think>' },
  gap: 1,
  calls: [
    boxForm({
      open: '<call>{"box": [',
      separator: ', ',
      afterBox: '], "label": "',
      close: '"}</call>',
      x: THOUSANDTHS,
      y: THOUSANDTHS,
      labelBytes: 8,
    }),
  ],
  answer: null,
  tags: ['<think>', '</think>', '<call>', '</call>'],
};
const CALL = /^(<think>[^]*<\/think>\s?)?<call>\{"box": \[\d+, \d+, \d+, \d+\], "label": "[^"]*"\}<\/call>$/;

const IN_GRAMMARS: readonly TinyModelOptions[] = [
  // One row of logits a run, and a row for every token that is certain.
  { family: 'smolvlm', tiling: false },
  { family: 'lfm2_vl', tiling: false },
];
describe.each(ofThisSuite(IN_GRAMMARS, ({ family }) => family === 'smolvlm'))('$family in a grammar', (model) => {
  it(
    'says what it says on WASM; only what is drawn is read',
    async () => {
      const [wasm, gpu] = [
        await loadTiny({ ...model, device: 'wasm', ortUrl }),
        await loadTiny({ ...model, device: 'webgpu', ortUrl }),
      ];
      // The image and the prompt, so that what is counted is the turn.
      await gpu.ask(ask(opening(gpu), 1));
      for (const sampling of [GREEDY, FEW, ALL]) {
        const question = (engine: TinyEngine) => ({ ...ask(opening(engine), 90, sampling), grammar: GRAMMAR });
        const expected = await wasm.ask(question(wasm));
        counter.take();
        const given = await gpu.ask(question(gpu));
        const { reads } = counter.take();
        expect(given.end.tokenIds).toEqual(expected.end.tokenIds);
        expect(given.end).toMatchObject({ reason: 'stop' });
        expect(given.text).toMatch(CALL);
        const drawn = given.tokens.filter(({ top }) => top.length > 0);
        expect(drawn.length).toBeLessThan(given.tokens.length - 20);
        given.tokens.forEach((token, i) => expect(token.logprob).toBeCloseTo(expected.tokens[i]!.logprob, 3));
        // The likeliest is always among those that are told; for a draw the row may have to be read too.
        if (sampling === GREEDY) expect(reads).toBe(drawn.length);
        else expect(reads).toBeLessThanOrEqual(2 * drawn.length);
      }
    },
    SLOW,
  );
});

const CHOICE = { shader: 'fn before(', remark: 'no-choice' };
interface Spoilt {
  readonly device: string;
  /** Text of the shader that is spoilt. */
  readonly shader: string;
  readonly remark: string;
  readonly spoil: (code: string) => string;
  readonly short?: boolean;
}
const SINGLE = { shader: 'struct Run', remark: 'no-shaders' };

const SPOILT: readonly Spoilt[] = [
  { ...CHOICE, device: 'refuses the shaders of the choice', spoil: (code: string) => `${code} no shader` },
  {
    ...CHOICE,
    device: 'chooses wrongly',
    short: true,
    spoil: (code: string) => code.replace('value > otherValue', 'value < otherValue'),
  },
  { ...SINGLE, device: 'refuses our own shaders', spoil: (code: string) => `${code} no shader` },
  {
    ...SINGLE,
    device: 'turns keys and queries the wrong way',
    short: true,
    spoil: (code: string) => code.replace('x.y * c + x.x * s', 'x.y * c - x.x * s'),
  },
];
it.each(ofThisSuite(SPOILT, ({ short }) => short === true))(
  'a device that $device is found out, and says the same',
  async ({ shader, remark, spoil }) => {
    const model = { family: 'smolvlm', tiling: false } as const;
    const wasm = await loadTiny({ ...model, device: 'wasm', ortUrl });
    const expected = await wasm.ask(ask(opening(wasm), 6));
    const { createShaderModule } = GPUDevice.prototype;
    let spoilt = 0;
    GPUDevice.prototype.createShaderModule = function (descriptor) {
      const code = descriptor.code.includes(shader) ? spoil(descriptor.code) : descriptor.code;
      if (code !== descriptor.code) spoilt++;
      return createShaderModule.call(this, { ...descriptor, code });
    };
    try {
      const engine = await loadTiny({ ...model, device: 'webgpu', ortUrl });
      const ready = engine.progress.at(-1);
      expect(spoilt).toBeGreaterThan(0);
      expect(ready?.phase === 'ready' && ready.remarks).toEqual([{ code: remark }]);
      expect((await engine.ask(ask(opening(engine), 6))).end.tokenIds).toEqual(expected.end.tokenIds);
    } finally {
      GPUDevice.prototype.createShaderModule = createShaderModule;
    }
  },
  SLOW,
);
