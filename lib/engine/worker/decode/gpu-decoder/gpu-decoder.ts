/**
 * A decoder of our own for the one case that is met most: one more position after those in the cache. ONNX Runtime dispatches
 * ten to sixteen shaders a layer for it, this five, with all that they are bound to made once. It reads and writes the caches that
 * ONNX Runtime computes prompts into, and the weights that ONNX Runtime is given.
 */
import type { FloatType } from '../../runtime/floats';
import type { Weight } from '../../runtime/onnx/graph-file';
import { readFloats, type BlobOf, type GpuWeights } from './gpu-weights';
import { addProduct, attention, gatedProducts, logits, queryKeyValue } from './kernels';
import { COMMON, formOf, OWN, PLACES, type DecoderSizes, type Float, type Kernel } from './product-wgsl';
import { linearsOf, type DecoderPlan, type Linear } from './plan';

export interface GpuDecoder {
  /**
   * Computes one position and leaves its logits in `row`; its keys and values are in the caches from then on.
   * @param embeds f32 [hidden] from its beginning on
   * @param position its place in the caches
   * @param place its place among positions, where the graph has it as an input
   */
  run(embeds: GPUBuffer, position: number, place: number): void;
  dispose(): void;
}

export interface GpuDecoderParts {
  readonly device: GPUDevice;
  readonly plan: DecoderPlan;
  readonly weights: GpuWeights;
  readonly constants: Constants;
  /** The buffer of a cache, f32 or f16 [1, kv heads, capacity, head dimension], by its input's name. */
  readonly cacheOf: (past: string) => GPUBuffer;
  readonly cacheType: FloatType;
  readonly capacity: number;
  /** Where the logits go, [vocab]. */
  readonly row: GPUBuffer;
  readonly rowType: FloatType;
}

/** The small weights of a plan, and where each stands. */
export interface Constants {
  /** Norms, biases, tables: by a weight's name, the index of its first number. */
  readonly floats: Joined<Float32Array<ArrayBuffer>>;
  /** Zero points as they are; the index of the first byte is a multiple of four. */
  readonly zeros: Joined<Uint8Array<ArrayBuffer>>;
}

interface Joined<T> {
  readonly all: T;
  readonly placeOf: ReadonlyMap<string, number>;
}

/** @throws EngineError as `readFloats` */
export async function readConstants(plan: DecoderPlan, blobOf: BlobOf): Promise<Constants> {
  const { rope, norm, layers } = plan;
  const linears = linearsOf(plan);
  const floats = [rope.cos, rope.sin, norm, ...layers.flatMap((layer) => [layer.norm, layer.mlpNorm])];
  const biases = linears.flatMap(({ bias }) => bias ?? []);
  const zeros = linears.flatMap(({ matrix }) => (matrix.kind === 'blocks' && matrix.zeros ? [matrix.zeros] : []));
  const bytesOf = async (weight: Weight) => new Uint8Array(await blobOf(weight).arrayBuffer());
  return {
    floats: await joined(
      [...floats, ...biases],
      (weight) => readFloats(weight, blobOf),
      (count) => new Float32Array(count),
    ),
    zeros: await joined(zeros, bytesOf, (count) => new Uint8Array(Math.ceil(count / 4) * 4)),
  };
}

async function joined<T extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  weights: readonly Weight[],
  read: (weight: Weight) => Promise<Float32Array | Uint8Array>,
  create: (count: number) => T,
): Promise<Joined<T>> {
  const placeOf = new Map<string, number>();
  const parts: { readonly at: number; readonly numbers: Float32Array | Uint8Array }[] = [];
  let length = 0;
  for (const weight of weights) {
    if (placeOf.has(weight.name)) continue;
    const numbers = await read(weight);
    placeOf.set(weight.name, length);
    parts.push({ at: length, numbers });
    length += Math.ceil(numbers.length / 4) * 4;
  }
  const all = create(length);
  for (const { at, numbers } of parts) all.set(numbers, at);
  return { all, placeOf };
}

type Places = Partial<Record<(typeof PLACES)[number], number>>;

interface Stage {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroups: number;
}

const shaderFloat = (type: FloatType): Float => (type === 'float16' ? 'f16' : 'f32');

/** @throws where the device refuses a shader or has too few bindings */
export async function createGpuDecoder(parts: GpuDecoderParts): Promise<GpuDecoder> {
  const { device, plan, weights, constants, cacheOf, capacity, row } = parts;
  const { hidden, heads, headDim, layers } = plan;
  const mlp = Math.max(...layers.map(({ gate }) => gate.rows));
  const turned = plan.rope.cos.dims.at(-1) ?? 0;
  const sizes: DecoderSizes = { ...plan, turned, capacity };
  const [cache, rowFloat] = [shaderFloat(parts.cacheType), shaderFloat(parts.rowType)];

  // The stream, queries, what attention gives, what the gate gives; then the constants.
  const stream = 0;
  const queries = stream + hidden;
  const attended = queries + heads * headDim;
  const fed = attended + heads * headDim;
  const first = fed + mlp;

  const made: GPUBuffer[] = [];
  const { STORAGE, UNIFORM, COPY_DST } = GPUBufferUsage;
  function create(label: string, size: number, usage: number, content?: Uint8Array | Uint32Array): GPUBuffer {
    const buffer = device.createBuffer({ label, size: Math.ceil(size / 16) * 16, usage: usage | COPY_DST });
    made.push(buffer);
    if (content) device.queue.writeBuffer(buffer, 0, content as Uint8Array<ArrayBuffer>);
    return buffer;
  }
  const arena = create('decoder', 4 * (first + constants.floats.all.length), STORAGE);
  device.queue.writeBuffer(arena, 4 * first, constants.floats.all);
  const zeros = create('decoder, zero points', constants.zeros.all.length + 16, STORAGE, constants.zeros.all);
  const run = create('decoder, run', 8, UNIFORM);

  const placeOf = (weight: Weight | null) => (weight ? first + (constants.floats.placeOf.get(weight.name) ?? 0) : 0);
  const zerosOf = ({ matrix }: Linear) =>
    matrix.kind === 'blocks' && matrix.zeros ? (constants.zeros.placeOf.get(matrix.zeros.name) ?? 0) : 0;
  const buffersOf = ({ matrix }: Linear) =>
    matrix.kind === 'plain'
      ? [weights.bufferOf(matrix.data)]
      : [weights.bufferOf(matrix.data), weights.bufferOf(matrix.scales)];

  const places = (slot: 'A' | 'B' | 'C', linear: Linear): Places => ({
    [`bias${slot}`]: placeOf(linear.bias),
    [`zeros${slot}`]: zerosOf(linear),
  });

  // Layers are alike: most of their shaders are the same.
  const pipelines = new Map<string, Promise<GPUComputePipeline>>();
  function pipelineOf(code: string): Promise<GPUComputePipeline> {
    const found = pipelines.get(code);
    if (found) return found;
    const module = device.createShaderModule({ code });
    const compiling = device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'main' } });
    pipelines.set(code, compiling);
    return compiling;
  }

  async function stage({ code, workgroups }: Kernel, at: Places, own: readonly GPUBuffer[]): Promise<Stage> {
    if (workgroups > device.limits.maxComputeWorkgroupsPerDimension) throw new RangeError('too many rows');
    const pipeline = await pipelineOf(code);
    const differing = create(
      'decoder, places',
      4 * PLACES.length,
      UNIFORM,
      Uint32Array.from(PLACES, (name) => at[name] ?? 0),
    );
    const common = { arena, run, places: differing, zeros };
    const bound = [...COMMON.map((name) => common[name]), ...own];
    // A shader's layout has only what it uses.
    const isUsed = (binding: number) => binding >= OWN || new RegExp(`\\b${COMMON[binding]!}[.[]`).test(code);
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: bound.flatMap((buffer, binding) => (isUsed(binding) ? [{ binding, resource: { buffer } }] : [])),
    });
    return { pipeline, group, workgroups };
  }

  const stages: Stage[] = [];
  try {
    for (const layer of layers) {
      const [keys, values] = [cacheOf(layer.past.key), cacheOf(layer.past.value)];
      const forms = { query: formOf(layer.query), key: formOf(layer.key), value: formOf(layer.value) };
      stages.push(
        await stage(
          queryKeyValue(forms, cache, sizes),
          {
            given: stream,
            norm: placeOf(layer.norm),
            result: queries,
            ...places('A', layer.query),
            ...places('B', layer.key),
            ...places('C', layer.value),
            cos: placeOf(plan.rope.cos),
            sin: placeOf(plan.rope.sin),
          },
          [...buffersOf(layer.query), ...buffersOf(layer.key), ...buffersOf(layer.value), keys, values],
        ),
        await stage(attention(cache, sizes), { given: queries, result: attended }, [keys, values]),
        await stage(
          addProduct(formOf(layer.out), sizes),
          { given: attended, result: stream, ...places('A', layer.out) },
          buffersOf(layer.out),
        ),
        await stage(
          gatedProducts(formOf(layer.gate), formOf(layer.up), sizes),
          {
            given: stream,
            norm: placeOf(layer.mlpNorm),
            result: fed,
            ...places('A', layer.gate),
            ...places('B', layer.up),
          },
          [...buffersOf(layer.gate), ...buffersOf(layer.up)],
        ),
        await stage(
          addProduct(formOf(layer.down), sizes),
          { given: fed, result: stream, ...places('A', layer.down) },
          buffersOf(layer.down),
        ),
      );
    }
    stages.push(
      await stage(
        logits(formOf(plan.head), rowFloat, sizes),
        { given: stream, norm: placeOf(plan.norm), ...places('A', plan.head) },
        [...buffersOf(plan.head), row],
      ),
    );
  } catch (error) {
    made.forEach((buffer) => buffer.destroy());
    throw error;
  }

  return {
    run(embeds, position, place) {
      device.queue.writeBuffer(run, 0, Uint32Array.of(position, plan.rope.from === 'cache' ? position : place));
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(embeds, 0, arena, 4 * stream, 4 * hidden);
      const pass = encoder.beginComputePass();
      for (const { pipeline, group, workgroups } of stages) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(workgroups);
      }
      pass.end();
      device.queue.submit([encoder.finish()]);
    },
    dispose: () => made.forEach((buffer) => buffer.destroy()),
  };
}
