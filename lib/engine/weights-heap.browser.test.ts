/**
 * How much WebAssembly's memory grows when a graph with 168 MB of weights is opened on WebGPU: with the weights left in the
 * file, as the engine opens it, and inside the graph, as ONNX Runtime would. Prints both.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ORT_PATH } from './client';
import { encodeModel, type Initializer, type Node } from './worker/runtime/onnx/encode';
import type { Folder } from '@/lib/models/files/folder';
import { openGraph } from './worker/runtime/open-graph';
import { createRuntime, type Ort, type Runtime } from './worker/runtime/runtime';

const SLOW = 900_000;
const SIDE = 1448;
const LAYERS = 20;
const MB = 1e6;

const memories: WebAssembly.Memory[] = [];
const { Memory } = WebAssembly;
const heap = () => Math.max(0, ...memories.map(({ buffer }) => buffer.byteLength));

/** x times one matrix after another; a permutation and a factor each, so that the result is known. */
function manyMatrices(): Uint8Array<ArrayBuffer> {
  const nodes: Node[] = [];
  const initializers: Initializer[] = [];
  for (let i = 0; i < LAYERS; i++) {
    const numbers = new Float32Array(SIDE * SIDE);
    for (let row = 0; row < SIDE; row++) numbers[row * SIDE + ((row + i) % SIDE)] = i % 2 ? 2 : 0.5;
    const bytes = new Uint8Array(numbers.buffer);
    initializers.push({ name: `weight ${i}`, type: 'float32', dims: [SIDE, SIDE], bytes });
    const output = i === LAYERS - 1 ? 'y' : `x${i + 1}`;
    const inputs = [`x${i}`, `weight ${i}`];
    nodes.push({ type: 'MatMul', domain: '', name: `matrix ${i}`, inputs, outputs: [output], attributes: {} });
  }
  const shape = { type: 'float32', dims: ['rows', SIDE] } as const;
  const inputs = [{ name: 'x0', ...shape }];
  return encodeModel({ name: 'matrices', nodes, initializers, inputs, outputs: [{ name: 'y', ...shape }] }).model;
}

let runtime: Runtime;
beforeAll(async () => {
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      memories.push(this);
    }
  };
  runtime = await createRuntime({
    device: 'webgpu',
    ortUrl: new URL(ORT_PATH, location.href).href,
    subgroups: true,
  });
}, SLOW);
afterAll(() => {
  WebAssembly.Memory = Memory;
});

async function run(session: Ort.InferenceSession): Promise<Float32Array> {
  const x = Float32Array.from({ length: SIDE }, (_, i) => i);
  const { y } = await runtime.run(session, { x0: new runtime.ort.Tensor('float32', x, [1, SIDE]) });
  return y!.data as Float32Array;
}

it(
  'WebAssembly’s memory grows by less than 64 MB for 168 MB of weights',
  async () => {
    const model = manyMatrices();
    const file = new Blob([model]);
    const folder = { graphBlob: async () => file, graph: async () => model, data: async () => [] };
    const role = { role: 'decoder', place: 'device' } as const;
    // Only what opening a graph asks for.
    const session = await openGraph(runtime, folder as Partial<Folder> as Folder, role);
    const outside = heap();
    expect(outside).toBeGreaterThan(0);
    const y = await run(session);
    const moved = (LAYERS * (LAYERS - 1)) / 2;
    expect(y[(3 + moved) % SIDE]).toBe(3);
    const ran = heap();
    await session.release();

    const inside = await runtime.createSession(model, 'device');
    const withWeights = heap();
    expect(await run(inside)).toEqual(y);
    await inside.release();
    const told = { weights: model.length, outside, ran, inside: withWeights };
    console.warn(
      `WebAssembly's memory, MB: ${JSON.stringify(told, (_, v: unknown) => (typeof v === 'number' ? Math.round(v / MB) : v))}`,
    );
    expect(ran).toBeLessThan(64 * MB);
    expect(withWeights).toBeGreaterThan(model.length);
  },
  SLOW,
);
