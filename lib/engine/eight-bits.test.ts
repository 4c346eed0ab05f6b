/**
 * Eight bits on WASM (files named `_quantized`). Their products are whole numbers, which ONNX Runtime has to get exactly right:
 * in the bundle that the engine takes, and in the one that transformers.js takes. And why two engines that are both right
 * may say different words in 8 bits where they say the same in f32: what comes into a product is rounded to 256 steps, so that a
 * difference in a number's last place becomes one of a whole step now and then, and every layer makes more of it.
 *
 * Prints how far, on a model of a few layers; with EIGHT_BITS_SIZE=smolvlm-256m on one of SmolVLM-256M's true shape (minutes, 6 GB).
 */
import * as plain from 'onnxruntime-web/wasm';
import * as asyncify from 'onnxruntime-web/webgpu';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { GREEDY, collectTurn } from './fixtures/nano-conversation';
import { loadTinyModel, scene, see } from './fixtures/tiny-engine';
import { SIZES, type Dtype, type Size } from './fixtures/tiny-models';
import { createGraph } from './fixtures/tiny-models/graph';
import { createLayers, type Edit } from './fixtures/tiny-models/layers';
import { toUint8 } from './fixtures/tiny-models/number-formats';
import { createWeights } from './fixtures/tiny-models/random';
import { generate } from './worker/generate';
import { encodeModel } from './worker/runtime/onnx/encode';
import type { Ort, Runtime } from './worker/runtime/runtime';

const ONE_RUN = 4096;
/** As on WASM (engine-host.ts). */
const IN_PARTS = 96;

/** Other work may hold the processor, and the true size takes minutes. */
vi.setConfig({ testTimeout: 1_800_000, hookTimeout: 1_800_000 });

const BUNDLES: Readonly<Record<'plain' | 'asyncify', typeof Ort>> = { plain, asyncify };
for (const { env } of Object.values(BUNDLES)) {
  env.wasm.numThreads = 1;
  env.logLevel = 'error';
}

describe('a product of bytes', () => {
  const full: Edit = (matrix) => void matrix.fill(1);
  const SHAPES = [
    { inner: 576, outer: 192 },
    { inner: 576, outer: 1536 },
    { inner: 1536, outer: 576 },
  ];

  it.each(SHAPES)('of $inner numbers, $outer times a row, is exact in both bundles', async ({ inner, outer }) => {
    const random = { edit: undefined, counts: [1, 2, 3, 32, 148] };
    // All of them the largest there is: where sums of 16 bits were in between, they would not be large enough.
    const largest = { edit: full, counts: [1, 32] };
    for (const { edit, counts } of [random, largest]) {
      const { model, weights } = product(inner, outer, edit);
      const inputs = counts.map((rows) => createWeights(rows).draw('x', rows * inner, 1));
      if (edit) inputs.forEach((x) => x.fill(1));
      const expected = inputs.map((x) => exactly(x, weights, inner));
      for (const ort of Object.values(BUNDLES)) {
        const session = await ort.InferenceSession.create(model, { executionProviders: ['wasm'] });
        for (const [i, x] of inputs.entries()) {
          const { y } = await session.run({ x: new ort.Tensor('float32', x, [counts[i]!, inner]) });
          expect(differing(y!.data as Float32Array, expected[i]!), `${counts[i]} rows`).toBe(0);
        }
        await session.release();
      }
    }
  });
});

/** A graph of x [rows, inner] times a random matrix as 8-bit files have it, and the matrix [outer, inner]. */
function product(inner: number, outer: number, edit?: Edit) {
  const graph = createGraph('product');
  const layers = createLayers(graph, createWeights(1), 'q8');
  const x = graph.input('x', 'float32', ['rows', inner]);
  let weights = new Float32Array();
  const y = layers.linear('w', x, inner, outer, 1, (matrix) => {
    edit?.(matrix);
    weights = Float32Array.from(matrix);
  });
  graph.output(y, 'y', 'float32', ['rows', outer]);
  return { model: encodeModel(graph.parts()).model, weights };
}

/** What ONNX says of DynamicQuantizeLinear, MatMulInteger, Cast and Mul. @param matrix [outer, inner] */
function exactly(x: Float32Array, matrix: Float32Array, inner: number): Float32Array {
  const a = dynamically(x);
  const b = toUint8(matrix);
  const left = Int16Array.from(a.data, (value) => value - a.zeroPoint);
  const right = Int16Array.from(b.data, (value) => value - b.zeroPoint);
  const outer = matrix.length / inner;
  const step = Math.fround(a.scale * b.scale);
  return Float32Array.from({ length: (x.length / inner) * outer }, (_, at) => {
    const row = Math.floor(at / outer) * inner;
    const column = (at % outer) * inner;
    // Whole numbers below 2^31, which is quicker said.
    let sum = 0;
    for (let i = 0; i < inner; i++) sum = (sum + left[row + i]! * right[column + i]!) | 0;
    return Math.fround(sum) * step;
  });
}

function dynamically(x: Float32Array): { data: Uint8Array; scale: number; zeroPoint: number } {
  const low = x.reduce((least, value) => Math.min(least, value), 0);
  const high = x.reduce((most, value) => Math.max(most, value), 0);
  const scale = Math.fround(Math.fround(high - low) / 255);
  const zeroPoint = toEven(Math.fround(-low / scale));
  const data = Uint8Array.from(x, (value) => {
    return Math.max(0, Math.min(255, toEven(Math.fround(value / scale)) + zeroPoint));
  });
  return { data, scale, zeroPoint };
}

/** The nearest whole number; of two that are equally near, the even one. */
function toEven(value: number): number {
  const below = Math.floor(value);
  const over = value - below;
  return below + (over > 0.5 || (over === 0.5 && below % 2 !== 0) ? 1 : 0);
}

function differing(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((count, value, i) => count + (value === b[i] ? 0 : 1), 0);
}

interface Way {
  readonly dtype: Dtype;
  /** Whose arithmetic turns bytes into pixel_values; they differ in the last place. */
  readonly pixels: 'ours' | 'theirs';
  readonly prefillChunk: number;
  readonly bundle?: keyof typeof BUNDLES;
}

interface Answer {
  readonly pixels: Float32Array;
  /** Of the picture, f32 [tokens, hidden]. */
  readonly features: Float32Array;
  /** Before the first token, f32 [vocab]. */
  readonly logits: Float32Array;
  readonly token: number;
}

const SIZE = sizeOf(process.env['EIGHT_BITS_SIZE'] ?? 'small');

function sizeOf(name: string): Size {
  // A prompt of the tiny one is not long enough to be computed in parts.
  const large = SIZES.filter((one) => one !== 'tiny');
  const size = large.find((one) => one === name);
  if (size === undefined) throw new RangeError(`EIGHT_BITS_SIZE has to be one of ${large.join(', ')}.`);
  return size;
}

describe(`an answer in 8 bits (${SIZE})`, () => {
  const WAYS = {
    theirs: { dtype: 'q8', pixels: 'theirs', prefillChunk: ONE_RUN, bundle: 'asyncify' },
    likeTheirs: { dtype: 'q8', pixels: 'theirs', prefillChunk: ONE_RUN },
    wholePrompt: { dtype: 'q8', pixels: 'ours', prefillChunk: ONE_RUN },
    ours: { dtype: 'q8', pixels: 'ours', prefillChunk: IN_PARTS },
    floatTheirs: { dtype: 'fp32', pixels: 'theirs', prefillChunk: ONE_RUN },
    floatOurs: { dtype: 'fp32', pixels: 'ours', prefillChunk: IN_PARTS },
  } as const satisfies Record<string, Way>;
  type Name = keyof typeof WAYS;
  const answers = {} as Record<Name, Answer>;

  beforeAll(async () => {
    for (const [model, names] of sharing(WAYS)) {
      const loaded = await loadInView(model);
      for (const name of names) answers[name] = await loaded.answer(WAYS[name]);
      await loaded.release();
    }
    const { theirs, floatTheirs } = answers;
    const lines = Object.entries(answers).map(([name, { pixels, features, logits, token }]) => {
      const apart = `pixels ${worst(pixels, theirs.pixels)}, features ${apartBy(features, theirs.features)} of their size`;
      const alike = `logits like theirs ${likeness(logits, theirs.logits)}, like f32 ${likeness(logits, floatTheirs.logits)}`;
      return `${name}: first token ${token}; ${apart}; ${alike}`;
    });
    console.warn(lines.join('\n'));
  });

  it('is the same in both bundles, bit for bit, from the same pixels and in one run', () => {
    const { theirs, likeTheirs } = answers;
    expect(differing(likeTheirs.features, theirs.features)).toBe(0);
    expect(differing(likeTheirs.logits, theirs.logits)).toBe(0);
    expect(likeTheirs.token).toBe(theirs.token);
  });

  it('is another one from pixels that differ in their last place, where f32 stays as it was', () => {
    const { theirs, wholePrompt, floatTheirs, floatOurs } = answers;
    expect(worst(wholePrompt.pixels, theirs.pixels)).toBeLessThan(1e-7);
    expect(apartBy(wholePrompt.features, theirs.features)).toBeGreaterThan(1e-3);
    expect(likeness(wholePrompt.logits, theirs.logits)).toBeLessThan(0.999);

    expect(apartBy(floatOurs.features, floatTheirs.features)).toBeLessThan(1e-5);
    expect(worst(floatOurs.logits, floatTheirs.logits)).toBeLessThan(1e-2);
    expect(floatOurs.token).toBe(floatTheirs.token);
  });

  it('is another one from a prompt in parts, each of which has steps of its own', () => {
    const { wholePrompt, ours } = answers;
    expect(differing(ours.features, wholePrompt.features)).toBe(0);
    expect(likeness(ours.logits, wholePrompt.logits)).toBeLessThan(0.999);
  });

  it('is as far from f32 on either side', () => {
    const { theirs, ours, floatOurs } = answers;
    const [a, b] = [likeness(theirs.logits, floatOurs.logits), likeness(ours.logits, floatOurs.logits)];
    expect(Math.abs(a - b)).toBeLessThan(0.1);
  });
});

type Model = Pick<Way, 'dtype' | 'bundle'>;

/** A model is loaded once for all ways that have it. */
function sharing<Name extends string>(ways: Readonly<Record<Name, Way>>): Iterable<readonly [Model, readonly Name[]]> {
  const shared = new Map<string, readonly [Model, Name[]]>();
  for (const [name, { dtype, bundle }] of Object.entries<Way>(ways) as [Name, Way][]) {
    const key = `${dtype} ${bundle}`;
    const [, names] = shared.get(key) ?? [];
    if (names) names.push(name);
    else shared.set(key, [bundle ? { dtype, bundle } : { dtype }, [name]]);
  }
  return shared.values();
}

/** What the engine says of one picture, with all between it and ONNX Runtime in view. */
async function loadInView({ dtype, bundle }: Model) {
  const opened: Ort.InferenceSession[] = [];
  let pixels: Way['pixels'] = 'ours';
  const seen: { pixels?: Float32Array; features?: Float32Array; logits?: Float32Array } = {};
  const loaded = await loadTinyModel({ family: 'smolvlm', size: SIZE, dtype, tiling: false }, (given) => {
    const runtime = bundle ? onBundle(given, BUNDLES[bundle]) : given;
    return {
      ...runtime,
      async createSession(...given) {
        const session = await runtime.createSession(...given);
        opened.push(session);
        return session;
      },
      async run(session, feeds, fetches) {
        const { pixel_values: values } = feeds;
        if (values) {
          const own = values.data as Float32Array;
          seen.pixels = pixels === 'ours' ? own : Float32Array.from(own, asTheirs);
          feeds = { ...feeds, pixel_values: new runtime.ort.Tensor('float32', seen.pixels, values.dims) };
        }
        const outputs = await runtime.run(session, feeds, fetches);
        const { image_features: features, logits } = outputs;
        if (features) seen.features = (features.data as Float32Array).slice();
        if (logits) seen.logits = (logits.data as Float32Array).slice(-logits.dims.at(-1)!);
        return outputs;
      },
    };
  });
  const { image: spec } = loaded.manifest;
  const image = see(spec, scene({ width: spec.size, height: spec.size }, 2));
  const text = 'What does the sign on the shop to the left of the tram say? Look closely, then answer.';
  const content = [{ type: 'image', image } as const, { type: 'text', text } as const];
  const request = { messages: [{ role: 'user', content } as const], sampling: GREEDY, maxNewTokens: 1 };
  return {
    async answer(way: Way): Promise<Answer> {
      pixels = way.pixels;
      // Nothing is left of the way before.
      loaded.session.rewind(0);
      loaded.features.dispose();
      const options = { prefillChunk: way.prefillChunk };
      const { end } = await collectTurn(generate(loaded, request, new AbortController().signal, options));
      expect(end.usage).toMatchObject({ reusedTokens: 0, imagesEncoded: 1 });
      // Or there would be no second part.
      expect(end.usage.promptTokens).toBeGreaterThan(IN_PARTS);
      return { pixels: seen.pixels!, features: seen.features!, logits: seen.logits!, token: end.tokenIds[0]! };
    },
    /** Several of the large ones are more than WebAssembly's memory holds. */
    async release(): Promise<void> {
      for (const session of opened) await session.release();
    },
  };
}

/** The same byte by transformers.js' steps: each is rounded to f32. */
function asTheirs(value: number): number {
  const byte = Math.round((value * 0.5 + 0.5) * 255);
  return Math.fround(Math.fround(byte * (1 / 255)) - 0.5) / 0.5;
}

/** The same runtime with another bundle's sessions in it. */
function onBundle(runtime: Runtime, ort: typeof Ort): Runtime {
  return {
    ...runtime,
    ort,
    async createSession(model, _place, { data = [] } = {}) {
      const externalData = await Promise.all(
        data.map(async ({ path, data: blob }) => ({ path, data: new Uint8Array(await blob.arrayBuffer()) })),
      );
      return ort.InferenceSession.create(model, { executionProviders: ['wasm'], externalData });
    },
  };
}

function worst(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

/** The length of the difference, as a part of b's. */
function apartBy(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  const squares = (of: (i: number) => number) => a.reduce((sum, _, i) => sum + of(i) ** 2, 0);
  return Math.sqrt(squares((i) => a[i]! - b[i]!) / squares((i) => b[i]!));
}

/** Correlation: 1 is the same but for its size, 0 has nothing in common. */
function likeness(a: Float32Array, b: Float32Array): number {
  const mean = (of: (i: number) => number) => a.reduce((sum, _, i) => sum + of(i), 0) / a.length;
  const [meanA, meanB] = [mean((i) => a[i]!), mean((i) => b[i]!)];
  const shared = mean((i) => (a[i]! - meanA) * (b[i]! - meanB));
  return shared / Math.sqrt(mean((i) => (a[i]! - meanA) ** 2) * mean((i) => (b[i]! - meanB) ** 2));
}
