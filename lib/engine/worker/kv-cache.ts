/**
 * Keys and values of the positions already computed, in two ways. `growing`: each run returns the whole cache as new
 * tensors (WASM, and the way back when the other misbehaves). `static`: GPU buffers of full length that each run reads and
 * writes in place; the attention mask says how much counts, so going back costs nothing.
 */
import { EngineError } from '../contract';
import type { Ort, Runtime, Tensors } from './runtime';

export interface KvShape {
  readonly layers: number;
  readonly kvHeads: number;
  readonly headDim: number;
  /** Most positions the cache can ever hold. */
  readonly capacity: number;
}

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

const PARTS = ['key', 'value'] as const;

function names({ layers }: KvShape): string[] {
  return Array.from({ length: layers }, (_, i) => PARTS.map((part) => `${i}.${part}`)).flat();
}

/** Only f32 caches: half precision is not asked of any model yet. */
export function createGrowingKv({ ort }: Runtime, shape: KvShape): KvCache {
  const { kvHeads, headDim } = shape;
  const all = names(shape);
  let length = 0;
  let tensors = new Map(all.map((name) => [name, tensorOf(new Float32Array(0), 0)]));

  function tensorOf(data: Float32Array, rows: number): Ort.Tensor {
    return new ort.Tensor('float32', data, [1, kvHeads, rows, headDim]);
  }

  return {
    kind: 'growing',
    get length() {
      return length;
    },
    feeds: () => Object.fromEntries([...tensors].map(([name, tensor]) => [`past_key_values.${name}`, tensor])),
    fetches: () => Object.fromEntries(all.map((name) => [`present.${name}`, null])),
    commit(outputs, newLength) {
      const next = new Map<string, Ort.Tensor>();
      for (const name of all) {
        const tensor = outputs[`present.${name}`];
        if (!tensor || tensor.dims[2] !== newLength) {
          throw new EngineError(
            'unsupported-model',
            `The decoder returned no present.${name} of ${newLength} positions.`,
          );
        }
        next.set(name, tensor);
      }
      tensors.forEach((tensor) => tensor.dispose());
      tensors = next;
      length = newLength;
    },
    truncate(newLength) {
      if (newLength >= length) return;
      tensors = new Map(
        [...tensors].map(([name, tensor]) => {
          const data = tensor.data as Float32Array;
          const kept = new Float32Array(kvHeads * newLength * headDim);
          for (let head = 0; head < kvHeads; head++) {
            const from = head * length * headDim;
            kept.set(data.subarray(from, from + newLength * headDim), head * newLength * headDim);
          }
          tensor.dispose();
          return [name, tensorOf(kept, newLength)];
        }),
      );
      length = newLength;
    },
    dispose() {
      tensors.forEach((tensor) => tensor.dispose());
      tensors.clear();
      length = 0;
    },
  };
}

/** The same buffers are fed as past and fetched as present. Needs a GroupQueryAttention export. */
export function createStaticKv({ ort }: Runtime, gpu: GPUDevice, shape: KvShape): KvCache {
  const { kvHeads, headDim, capacity } = shape;
  const dims = [1, kvHeads, capacity, headDim];
  const bytes = kvHeads * capacity * headDim * Float32Array.BYTES_PER_ELEMENT;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const all = names(shape);
  const buffers = all.map((name) => gpu.createBuffer({ label: `kv ${name}`, size: Math.ceil(bytes / 16) * 16, usage }));
  const tensors = buffers.map((buffer) => ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims }));
  const named = (prefix: string) =>
    Object.fromEntries(tensors.map((tensor, i) => [`${prefix}.${all[i]}`, tensor as Ort.Tensor]));
  let length = 0;

  return {
    kind: 'static',
    get length() {
      return length;
    },
    feeds: () => named('past_key_values'),
    fetches: () => named('present'),
    commit(_outputs, newLength) {
      length = newLength;
    },
    truncate(newLength) {
      length = Math.min(length, newLength);
    },
    dispose() {
      tensors.forEach((tensor) => tensor.dispose());
      buffers.forEach((buffer) => buffer.destroy());
      length = 0;
    },
  };
}
