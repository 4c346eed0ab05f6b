/**
 * Single positions by our own shaders beside the same by ONNX Runtime: the whole row of logits, in every form that weights come in,
 * and in caches longer than one workgroup sees at once.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IN_SHORT, ofThisSuite } from '@/scripts/suite';
import { ORT_PATH } from '../../../client';
import { decoderGraph } from '../../../fixtures/tiny-models/decoder';
import type { Dtype } from '../../../fixtures/tiny-models';
import { createWeights } from '../../../fixtures/tiny-models/random';
import { shapeOf, type DecoderShape } from '../../../fixtures/tiny-models/shapes';
import { readCacheLayout } from '../cache-layout';
import { createDecodeSession, type DecodeSession } from '../decode-session';
import { outputOf } from '../../runtime/floats';
import type { Folder } from '@/lib/models/files/folder';
import { createStaticKv } from '../kv-cache';
import { encodeModel, type GraphParts, type Initializer, type Node } from '../../runtime/onnx/encode';
import { textPositions } from '../../prompt/positions';
import { createRuntime, type Ort, type Runtime } from '../../runtime/runtime';
import { createTokenChoice } from '../token-choice';
import { openSharedDecoder } from './open-decoder';

const SLOW = 900_000;
/** More than twice the threads of a workgroup. */
const CAPACITY = 320;
/** Of the logits' spread. ONNX Runtime makes every sum of half precision in half precision; ours have 32 bits in between. */
const LIKENESS = { float: 1e-4, half: 0.02 };
const adapter = await navigator.gpu.requestAdapter();
const hasHalf = adapter?.features.has('shader-f16') ?? false;

let runtime: Runtime;
beforeAll(async () => {
  runtime = await createRuntime({ device: 'webgpu', ortUrl: new URL(ORT_PATH, location.href).href, subgroups: false });
}, SLOW);
afterAll(() => runtime.gpu?.destroy());

const LLAMA = shapeOf('smolvlm', 'tiny').decoder;

/** Of every matrix of blocks. */
function withZeroPoints(graph: GraphParts): GraphParts {
  const initializers: Initializer[] = [...graph.initializers];
  const nodes = graph.nodes.map((node): Node => {
    if (node.type !== 'MatMulNBits') return node;
    const { K, N } = node.attributes as { K: number; N: number };
    const name = `${node.name}.zeros`;
    const bytes = Uint8Array.from(
      { length: N * Math.ceil(K / 32 / 2) },
      (_, i) => ((i * 7) % 16) + 16 * ((i * 5) % 16),
    );
    initializers.push({ name, type: 'uint8', dims: [bytes.length], bytes });
    return { ...node, inputs: [...node.inputs, name] };
  });
  return { ...graph, nodes, initializers };
}

/** Queries, keys and values of a layer from one product, as some exports have it. */
function packed(graph: GraphParts): GraphParts {
  const byOutput = new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const initializers = new Map(graph.initializers.map((one) => [one.name, one]));
  const gone = new Set<Node>();
  const nodes = graph.nodes.map((node): Node[] => {
    if (node.type !== 'GroupQueryAttention') return [node];
    const parts = node.inputs.slice(0, 3).map((name) => byOutput.get(name)!);
    parts.forEach((part) => gone.add(part));
    const joined = [1, 2].map((input): string => {
      const tensors = parts.map(({ inputs }) => initializers.get(inputs[input]!)!);
      const bytes = new Uint8Array(tensors.flatMap((one) => [...one.bytes]));
      const name = `${node.name}.packed.${input}`;
      const rows = tensors.reduce((sum, { dims }) => sum + dims[0]!, 0);
      initializers.set(name, { ...tensors[0]!, name, dims: [rows, ...tensors[0]!.dims.slice(1)], bytes });
      return name;
    });
    const made = `${node.name}.packed`;
    const N = parts.reduce((sum, { attributes }) => sum + Number(attributes['N']), 0);
    const product = { ...parts[0]!, name: made, inputs: [parts[0]!.inputs[0]!, ...joined], outputs: [made] };
    return [
      { ...product, attributes: { ...product.attributes, N } },
      { ...node, inputs: [made, '', '', ...node.inputs.slice(3)] },
    ];
  });
  return { ...graph, nodes: nodes.flat().filter((node) => !gone.has(node)), initializers: [...initializers.values()] };
}

interface Case {
  readonly name: string;
  readonly shape?: Partial<DecoderShape>;
  readonly dtype?: Dtype;
  readonly change?: (graph: GraphParts) => GraphParts;
}

const CASES: readonly Case[] = [
  { name: 'plain matrices' },
  {
    name: 'plain matrices, biases, positions as an input',
    shape: { qkvBias: true, rope: { ...LLAMA.rope, from: 'positions' } },
  },
  {
    name: 'heads that are turned in part, as many keys as queries',
    shape: { kvHeads: 4, rope: { ...LLAMA.rope, dim: 8, from: 'positions' } },
  },
  { name: 'one head of more numbers than a workgroup has threads', shape: { heads: 2, kvHeads: 1, headDim: 160 } },
  { name: 'blocks of 4 bits', dtype: 'q4' },
  { name: 'blocks of 4 bits with zero points', dtype: 'q4', change: withZeroPoints },
  { name: 'queries, keys and values from one product', dtype: 'q4', change: packed },
];

/** On devices with 16-bit floats only: no software one that Chromium brings. */
const HALF: readonly Case[] = [
  { name: 'plain matrices of half precision', dtype: 'fp16' },
  { name: 'half precision with biases', dtype: 'fp16', shape: { qkvBias: true } },
  { name: 'logits of half precision', dtype: 'fp16', shape: { halfLogits: true } },
  { name: 'blocks of 4 bits with scales of half precision', dtype: 'q4f16' },
];

/** Each of these holds what another one holds too. */
const LONG_ONES = [
  'plain matrices',
  'heads that are turned in part, as many keys as queries',
  'blocks of 4 bits',
  'queries, keys and values from one product',
];

it.each(ofThisSuite([...CASES, ...(hasHalf ? HALF : [])], ({ name }) => !LONG_ONES.includes(name)))(
  '$name: what ONNX Runtime computes',
  async ({ shape, dtype = 'fp32', change = (graph) => graph }) => {
    const { ort, gpu } = runtime;
    const whole: DecoderShape = { ...LLAMA, ...shape };
    const { hidden, vocab } = whole;
    const speakable = new Set(Array.from({ length: vocab }, (_, i) => i));
    const taste = { speakable, leaning: new Map([[7, 1.5]]) };
    const { model } = encodeModel(change(decoderGraph(whole, createWeights(3), dtype, taste)));
    const file = new Blob([model]);
    // The two that it is asked for.
    const folder = { graphBlob: async () => file, data: async () => [] } as Partial<Folder> as Folder;
    const shared = await openSharedDecoder(runtime, folder, new AbortController().signal);
    if (!gpu || !shared) throw new Error('The graph was not recognised.');
    const { session, weights } = shared;
    const layout = readCacheLayout(session, { ...whole, layers: 2 }, weights);
    const open = async (isOurs: boolean): Promise<DecodeSession> => {
      const kv = createStaticKv(runtime, gpu, layout.rows, CAPACITY);
      const isHalf = outputOf(session, 'logits')?.type === 'float16';
      const choice = await createTokenChoice(gpu, vocab, isHalf ? 'float16' : 'float32');
      const single = isOurs ? await shared.single(kv, layout, choice, CAPACITY) : null;
      expect(single !== null).toBe(isOurs);
      return createDecodeSession({ runtime, session, kv, states: null, hidden, vocab, choice, weights, single });
    };
    const [theirs, ours] = [await open(false), await open(true)];
    const random = createWeights(5);
    const positions = textPositions(Array.from({ length: CAPACITY }, (_, i) => i % vocab));
    const embeds = (name: string, count: number): Ort.Tensor => {
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
      const buffer = gpu.createBuffer({ size: count * hidden * 4, usage });
      gpu.queue.writeBuffer(buffer, 0, random.draw(name, count * hidden, 1));
      return ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims: [1, count, hidden] });
    };
    // From nothing, one after another; behind a workgroup's worth of positions; behind two; and going back in between.
    for (const { from, count } of [
      { from: 0, count: 2 },
      { from: 2, count: 126 },
      { from: 128, count: 1 },
      { from: 129, count: 1 },
      { from: 130, count: 170 },
      { from: 300, count: 1 },
      { from: 50, count: 1 },
    ]) {
      const part = positions.slice(from, from + count);
      const rows: Float32Array[] = [];
      for (const one of [theirs, ours]) {
        one.rewind(from);
        // The last one by itself, so that ours takes it.
        if (count > 1) await one.append(part.slice(0, -1), embeds(`${from}`, count - 1));
        rows.push(await (await one.append(part.slice(-1), embeds(`${from} last`, 1))).logits());
      }
      const [expected, given] = rows as [Float32Array, Float32Array];
      const spread = Math.max(...expected) - Math.min(...expected);
      expect(spread).toBeGreaterThan(1);
      const worst = Math.max(...given.map((value, i) => Math.abs(value - expected[i]!)));
      expect(worst / spread, `behind ${from + count - 1} positions`).toBeLessThan(
        dtype.endsWith('16') ? LIKENESS.half : LIKENESS.float,
      );
    }
    for (const one of [theirs, ours]) one.forget();
    await session.release();
    shared.dispose();
  },
  SLOW,
);

it.runIf(IN_SHORT)('a load that is given up uploads nothing more', async () => {
  const speakable = new Set(Array.from({ length: LLAMA.vocab }, (_, i) => i));
  const { model } = encodeModel(decoderGraph(LLAMA, createWeights(3), 'fp32', { speakable, leaning: null }));
  const file = new Blob([model]);
  const folder = { graphBlob: async () => file, data: async () => [] } as Partial<Folder> as Folder;
  const given = new AbortController();
  const made: GPUBuffer[] = [];
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    made.push(buffer);
    // After the first, in the middle of the upload.
    given.abort();
    return buffer;
  };
  try {
    await expect(openSharedDecoder(runtime, folder, given.signal)).rejects.toThrow(/abort/i);
  } finally {
    GPUDevice.prototype.createBuffer = createBuffer;
  }
  expect(made).toHaveLength(1);
});
