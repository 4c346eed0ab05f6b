/**
 * A decoder on the GPU in two hands: ONNX Runtime computes prompts, shaders of our own one position at a time, with the same
 * weights and caches. For that the matrices are uploaded here, and the graph takes them as inputs.
 */
import type { CacheLayout } from '../cache-layout';
import { floatTypeOf, inputOf, outputOf } from '../../runtime/floats';
import type { Folder } from '@/lib/models/files';
import { leftOutside, openGraphFile } from '../../runtime/onnx/graph-file';
import type { KvCache } from '../kv-cache';
import { OWN_FILE } from '../../runtime/open-graph';
import type { Ort, Runtime, Tensors } from '../../runtime/runtime';
import type { TokenChoice } from '../token-choice';
import { createGpuDecoder, readConstants, type Constants, type GpuDecoder } from './gpu-decoder';
import { blobsOf, uploadWeights, type GpuWeights } from './gpu-weights';
import { matrixWeights, type DecoderPlan } from './plan';
import { readPlan } from './read-plan';

export interface SharedDecoder {
  readonly session: Ort.InferenceSession;
  /** What the graph takes beside its inputs; to be fed with every run. */
  readonly weights: Tensors;
  /** @returns null where cache, logits or device are none that it works with */
  single(kv: KvCache, layout: CacheLayout, choice: TokenChoice, capacity: number): Promise<GpuDecoder | null>;
  /** After the session. */
  dispose(): void;
}

/**
 * @returns null where the graph is none that is known here
 * @throws EngineError as `createSession`, `bad-manifest`, and those of reading the disk; the abort's reason when aborted
 */
export async function openSharedDecoder(
  runtime: Runtime,
  folder: Folder,
  signal: AbortSignal,
): Promise<SharedDecoder | null> {
  const { ort, gpu } = runtime;
  if (!gpu) return null;
  const file = await folder.graphBlob('decoder');
  const graph = await openGraphFile(file);
  const plan = await readPlan(graph);
  if (typeof plan === 'string') return null;
  const data = await folder.data('decoder');
  const blobOf = blobsOf(file, new Map(data.map(({ path, data: blob }) => [path, blob])));
  const constants = await readConstants(plan, blobOf);
  const shared = matrixWeights(plan);
  const weights = await uploadWeights(ort, gpu, shared, blobOf, signal);
  try {
    const names = new Set(shared.map(({ name }) => name));
    const model = await graph.write((weight) => (names.has(weight.name) ? 'input' : leftOutside(weight, OWN_FILE)));
    const session = await runtime.createSession(model, 'device', { data: [...data, { path: OWN_FILE, data: file }] });
    return {
      session,
      weights: weights.tensors,
      single: (kv, layout, choice, capacity) =>
        openSingle({ gpu, session, plan, weights, constants, kv, layout, choice, capacity }),
      dispose: () => weights.dispose(),
    };
  } catch (error) {
    weights.dispose();
    throw error;
  }
}

interface SingleParts {
  readonly gpu: GPUDevice;
  readonly session: Ort.InferenceSession;
  readonly plan: DecoderPlan;
  readonly weights: GpuWeights;
  readonly constants: Constants;
  readonly kv: KvCache;
  readonly layout: CacheLayout;
  readonly choice: TokenChoice;
  readonly capacity: number;
}

async function openSingle(parts: SingleParts): Promise<GpuDecoder | null> {
  const { gpu, session, plan, weights, constants, kv, layout, choice, capacity } = parts;
  const types = new Set(layout.rows.map(({ type }) => type));
  const [cacheType] = types;
  const tables = plan.rope.cos.dims[0] ?? 0;
  const rank = inputOf(session, 'position_ids')?.shape.length ?? 0;
  if (types.size !== 1 || !cacheType || kv.kind !== 'static' || layout.states.length > 0 || rank > 2) return null;
  if (floatTypeOf(session, 'inputs_embeds') !== 'float32' || tables < capacity) return null;
  if (outputOf(session, 'logits')?.type !== choice.type) return null;
  const held = kv.feeds();
  return createGpuDecoder({
    device: gpu,
    plan,
    weights,
    constants,
    cacheOf(past) {
      const buffer = held[past]?.gpuBuffer;
      if (buffer) return buffer;
      throw new RangeError(`${past} is no cache of this graph`);
    },
    cacheType,
    capacity,
    row: choice.row,
    rowType: choice.type,
  });
}
