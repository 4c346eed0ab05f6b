/**
 * Instruments in a worker, the same on both sides: what ONNX Runtime is asked to run, what it asks of the GPU, and the memory
 * that both take. Imported before anything else, because it stands in the way of the browser's own functions.
 */
export interface Tally {
  /** Runs of any graph. */
  runs: number;
  /** Positions that the decoder computed: each is looked up once before, whoever computes it then. */
  positions: number;
  /** Images (tiles, where a picture is cut) that the vision encoder was given. */
  images: number;
  /** Bytes of keys and values that a run read in one place and wrote to another. */
  kvBytes: number;
  /** Buffers mapped to be read: each is a wait for the GPU. */
  gpuReads: number;
  submits: number;
  dispatches: number;
  gpuWriteBytes: number;
  gpuCopyBytes: number;
}

export interface Report {
  /** Since the last report; a decoding step is what follows the lookup of a single token. */
  readonly prefill: Tally;
  readonly decode: Tally;
  /** WebAssembly memory. It never shrinks: this is its peak too. */
  readonly heapBytes: number;
  readonly gpuBytes: number;
  /** Largest since the worker began. */
  readonly gpuPeakBytes: number;
}

const fresh = (): Tally => ({
  runs: 0,
  positions: 0,
  images: 0,
  kvBytes: 0,
  gpuReads: 0,
  submits: 0,
  dispatches: 0,
  gpuWriteBytes: 0,
  gpuCopyBytes: 0,
});

let prefill = fresh();
let decode = fresh();
let now = prefill;
let gpuBytes = 0;
let gpuPeakBytes = 0;
const memories: WebAssembly.Memory[] = [];

/** What was counted since it was last asked. */
export function takeReport(): Report {
  const heapBytes = memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
  const report = { prefill, decode, heapBytes, gpuBytes, gpuPeakBytes };
  prefill = fresh();
  decode = fresh();
  now = prefill;
  return report;
}

WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
  construct(target, given: [WebAssembly.MemoryDescriptor]) {
    const memory = new target(...given);
    memories.push(memory);
    return memory;
  },
});

interface Tensor {
  readonly type: string;
  readonly dims: readonly number[];
}
type Tensors = Readonly<Record<string, Tensor>>;

/** The part of onnxruntime-web's InferenceSession that matters here. */
interface Runs {
  run(feeds: Tensors, ...rest: unknown[]): Promise<unknown>;
}

/** @param prototype of the sessions of this worker's ONNX Runtime */
export function countRuns(prototype: Runs): void {
  const { run } = prototype;
  prototype.run = function (this: Runs, feeds: Tensors, ...rest: unknown[]) {
    const { input_ids: ids, pixel_values: pixels, inputs_embeds: embeds } = feeds;
    if (ids) {
      const count = ids.dims.at(-1) ?? 0;
      now = count === 1 ? decode : prefill;
      now.positions += count;
    }
    if (pixels) now = prefill;
    now.runs++;
    now.images += pixels ? pixels.dims.slice(0, -3).reduce((product, dim) => product * dim, 1) : 0;
    if (embeds) {
      now.kvBytes += copiedBytes(feeds, rest[0]);
    }
    return run.call(this, feeds, ...rest);
  };
}

/** Where the same tensor is given as past and as present it is written in place; else all of the past is copied. */
function copiedBytes(feeds: Tensors, fetches: unknown): number {
  const wanted = new Set(fetches && typeof fetches === 'object' ? Object.values(fetches) : []);
  return Object.entries(feeds).reduce((sum, [name, tensor]) => {
    if (!name.startsWith('past_') || wanted.has(tensor)) return sum;
    return sum + tensor.dims.reduce((product, dim) => product * dim, tensor.type === 'float16' ? 2 : 4);
  }, 0);
}

/** Puts `before` in front of a method. */
function spy<T extends object>(prototype: T, name: keyof T, before: (self: T, given: never[]) => void): void {
  const method = prototype[name] as (...given: never[]) => unknown;
  prototype[name] = function (this: T, ...given: never[]) {
    before(this, given);
    return method.apply(this, given);
  } as T[keyof T];
}

if ('GPUDevice' in globalThis) {
  const living = new Map<GPUBuffer, number>();
  const { createBuffer } = GPUDevice.prototype;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    living.set(buffer, descriptor.size);
    gpuBytes += descriptor.size;
    gpuPeakBytes = Math.max(gpuPeakBytes, gpuBytes);
    return buffer;
  };
  spy(GPUBuffer.prototype, 'destroy', (buffer) => {
    gpuBytes -= living.get(buffer) ?? 0;
    living.delete(buffer);
  });
  spy(GPUBuffer.prototype, 'mapAsync', (_buffer, [mode]: number[]) => {
    if (mode === GPUMapMode.READ) now.gpuReads++;
  });
  spy(GPUQueue.prototype, 'submit', () => now.submits++);
  spy(GPUQueue.prototype, 'writeBuffer', (_queue, [, , data, , size]: unknown[]) => {
    // Without a size all of the data is written; with one it counts elements, which are bytes here.
    now.gpuWriteBytes += typeof size === 'number' ? size : ((data as ArrayBuffer | undefined)?.byteLength ?? 0);
  });
  spy(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', () => now.dispatches++);
  spy(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', () => now.dispatches++);
  spy(GPUCommandEncoder.prototype, 'copyBufferToBuffer', (_encoder, given: unknown[]) => {
    const size = given.at(-1);
    now.gpuCopyBytes += typeof size === 'number' ? size : 0;
  });
}
