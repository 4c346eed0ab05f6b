/**
 * Keys and values of the positions already computed, in two ways. `growing`: each run returns the whole cache as new
 * tensors (WASM, and the way back when the other misbehaves). `static`: GPU buffers of full length that each run reads and
 * writes in place; the attention mask says how much counts, so going back costs nothing.
 */
import { EngineError } from '../../contract';
import type { CacheTensor } from './cache-layout';
import { zeroTensor } from '../runtime/floats';
import { createStorage } from '../runtime/gpu';
import type { Ort, Runtime, Tensors } from '../runtime/runtime';

export interface KvCache {
  readonly kind: 'growing' | 'static';
  /** Positions computed and valid. */
  readonly length: number;
  /** `past_key_values.*` for the next run. */
  feeds(): Tensors;
  /** `present.*` for the next run; null asks for a new tensor. */
  fetches(): Record<string, Ort.Tensor | null>;
  /** Takes over `present.*` of a run that succeeded and made the cache `length` long. */
  commit(outputs: Tensors, length: number): void;
  /** Forgets all positions from `length` on. */
  truncate(length: number): void;
  dispose(): void;
}

/** @param rows dims [1, heads, 0, head dimension] each */
export function createGrowingKv({ ort }: Runtime, rows: readonly CacheTensor[]): KvCache {
  let length = 0;
  let tensors = rows.map(({ type, dims }) => zeroTensor(ort, type, dims));

  return {
    kind: 'growing',
    get length() {
      return length;
    },
    feeds: () => named(rows, 'past', tensors),
    fetches: () => Object.fromEntries(rows.map(({ present }) => [present, null])),
    commit(outputs, newLength) {
      const next = rows.map(({ present }) => {
        const tensor = outputs[present];
        if (tensor?.dims[2] === newLength) return tensor;
        throw new EngineError('unsupported-model', `The decoder returned no ${present} of ${newLength} positions.`);
      });
      tensors.forEach((tensor) => tensor.dispose());
      tensors = next;
      length = newLength;
    },
    truncate(newLength) {
      if (newLength >= length) return;
      tensors = tensors.map((tensor) => {
        const [batch = 1, heads = 1, , dim = 1] = tensor.dims;
        const data = shorten(tensor.data as Numbers, heads, length * dim, newLength * dim);
        tensor.dispose();
        // The tensor's own type of array, whichever it has for half precision.
        return new ort.Tensor(tensor.type, data, [batch, heads, newLength, dim]);
      });
      length = newLength;
    },
    dispose() {
      tensors.forEach((tensor) => tensor.dispose());
      tensors = [];
      length = 0;
    },
  };
}

/** Float32Array, or for half precision Float16Array or the bits in a Uint16Array. */
type Numbers = Float32Array | Uint16Array;

/** The first `to` numbers of each head's `from`. */
function shorten(data: Numbers, heads: number, from: number, to: number): Numbers {
  const kept = data.slice(0, heads * to);
  for (let head = 0; head < heads; head++) kept.set(data.subarray(head * from, head * from + to), head * to);
  return kept;
}

function named(rows: readonly CacheTensor[], side: 'past' | 'present', tensors: readonly Ort.Tensor[]): Tensors {
  return Object.fromEntries(tensors.map((tensor, i) => [rows[i]?.[side] ?? '', tensor]));
}

/**
 * The same buffers are fed as past and fetched as present. Needs a GroupQueryAttention export.
 * @param capacity most positions it can ever hold
 */
export function createStaticKv(
  { ort }: Runtime,
  gpu: GPUDevice,
  rows: readonly CacheTensor[],
  capacity: number,
): KvCache {
  const held = rows.map(({ past, type, dims: [, heads = 1, , dim = 1] }) =>
    createGpuTensor(ort, gpu, past, type, [1, heads, capacity, dim]),
  );
  const tensors = held.map(({ tensor }) => tensor);
  let length = 0;

  return {
    kind: 'static',
    get length() {
      return length;
    },
    feeds: () => named(rows, 'past', tensors),
    fetches: () => named(rows, 'present', tensors),
    commit(_outputs, newLength) {
      length = newLength;
    },
    truncate(newLength) {
      length = Math.min(length, newLength);
    },
    dispose() {
      for (const { tensor, buffer } of held) {
        tensor.dispose();
        buffer.destroy();
      }
      length = 0;
    },
  };
}

export interface GpuTensor {
  readonly tensor: Ort.Tensor;
  readonly buffer: GPUBuffer;
}

/** Zeros on the GPU, which ONNX Runtime may read and write. */
export function createGpuTensor(
  ort: typeof Ort,
  gpu: GPUDevice,
  label: string,
  type: CacheTensor['type'],
  dims: readonly number[],
): GpuTensor {
  const bytes = dims.reduce((product, dim) => product * dim, type === 'float16' ? 2 : 4);
  const buffer = createStorage(gpu, label, bytes);
  return { buffer, tensor: ort.Tensor.fromGpuBuffer(buffer, { dataType: type, dims }) };
}
