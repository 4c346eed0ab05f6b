/**
 * From positions to what the decoder reads: embeddings of tokens, and in the places of images their features. On the GPU
 * nothing of it passes through JavaScript; on the CPU a few rows are copied.
 */
import { EngineError } from '../../contract';
import type { FeatureRows } from '../models/feature-rows';
import { BYTES, floatsOf, floatTensor, fromHalf, outputOf, toHalf, type FloatType } from '../runtime/floats';
import { createStorage, readGpuBuffer } from '../runtime/gpu';
import { withFewRows } from '../runtime/onnx/graph-file';
import type { Folder } from '@/lib/models/files';
import type { Position } from '../prompt/positions';
import type { Ort, Runtime, Tensors } from '../runtime/runtime';

export interface Embedder {
  readonly place: 'gpu' | 'cpu';
  /**
   * `inputs_embeds` for the decoder, [1, positions, hidden]; good until the next call.
   * @param featuresOf an image's features by its key
   * @throws EngineError `unsupported-model` where the graph returns something else
   */
  embed(positions: readonly Position[], featuresOf: (key: string) => FeatureRows): Promise<Ort.Tensor>;
  /** What the decoder takes of the last call besides `inputs_embeds`; good as long. */
  readonly extras: Tensors;
  dispose(): Promise<void>;
}

export interface EmbedderParts {
  readonly runtime: Runtime;
  readonly session: Ort.InferenceSession;
  readonly hidden: number;
  /** Of the decoder's `inputs_embeds`. */
  readonly type: FloatType;
  /** Looked up for the positions of images where a lookup has a second output, which their features do not replace (Gemma 4). */
  readonly padId?: number | undefined;
}

/** The second output of a lookup: for each layer of the decoder a vector a token. */
export const PER_LAYER = 'per_layer_inputs';

function idsTensor(ort: typeof Ort, positions: readonly Position[], padId?: number): Ort.Tensor {
  const ids = BigInt64Array.from(positions, ({ id, feature }) => BigInt(feature ? (padId ?? id) : id));
  return new ort.Tensor('int64', ids, [1, ids.length]);
}

/** Stretches of positions that carry neighbouring rows of one image. */
function* stretches(
  positions: readonly Position[],
): Generator<{ at: number; key: string; row: number; count: number }> {
  for (let at = 0; at < positions.length;) {
    const feature = positions[at]?.feature;
    let count = 1;
    if (feature) {
      const { key, row } = feature;
      const follows = (next: Position['feature'] | undefined) => next?.key === key && next.row === row + count;
      while (follows(positions[at + count]?.feature)) count++;
      yield { at, key, row, count };
    }
    at += count;
  }
}

export function createCpuEmbedder({ runtime, session, hidden, type, padId }: EmbedderParts): Embedder {
  const { ort } = runtime;
  const perLayer = session.outputNames.includes(PER_LAYER);
  let extras: Tensors = {};
  return {
    place: 'cpu',
    get extras() {
      return extras;
    },
    async embed(positions, featuresOf) {
      const count = positions.length;
      const ids = idsTensor(ort, positions, perLayer ? padId : undefined);
      const found = await runtime.run(session, { input_ids: ids });
      const embeds = found['inputs_embeds'];
      extras = perLayer && found[PER_LAYER] ? { [PER_LAYER]: found[PER_LAYER] } : {};
      const data = embeds && floatsOf(embeds);
      if (data?.length !== count * hidden) {
        throw new EngineError('unsupported-model', `The embedding did not return ${count} × ${hidden} numbers.`);
      }
      for (const { at, key, row, count: rows } of stretches(positions)) {
        const features = await featuresOf(key).floats();
        data.set(features.subarray(row * hidden, (row + rows) * hidden), at * hidden);
      }
      return floatTensor(ort, type, data, [1, count, hidden]);
    },
    dispose: () => session.release(),
  };
}

/** @returns null where the graph's numbers are not those that the decoder takes, or it gives more than them */
export function createGpuEmbedder({ runtime, session, hidden, type }: EmbedderParts): Embedder | null {
  const { ort, gpu } = runtime;
  const given = outputOf(session, 'inputs_embeds')?.type;
  if (!gpu || given !== type || session.outputNames.includes(PER_LAYER)) return null;
  const rowBytes = hidden * BYTES[type];
  if (rowBytes % 4 !== 0) return null;
  let buffer: GPUBuffer | null = null;

  function roomFor(device: GPUDevice, count: number): GPUBuffer {
    if (buffer && buffer.size >= count * rowBytes) return buffer;
    buffer?.destroy();
    buffer = createStorage(device, 'embeddings', count * rowBytes);
    return buffer;
  }

  return {
    place: 'gpu',
    extras: {},
    async embed(positions, featuresOf) {
      const count = positions.length;
      const target = roomFor(gpu, count);
      const embeds = ort.Tensor.fromGpuBuffer(target, { dataType: type, dims: [1, count, hidden] });
      await runtime.run(session, { input_ids: idsTensor(ort, positions) }, { inputs_embeds: embeds });
      const found = [...stretches(positions)];
      if (found.length === 0) return embeds;
      const encoder = gpu.createCommandEncoder();
      for (const { at, key, row, count: rows } of found) {
        const features = featuresOf(key);
        if (features.buffer) {
          encoder.copyBufferToBuffer(features.buffer, row * rowBytes, target, at * rowBytes, rows * rowBytes);
          continue;
        }
        const part = (await features.floats()).slice(row * hidden, (row + rows) * hidden);
        const numbers = type === 'float16' ? toHalf(part) : part;
        gpu.queue.writeBuffer(target, at * rowBytes, numbers as Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>);
      }
      gpu.queue.submit([encoder.finish()]);
      return embeds;
    },
    async dispose() {
      buffer?.destroy();
      await session.release();
    },
  };
}

/** Rows of the small lookup, and the ids that are compared. */
const ROWS = 32;
const LIKENESS = 1e-6;

/**
 * Whether a lookup gives on the GPU what it gives on WASM, by the same graph with few of its rows, so that the table need not
 * be in WebAssembly's memory.
 */
export async function isSameOnCpu(
  { runtime, hidden, type }: EmbedderParts,
  onGpu: Embedder,
  folder: Folder,
): Promise<boolean> {
  const { gpu, ort } = runtime;
  if (!gpu) return false;
  const outside = new Map((await folder.data('embed')).map(({ path, data }) => [path, data]));
  const small = await withFewRows(await folder.graphBlob('embed'), outside, ROWS);
  if (!small) return false;
  const place = [0, 0, 0] as const;
  const positions = [0, 1, ROWS - 1, 7, 7].map((id): Position => ({ id, feature: null, place }));
  const none = (): FeatureRows => {
    throw new EngineError('internal', 'No image was asked about.');
  };
  const session = await runtime.createSession(small, 'cpu');
  try {
    const expected = await runtime.run(session, { input_ids: idsTensor(ort, positions) });
    const numbers = expected['inputs_embeds'] && floatsOf(expected['inputs_embeds']);
    // One position, as for every token, and several, as for a prompt.
    for (const part of [positions, positions.slice(2, 3)]) {
      const embeds = await onGpu.embed(part, none);
      const bytes = await runtime.onGpu(() => readGpuBuffer(gpu, embeds.gpuBuffer, part.length * hidden * BYTES[type]));
      const given = type === 'float16' ? fromHalf(new Uint16Array(bytes)) : new Float32Array(bytes);
      const from = part === positions ? 0 : 2 * hidden;
      if (numbers?.length !== positions.length * hidden) return false;
      if (
        given.some((value, i) => !(Math.abs(value - (numbers[from + i] ?? NaN)) <= LIKENESS * (1 + Math.abs(value))))
      ) {
        return false;
      }
    }
    return true;
  } finally {
    await session.release();
  }
}
