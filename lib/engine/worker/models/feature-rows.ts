/** Features of an image, one row a token, where the vision encoder left them: on the GPU, or in JavaScript's memory. */
import { BYTES, fromHalf, type FloatType } from '../runtime/floats';
import { readGpuBuffer } from '../runtime/gpu';
import type { Runtime } from '../runtime/runtime';

export interface FeatureRows {
  /** Rows: the tokens of the image. */
  readonly count: number;
  readonly bytes: number;
  /** On the GPU, in the number format of the decoder's embeddings; null where they are not there. */
  readonly buffer: GPUBuffer | null;
  /** f32 [count, hidden]; a read where they are on the GPU. */
  floats(): Promise<Float32Array>;
  dispose(): void;
}

/** @param rows f32 [count, hidden] */
export function rowsInMemory(rows: Float32Array, hidden: number): FeatureRows {
  return {
    count: rows.length / hidden,
    bytes: rows.byteLength,
    buffer: null,
    floats: async () => rows,
    dispose: () => undefined,
  };
}

/** Takes the buffer. */
export function rowsOnGpu(
  runtime: Runtime,
  gpu: GPUDevice,
  buffer: GPUBuffer,
  type: FloatType,
  count: number,
  hidden: number,
): FeatureRows {
  return {
    count,
    bytes: buffer.size,
    buffer,
    async floats() {
      const bytes = await runtime.onGpu(() => readGpuBuffer(gpu, buffer, count * hidden * BYTES[type]));
      return type === 'float16' ? fromHalf(new Uint16Array(bytes)) : new Float32Array(bytes);
    },
    dispose: () => buffer.destroy(),
  };
}
