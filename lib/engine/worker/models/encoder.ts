/** Runs the vision encoder of a model, and says when it is another family's. */
import { EngineError } from '../../contract';
import { rowsInMemory, rowsOnGpu, type FeatureRows } from './feature-rows';
import { BYTES, floatsOf, floatsOfData, type FloatType } from '../runtime/floats';
import { createStorage } from '../runtime/gpu';
import type { Ort, Runtime, Tensors } from '../runtime/runtime';

/** One run of the encoder: what goes in, and how many tokens come out. */
export interface VisionRun {
  readonly feeds: Tensors;
  readonly tokens: number;
}

/**
 * The features of one image, of all runs one after the other. A run's inputs are made when it is its turn.
 * @param tokens of all runs
 * @throws EngineError `unsupported-model` where the encoder returns another number
 */
export type EncodeRuns = (runs: Iterable<VisionRun>, tokens: number) => Promise<FeatureRows>;

const FEATURES = 'image_features';

export interface EncoderParts {
  readonly runtime: Runtime;
  readonly vision: Ort.InferenceSession;
  readonly hidden: number;
  /** The decoder's: features of the same type that the encoder leaves on the GPU stay there. */
  readonly type: FloatType;
}

/** @throws EngineError `unsupported-model` where the graph gives no features */
export function createEncoder({ runtime, vision, hidden, type }: EncoderParts): EncodeRuns {
  const { gpu } = runtime;
  if (!vision.outputNames.includes(FEATURES)) {
    throw new EngineError('unsupported-model', `The vision encoder gives no "${FEATURES}".`);
  }

  async function run({ feeds, tokens }: VisionRun): Promise<Ort.Tensor> {
    // Asked for by name: what else the encoder gives would stay on the GPU.
    const features = (await runtime.run(vision, feeds, { [FEATURES]: null }))[FEATURES];
    if (features?.dims.reduce((product, dim) => product * dim, 1) === tokens * hidden) return features;
    features?.dispose();
    throw new EngineError('unsupported-model', `The vision encoder did not return ${tokens} × ${hidden} features.`);
  }

  return async (runs, tokens) => {
    const bytes = tokens * hidden * BYTES[type];
    let buffer: GPUBuffer | null = null;
    let rows: Float32Array | null = null;
    let at = 0;
    try {
      for (const one of runs) {
        const features = await run(one);
        try {
          if (gpu && features.location === 'gpu-buffer' && features.type === type) {
            buffer ??= createStorage(gpu, 'image features', bytes);
            const encoder = gpu.createCommandEncoder();
            const size = one.tokens * hidden * BYTES[type];
            encoder.copyBufferToBuffer(features.gpuBuffer, 0, buffer, at * hidden * BYTES[type], size);
            gpu.queue.submit([encoder.finish()]);
          } else {
            rows ??= new Float32Array(tokens * hidden);
            rows.set(await toFloats(runtime, features), at * hidden);
          }
        } finally {
          features.dispose();
        }
        at += one.tokens;
      }
      if (at !== tokens) throw new EngineError('internal', `${at} features of ${tokens}.`);
      if (gpu && buffer) return rowsOnGpu(runtime, gpu, buffer, type, tokens, hidden);
      return rowsInMemory(rows ?? new Float32Array(0), hidden);
    } catch (error) {
      buffer?.destroy();
      throw error;
    }
  };
}

async function toFloats(runtime: Runtime, tensor: Ort.Tensor): Promise<Float32Array> {
  if (tensor.location !== 'gpu-buffer') return floatsOf(tensor);
  return floatsOfData(tensor.type, await runtime.onGpu(() => tensor.getData()));
}

/** A graph of another family is told apart before anything runs. @throws EngineError `unsupported-model` */
export function checkInputs(session: Ort.InferenceSession, what: string, names: readonly string[]): void {
  for (const name of names) {
    if (session.inputNames.includes(name)) continue;
    throw new EngineError('unsupported-model', `The ${what} does not take "${name}" as this family's does.`);
  }
  for (const name of session.inputNames) {
    if (names.includes(name)) continue;
    throw new EngineError('unsupported-model', `The ${what} takes "${name}", which this engine cannot give.`);
  }
}
